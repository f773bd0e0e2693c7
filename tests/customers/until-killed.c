/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * until-killed erase|erase-locked|rotate|rotate-written|rotate-kept FOLDER PROFILE: works on the customers of
 * test-customers-killed until it is killed, and says "ready" before it begins. The last two kill themselves, once the new
 * rows are written but not committed, and once all is committed.
 */
#include "customers-fixture.h"

#include <signal.h>
#include <stdio.h>

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
erase_all (CustomersFixture *fixture)
{
  g_autoptr (GPtrArray) visits = customers_fixture_list_expired (fixture, G_MAXINT64);

  for (guint i = 0; i < visits->len; i++)
    {
      const TillCustomerVisit *visit = g_ptr_array_index (visits, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (TillLedgerEntry) entry = customers_fixture_erase (fixture, visit->id, NULL, &error);

      g_assert_no_error (error);
    }
}

static gboolean
rekey_and_die (sqlite3 *db, TillVaultChange *change, gpointer data, GError **error)
{
  if (till_customers_rekey (db, change, data, error))
    raise (SIGKILL);
  return FALSE;
}

static void
rotate (CustomersFixture *fixture, TillVaultRekey rekey)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  till_vault_rotate_async (fixture->vault, FALSE, rekey, fixture->customers, NULL, NULL, NULL, NULL,
                           on_result, &result);
  till_vault_rotate_finish (fixture->vault, wait_for (&result), &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  CustomersFixture fixture = { 0 };

  if (argc != 4)
    g_error ("usage: until-killed WHAT FOLDER PROFILE");
  fixture.folder = argv[2];
  fixture.profile = argv[3];
  fixture.locked = g_str_equal (argv[1], "erase-locked");
  customers_fixture_open (&fixture);
  g_assert_no_error (fixture.vault_trouble);
  puts ("ready");
  fflush (stdout);

  if (g_str_has_prefix (argv[1], "erase"))
    erase_all (&fixture);
  else if (g_str_equal (argv[1], "rotate-written"))
    rotate (&fixture, rekey_and_die);
  else
    for (guint i = 0; i < 1000; i++)
      {
        rotate (&fixture, till_customers_rekey);
        if (g_str_equal (argv[1], "rotate-kept"))
          raise (SIGKILL);
      }
  customers_fixture_close (&fixture);
  return 0;
}
