/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring: each fault that somebody plants in the file is found and named. */
#include "base/till-error.h"
#include "shop-keyring.h"
#include "shop/till-shop-audit.h"
#include "shop/till-shop-custody.h"
#include "shop/till-shop-erasure.h"

#include <sqlite3.h>
#include <string.h>

static const ShopGoods goods[] = { { "espresso", 1 } };

static TillAudit *
audit (ShopFixture *fixture)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_shop_audit_async (fixture->shop, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  TillAudit *found = till_shop_audit_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  return found;
}

/* The words of the first finding of @check about @subject. */
static const char *
find (const TillAudit *found, const char *check, const char *subject)
{
  for (guint i = 0; i < found->findings->len; i++)
    {
      const TillAuditFinding *finding = g_ptr_array_index (found->findings, i);

      if (g_str_equal (finding->check, check) && (subject == NULL || g_str_equal (finding->subject, subject)))
        {
          g_assert_cmpstr (finding->mend, !=, "");
          return finding->words;
        }
    }
  g_autofree char *text = till_audit_to_text (found);
  g_error ("no finding of %s about %s in: %s", check, subject, text);
}

static gboolean
is_unchecked (const TillAudit *found, const char *words)
{
  for (guint i = 0; i < found->unchecked->len; i++)
    if (strstr (g_ptr_array_index (found->unchecked, i), words) != NULL)
      return TRUE;
  return FALSE;
}

/* As somebody would who has the file, with the till closed; the ledger's own guards are taken off first. */
static void
plant (ShopFixture *fixture, const char *sql)
{
  g_autofree char *path = till_profile_get_path (fixture->profile, "smiletill.db");
  GString *drops = g_string_new (NULL);
  sqlite3_stmt *triggers = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_master WHERE type = 'trigger'", -1, &triggers, NULL),
      ==, SQLITE_OK);
  while (sqlite3_step (triggers) == SQLITE_ROW)
    g_string_append_printf (drops, "DROP TRIGGER \"%s\";", sqlite3_column_text (triggers, 0));
  sqlite3_finalize (triggers);
  g_assert_cmpint (sqlite3_exec (db, drops->str, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  sqlite3_close (db);
  g_string_free (drops, TRUE);
}

static void
plant_and_open (ShopFixture *fixture, const char *sql)
{
  shop_keyring_close_shop (fixture);
  plant (fixture, sql);
  shop_keyring_open_shop (fixture, NULL);
}

static void
test_right (ShopFixture *fixture, gconstpointer unused)
{
  g_free (shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa"));
  g_free (shop_sales_counter (fixture, TILL_TENDER_CASH, goods, 1));
  g_autoptr (TillAudit) found = audit (fixture);
  g_autofree char *text = till_audit_to_text (found);

  if (found->findings->len > 0 || found->unchecked->len > 0)
    g_error ("%s", text);
  g_assert_cmpuint (found->consents, ==, 1);
  g_assert_cmpuint (found->records, ==, 1);
}

static void
test_tampered (ShopFixture *fixture, gconstpointer unused)
{
  g_free (shop_sales_counter (fixture, TILL_TENDER_CASH, goods, 1));
  plant_and_open (fixture, "UPDATE ledger SET at_us = at_us + 1 WHERE seq = 2");
  g_autoptr (TillAudit) found = audit (fixture);
  g_assert_nonnull (strstr (find (found, "chain", NULL), "2"));
  g_assert_cmpint (found->rows, ==, 1);
}

static void
copy (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
accept_books (ShopFixture *fixture, const char *pin, GError **error)
{
  GAsyncResult *kept = NULL;

  till_shop_accept_books_async (fixture->shop, pin, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  return till_shop_accept_books_finish (fixture->shop, result, error);
}

static void
test_rolled_back (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = till_profile_get_path (fixture->profile, "smiletill.db");
  g_autofree char *old = g_strconcat (path, ".old", NULL);
  g_autoptr (GError) error = NULL;

  shop_sales_set_manager (fixture);
  g_free (shop_sales_counter (fixture, TILL_TENDER_CASH, goods, 1));
  shop_keyring_close_shop (fixture);
  copy (path, old);
  shop_keyring_open_shop (fixture, NULL);
  g_free (shop_sales_counter (fixture, TILL_TENDER_CASH, goods, 1));
  shop_keyring_close_shop (fixture);
  copy (old, path);

  shop_keyring_open_shop (fixture, NULL);
  g_assert_cmpint (till_shop_get_custody (fixture->shop), ==, TILL_CUSTODY_ROLLED_BACK);
  g_assert_true (till_checkout_get_policy (fixture->checkout)->face_off);
  g_autoptr (TillAudit) found = audit (fixture);
  find (found, "anchor", NULL);
  g_assert_false (accept_books (fixture, "1357", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (accept_books (fixture, SHOP_MANAGER_PIN, &error));
  g_assert_no_error (error);
  g_assert_cmpint (till_shop_get_custody (fixture->shop), ==, TILL_CUSTODY_OPEN);
  g_assert_false (till_checkout_get_policy (fixture->checkout)->face_off);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_RECOVERY, NULL), ==, 1);
  g_autoptr (TillAudit) after = audit (fixture);
  g_assert_true (is_unchecked (after, "who was erased"));
}

static void
erase (ShopFixture *fixture, const char *id)
{
  const TillShopProof proof = { .manager_pin = SHOP_MANAGER_PIN };
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_shop_erase_async (fixture->shop, id, &proof, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (TillErasure) erasure = till_shop_erase_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
}

static void
assert_left (ShopFixture *fixture, const char *id)
{
  TillCustomers *customers = till_shop_get_customers (fixture->shop);
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_customers_list_async (customers, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (GPtrArray) left = till_customers_list_finish (customers, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpstr (till_customer_get_id (g_ptr_array_index (left, 0)), ==, id);
}

/* An older copy of the books brings nobody back who left since, however often it is put back. */
static void
test_departed (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = till_profile_get_path (fixture->profile, "smiletill.db");
  g_autofree char *old = g_strconcat (path, ".old", NULL);
  g_autoptr (GError) error = NULL;

  shop_sales_set_manager (fixture);
  g_free (shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa"));
  g_free (shop_sales_enrol (fixture, "cust_bob", "4712", "pm_card_visa"));
  shop_keyring_close_shop (fixture);
  copy (path, old);
  shop_keyring_open_shop (fixture, NULL);
  erase (fixture, "cust_ada");
  for (guint i = 0; i < 2; i++)
    {
      shop_keyring_close_shop (fixture);
      copy (old, path);
      shop_keyring_open_shop (fixture, NULL);
      g_assert_cmpint (till_shop_get_custody (fixture->shop), ==, TILL_CUSTODY_ROLLED_BACK);
      g_assert_true (accept_books (fixture, SHOP_MANAGER_PIN, &error));
      g_assert_no_error (error);
      g_assert_cmpint (till_shop_get_custody (fixture->shop), ==, TILL_CUSTODY_OPEN);
      g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_ERASURE, NULL), ==, 1);
      assert_left (fixture, "cust_bob");
    }
}

static void
test_moved (ShopFixture *fixture, gconstpointer unused)
{
  g_free (shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa"));
  plant_and_open (fixture, "UPDATE customers SET id = 'cust_bob' WHERE id = 'cust_ada'");
  g_autoptr (TillAudit) found = audit (fixture);
  find (found, "record", "cust_bob");
  find (found, "record", "cust_ada");
}

static void
test_altered (ShopFixture *fixture, gconstpointer unused)
{
  g_free (shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa"));
  plant_and_open (fixture, "UPDATE customers SET sealed = zeroblob (length (sealed))");
  g_autoptr (TillAudit) found = audit (fixture);
  g_assert_nonnull (strstr (find (found, "record", "cust_ada"), "altered"));
}

static void
test_forged (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (TillLedgerEntry) consent = NULL;

  g_free (shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa"));
  shop_fixture_count (fixture, TILL_LEDGER_CONSENT, &consent);
  g_autofree char *subject = g_strdup_printf ("row %" G_GINT64_FORMAT, consent->seq);
  plant_and_open (fixture,
                  "UPDATE ledger SET body = replace (body, '\"by\":\"adult\"', '\"by\":\"guardian\"')"
                  " WHERE kind = 'consent'");
  g_autoptr (TillAudit) found = audit (fixture);
  find (found, "consent", subject);
  find (found, "chain", NULL);
}

/* While the keyring is locked nobody can tell a forged key from the till's, and the audit does not pretend to. */
static void
test_locked (ShopFixture *fixture, gconstpointer unused)
{
  g_free (shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa"));
  shop_keyring_close_shop (fixture);
  shop_keyring_lock ();
  shop_keyring_open_shop (fixture, NULL);
  g_autoptr (TillAudit) found = audit (fixture);
  shop_keyring_unlock ();
  g_assert_true (is_unchecked (found, "signed with"));
}

static void
test_without_consent (ShopFixture *fixture, gconstpointer unused)
{
  g_free (shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa"));
  plant_and_open (fixture, "UPDATE ledger SET kind = 'wording' WHERE kind = 'consent'");
  g_autoptr (TillAudit) found = audit (fixture);
  g_assert_nonnull (strstr (find (found, "record", "cust_ada"), "agreed"));
}

static void
test_charge_without_consent (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autoptr (TillLedgerEntry) intent = NULL;

  g_free (shop_sales_face (fixture, "cust_ada", payer, goods, 1, NULL));
  shop_fixture_count (fixture, TILL_LEDGER_CHARGE_INTENT, &intent);
  g_autofree char *subject = g_strdup_printf ("row %" G_GINT64_FORMAT, intent->seq);
  g_autoptr (TillAudit) found = audit (fixture);
  find (found, "charge", subject);
  g_assert_cmpuint (found->charges, ==, 1);
}

static void
test_kept_too_long (ShopFixture *fixture, gconstpointer unused)
{
  g_free (shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa"));
  shop_keyring_close_shop (fixture);
  plant (fixture, "UPDATE ledger SET at_us = at_us - 60 * 86400000000 WHERE seq < 3");
  plant (fixture, "UPDATE customers SET last_visit_day = 10000");
  shop_keyring_open_shop (fixture, NULL);
  g_autoptr (TillAudit) found = audit (fixture);
  find (found, "retention", "cust_ada");
}

#define ADD(path, test)                                                                                      \
  g_test_add ("/shop/audit/" path, ShopFixture, NULL, shop_fixture_set_up, test, shop_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("right", test_right);
  ADD ("tampered", test_tampered);
  ADD ("rolled-back", test_rolled_back);
  ADD ("departed", test_departed);
  ADD ("moved", test_moved);
  ADD ("altered", test_altered);
  ADD ("forged", test_forged);
  ADD ("locked", test_locked);
  ADD ("without-consent", test_without_consent);
  ADD ("charge-without-consent", test_charge_without_consent);
  ADD ("kept-too-long", test_kept_too_long);
  return g_test_run ();
}
