/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "till-test-vault.h"

#include "till-test-wait.h"

char *
till_test_vault_profile (void)
{
  return g_uuid_string_random ();
}

void
till_test_vault_open (TillVault *vault)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_vault_open_async (vault, TRUE, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  till_vault_open_finish (vault, result, &error);
  g_assert_no_error (error);
}

TillVault *
till_test_vault_set (TillTestJournal *journal, const char *profile, gboolean open)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new (profile);
  g_autoptr (GError) error = NULL;
  TillVault *vault = till_vault_new (keyring, journal->store, &error);

  g_assert_no_error (error);
  if (open)
    till_test_vault_open (vault);
  till_payment_set_vault (journal->payment, vault, &error);
  g_assert_no_error (error);
  return vault;
}
