/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-consent.h"
#include "shop/till-audit-checks.h"

#include <glib/gi18n-lib.h>

static void
find (TillAudit *audit, const TillLedgerEntry *row, const char *words)
{
  g_autofree char *subject = g_strdup_printf (_ ("row %" G_GINT64_FORMAT), row->seq);

  till_audit_find (
      audit, TILL_AUDIT_CONSENT, subject, words,
      _ ("Nobody can be held to this consent: erase whoever it enrolled, give back what it paid, and "
         "find out who wrote to the till’s file."));
}

static gboolean
is_key_known (const TillAuditBooks *books, TillVault *vault, const char *key)
{
  if (vault != NULL && till_vault_is_open (vault))
    return till_vault_knows_public_key (vault, key);
  return g_hash_table_contains (books->keys, key)
         || (vault != NULL && g_strcmp0 (till_vault_get_public_key (vault), key) == 0);
}

static void
check_consent (TillAudit *audit, const TillAuditBooks *books, TillVault *vault, const TillLedgerEntry *row)
{
  const char *hash = till_audit_books_text (row, "wording_sha256");
  const char *key = till_audit_books_text (row, "key");
  const char *id = till_audit_books_text (row, "id");
  const TillLedgerEntry *wording = hash != NULL ? g_hash_table_lookup (books->wordings, hash) : NULL;
  g_autoptr (GError) error = NULL;

  audit->consents++;
  if (!till_consent_verify (row->body, wording != NULL ? till_audit_books_text (wording, "text") : NULL,
                            &error))
    find (audit, row, error->message);
  else if (key == NULL || !is_key_known (books, vault, key))
    find (audit, row, _ ("The consent is signed with a key that this till never had: it was forged"));
  else if (wording == NULL || wording->seq > row->seq)
    find (audit, row,
          _ ("The words of this consent are not in the books: nobody can tell what was agreed to"));
  else if (id != NULL && g_hash_table_lookup (books->consents, id) != row)
    find (audit, row, _ ("The consent is there a second time: it was copied"));
}

void
till_audit_check_consents (TillAudit *audit, const TillAuditBooks *books, TillVault *vault)
{
  gboolean signing = FALSE;
  guint unsigned_ones = 0;

  for (guint i = 0; i < books->rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (books->rows, i);

      /* Before the first of them a till did not sign; from there on one without a signature was put in by somebody else. */
      signing |= g_str_equal (row->kind, TILL_LEDGER_TILL_KEY);
      if (!g_str_equal (row->kind, TILL_LEDGER_CONSENT))
        continue;
      if (json_object_has_member (row->body, "signature") || signing)
        {
          signing = TRUE;
          check_consent (audit, books, vault, row);
        }
      else
        unsigned_ones++;
    }
  /* Rows that name keys are written by whoever writes rows: only the vault tells its own from others. */
  if (audit->consents > 0 && (vault == NULL || !till_vault_is_open (vault)))
    till_audit_leave (
        audit, _ ("whether the keys that consents are signed with are this till’s: the keyring is not open"));
  if (unsigned_ones > 0)
    till_audit_leave (audit, _ ("%u consents from before this till signed them"), unsigned_ones);
}
