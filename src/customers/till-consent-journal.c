/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-consent-journal.h"

#include "base/till-error.h"
#include "customers/till-consent-private.h"
#include "ledger/till-ledger-people.h"

/* The wording that @body names, as this till has it now (transfer full). */
static char *
till_consent_make_named (JsonObject *body, GError **error)
{
  const char *named = till_consent_read_text (body, "wording_sha256");
  TillConsentPurpose purpose;
  TillConsentTerms terms;

  if (till_consent_read_purpose (body, &purpose))
    {
      till_consent_read_terms (body, &terms);
      g_autofree char *text = till_consent_make_text (purpose, &terms);
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

      if (g_strcmp0 (hash, named) == 0)
        return g_steal_pointer (&text);
    }
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                       "The consent names a wording that this till does not show: ask for it again");
  return NULL;
}

static gboolean
till_consent_write_wording (TillLedger *ledger, sqlite3 *db, JsonObject *body, GError **error)
{
  const char *hash = till_consent_read_text (body, "wording_sha256");
  g_autofree char *text = till_consent_make_named (body, error);
  gboolean has;

  if (text == NULL || !till_ledger_has_row_about (db, TILL_LEDGER_WORDING, hash, &has, error))
    return FALSE;
  if (has)
    return TRUE;

  JsonObject *wording = json_object_new ();
  json_object_set_string_member (wording, "hash", hash);
  json_object_set_string_member (wording, "version", till_consent_read_text (body, "version"));
  json_object_set_string_member (wording, "language", till_consent_read_text (body, "language"));
  json_object_set_string_member (wording, "text", text);
  g_autoptr (TillLedgerEntry) entry = till_ledger_entry_new (TILL_LEDGER_WORDING, NULL, NULL, wording);
  g_autoptr (TillLedgerEntry) written = till_ledger_append_within (ledger, db, entry, error);
  return written != NULL;
}

TillLedgerEntry *
till_consent_write_within (
    TillLedger *ledger, sqlite3 *db, const char *sale, JsonObject *body, GError **error)
{
  if (!till_consent_write_wording (ledger, db, body, error))
    return NULL;

  g_autoptr (TillLedgerEntry) entry
      = till_ledger_entry_new (TILL_LEDGER_CONSENT, sale, NULL, json_object_ref (body));
  return till_ledger_append_within (ledger, db, entry, error);
}
