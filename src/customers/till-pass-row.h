/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All that the till keeps of a pass it has issued. */
typedef struct
{
  char *id;
  char *number;       /* as of till_face_pass_number_of() */
  gint64 expires_day; /* the last day it is good for, from 1970-01-01 */
  gint64 revoked_us;  /* UTC microseconds; 0: it was not */
} TillPassRow;

/* @id is copied (transfer full). */
TillPassRow *till_pass_row_new (const char *id, gint64 expires_day, gint64 revoked_us);
void till_pass_row_free (TillPassRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPassRow, till_pass_row_free)

G_END_DECLS
