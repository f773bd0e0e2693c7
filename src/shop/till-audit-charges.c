/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-audit-checks.h"

#include <glib/gi18n-lib.h>

static void
find (TillAudit *audit, const TillLedgerEntry *row, const char *words)
{
  g_autofree char *subject = g_strdup_printf (_ ("row %" G_GINT64_FORMAT), row->seq);

  till_audit_find (
      audit, TILL_AUDIT_CHARGE, subject, words,
      _ ("Look at this sale in the history, ask the customer, and give the money back if they did not "
         "agree to it."));
}

/* Why @consent does not cover the charge (nullable: it does). */
static const char *
find_gap (const TillLedgerEntry *charge, const TillLedgerEntry *consent)
{
  const char *sale = consent != NULL ? till_audit_books_text (consent, "sale") : NULL;

  if (consent == NULL || consent->seq > charge->seq)
    return _ ("Somebody was charged by face without having agreed to it");
  if (g_strcmp0 (till_audit_books_text (consent, "purpose"), "payment") != 0)
    return _ ("Somebody was charged by face on a consent to something else");
  if (g_strcmp0 (consent->sale, charge->sale) != 0 || (sale != NULL && g_strcmp0 (sale, charge->sale) != 0))
    return _ ("Somebody was charged by face on the consent to another sale");
  if (g_strcmp0 (till_audit_books_text (consent, "currency"), till_audit_books_text (charge, "currency")) != 0
      || till_audit_books_number (charge, "amount") > till_audit_books_number (consent, "max_minor"))
    return _ ("Somebody was charged more than they had agreed to");
  return NULL;
}

static const char *
find_stranger (const TillAuditBooks *books, const TillLedgerEntry *charge)
{
  const char *customer = till_audit_books_text (charge, "customer");
  const TillLedgerEntry *begin = NULL;
  const TillLedgerEntry *end = NULL;

  if (customer != NULL)
    begin = g_hash_table_lookup (books->enrolled, customer);
  if (customer != NULL && begin == NULL)
    begin = g_hash_table_lookup (books->issued, customer);
  if (begin == NULL || begin->seq > charge->seq)
    return _ ("Somebody was charged by face who was not enrolled then");
  end = g_hash_table_lookup (books->erased, customer);
  if (end == NULL)
    end = g_hash_table_lookup (books->revoked, customer);
  return end != NULL && end->seq < charge->seq
             ? _ ("Somebody was charged by face who had been erased, or whose pass had been ended")
             : NULL;
}

void
till_audit_check_charges (TillAudit *audit, const TillAuditBooks *books)
{
  for (guint i = 0; i < books->rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (books->rows, i);
      const char *consent;
      const char *words;

      if (!g_str_equal (row->kind, TILL_LEDGER_CHARGE_INTENT))
        continue;
      audit->charges++;
      consent = till_audit_books_text (row, "consent");
      words = find_gap (row, consent != NULL ? g_hash_table_lookup (books->consents, consent) : NULL);
      if (words == NULL)
        words = find_stranger (books, row);
      if (words != NULL)
        find (audit, row, words);
    }
}
