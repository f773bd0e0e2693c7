/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-audit-checks.h"

#include <glib/gi18n-lib.h>

static void
find (TillAudit *audit, const char *id, const char *words)
{
  till_audit_find (
      audit, TILL_AUDIT_PASS, id, words,
      _ ("End this pass; its holder can be given another one. Find out who wrote to the till’s file."));
}

static const char *
find_gap (const TillAuditBooks *books, const TillPassRow *pass)
{
  gboolean revoked = g_hash_table_contains (books->revoked, pass->id);
  const TillLedgerEntry *issued = g_hash_table_lookup (books->issued, pass->id);

  if (issued == NULL)
    return _ ("No row of the books says that this pass was given out");
  if (!g_hash_table_contains (books->agreed, pass->id))
    return _ ("A face was put on a pass without anybody’s consent");
  if (till_audit_books_number (issued, "expires") != 0
      && till_audit_books_number (issued, "expires") != pass->expires_day)
    return _ ("The pass is good for another time than it was given out for");
  if (revoked && pass->revoked_us == 0)
    return _ ("The pass was ended and is good again: an old copy was put in its place");
  if (!revoked && pass->revoked_us != 0)
    return _ ("The pass is ended, and no row of the books says by whom");
  return NULL;
}

void
till_audit_check_passes (TillAudit *audit, const TillAuditBooks *books, GPtrArray *passes, gint64 today)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id, row;

  for (guint i = 0; i < passes->len; i++)
    {
      const TillPassRow *pass = g_ptr_array_index (passes, i);
      const char *words = find_gap (books, pass);

      audit->passes++;
      g_hash_table_add (there, pass->id);
      if (words != NULL)
        find (audit, pass->id, words);
    }
  g_hash_table_iter_init (&iter, books->issued);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (!g_hash_table_contains (there, id) && till_audit_books_number (row, "expires") >= today)
      find (audit, id,
            _ ("The books say that this pass was given out, and the till does not know it any more"));
}
