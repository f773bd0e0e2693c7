/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "ctl/till-ctl-books.h"
#include "shop/till-audit-run.h"

#include <stdio.h>

/* All that an audit asks, opened without networks, provider or anything that changes what it looks at. */
typedef struct
{
  TillCtlBooks books; /* while a till has the file open */
  TillProfile *profile;
  TillStore *store;
  TillLedger *ledger;
  TillKeyring *keyring;
  TillLedgerAnchor *anchor;
  TillVault *vault;
  TillCustomers *customers;
  TillPassBook *passes;
} Files;

static void
files_clear (Files *files)
{
  g_clear_object (&files->passes);
  g_clear_object (&files->customers);
  g_clear_object (&files->vault);
  g_clear_object (&files->anchor);
  g_clear_object (&files->keyring);
  g_clear_object (&files->ledger);
  if (files->store != NULL)
    till_store_close (files->store);
  g_clear_object (&files->store);
  g_clear_object (&files->profile);
  till_ctl_books_clear (&files->books);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

static gboolean
open_rooms (Files *files, GError **error)
{
  files->ledger = till_ledger_new (files->store, till_clock_system (), error);
  if (files->ledger == NULL)
    return FALSE;
  files->keyring = till_keyring_new (till_profile_get_id (files->profile));
  files->anchor = till_ledger_anchor_new (files->ledger, files->keyring);
  files->vault = till_vault_new (files->keyring, files->store, error);
  if (files->vault == NULL)
    return FALSE;
  files->customers = till_customers_new (files->store, files->vault, files->ledger, error);
  if (files->customers == NULL)
    return FALSE;
  files->passes = till_pass_book_new (files->store, files->vault, files->ledger, error);
  return files->passes != NULL;
}

/* Without the keyring less is checked, and the audit says what. */
static void
open_vault (Files *files)
{
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  till_vault_open_async (files->vault, FALSE, NULL, till_ctl_on_result, &call);
  if (!till_vault_open_finish (files->vault, till_ctl_wait (&call), &error))
    fprintf (stderr, "smiletillctl: %s\n", error->message);
}

static gboolean
open_files (Files *files, const TillCtlOptions *options, GError **error)
{
  files->profile = till_profile_open_existing (options->profile, error);
  if (files->profile == NULL)
    return FALSE;

  g_autofree char *database = till_profile_get_path (files->profile, "smiletill.db");
  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "There is no till's file %s", database);
      return FALSE;
    }
  files->store = till_store_open (database, error);
  if (files->store == NULL || !open_rooms (files, error))
    return FALSE;
  open_vault (files);
  return TRUE;
}

static int
audit (const Files *files, const TillCtlOptions *options)
{
  TillProfile *profile = files->profile != NULL ? files->profile : files->books.profile;
  GSettings *settings = till_profile_get_settings (profile);
  const TillAuditRooms rooms = {
    .ledger = files->ledger != NULL ? files->ledger : files->books.ledger,
    .anchor = files->anchor,
    .vault = files->vault,
    .customers = files->customers,
    .passes = files->passes,
    .clock = till_clock_system (),
    .retention_months = (guint) g_settings_get_int (settings, "retention-months"),
  };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  till_audit_run_async (&rooms, NULL, till_ctl_on_result, &call);
  g_autoptr (TillAudit) found = till_audit_run_finish (till_ctl_wait (&call), &error);
  if (found == NULL)
    return till_ctl_fail (error);
  if (options->json)
    till_ctl_print_json (till_audit_to_json (found));
  else
    {
      g_autofree char *text = till_audit_to_text (found);

      printf ("%s", text);
    }
  return found->findings->len == 0 ? 0 : TILL_CTL_FAILED;
}

int
till_ctl_audit (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (Files) files = { 0 };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (
          &argc, &argv, "",
          "Checks the books' chain, consents, payments by face, records, retention and face passes, and "
          "names what is wrong with its mend. Beside a running till it checks what needs no key, and "
          "says what it left out. Exit status 1: something is wrong.",
          &options, NULL))
    return TILL_CTL_FAILED;
  if (open_files (&files, &options, &error))
    return audit (&files, &options);
  if (!g_error_matches (error, TILL_ERROR, TILL_ERROR_BUSY))
    return till_ctl_fail (error);
  if (!till_ctl_books_open (&files.books, &options))
    return TILL_CTL_FAILED;
  return audit (&files, &options);
}
