/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TillExpiring: one customer who will be erased for not having been here. Immutable, reference-counted.
 */
typedef struct
{
  char *id;
  char *name;            /* (nullable): the keyring is locked */
  gint64 last_visit_day; /* days since 1970-01-01, UTC */
  gint64 goes_on_day;    /* the same; may be past while the till waits for a manager's word */
} TillExpiring;

#define TILL_TYPE_EXPIRING (till_expiring_get_type ())
GType till_expiring_get_type (void);

/* The last three are copied (transfer full). */
TillExpiring *till_expiring_new (const char *id, const char *name, gint64 last_visit_day, gint64 goes_on_day)
    G_GNUC_WARN_UNUSED_RESULT;
TillExpiring *till_expiring_ref (TillExpiring *self);
void till_expiring_unref (TillExpiring *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillExpiring, till_expiring_unref)

G_END_DECLS
