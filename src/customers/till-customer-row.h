/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillCustomerRow: a customer as the database holds one. Whoever reads the file learns the id, when they enrolled, the day
 * of their last visit and who shares a bucket with whom, and nothing else. The day lies open so that a record can go by
 * itself while the keyring is locked.
 */
typedef struct
{
  char *id;
  char *bucket;          /* keyed hash of the phone's last digits */
  GBytes *sealed;        /* the record, sealed under a key of its own for the id */
  gint64 enrolled_us;    /* UTC microseconds */
  gint64 last_visit_day; /* days since 1970-01-01, UTC */
} TillCustomerRow;

void till_customer_row_free (TillCustomerRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCustomerRow, till_customer_row_free)

G_END_DECLS
