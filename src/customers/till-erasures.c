/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-erasures.h"

#include "ledger/till-ledger-sqlite.h"

struct _TillErasures
{
  GHashTable *times; /* of id, gint64 */
  gint64 seq;        /* the last row that was read */
};

TillErasures *
till_erasures_new (void)
{
  TillErasures *self = g_new0 (TillErasures, 1);

  self->times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
till_erasures_free (TillErasures *self)
{
  g_hash_table_unref (self->times);
  g_free (self);
}

gboolean
till_erasures_read (TillErasures *self, sqlite3 *db, GError **error)
{
  g_autoptr (GPtrArray) rows = till_ledger_sqlite_list_since (db, self->seq, TILL_LEDGER_ERASURE, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);
      const char *who = json_object_get_string_member_with_default (row->body, "customer", NULL);

      self->seq = row->seq;
      if (who != NULL)
        g_hash_table_replace (self->times, g_strdup (who), g_memdup2 (&row->at_us, sizeof row->at_us));
    }
  return TRUE;
}

gint64
till_erasures_get_time (const TillErasures *self, const char *id)
{
  const gint64 *at_us = g_hash_table_lookup (self->times, id);

  return at_us != NULL ? *at_us : 0;
}
