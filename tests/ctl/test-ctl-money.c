/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Runs under with-keyring. The money of a day by the command line: read beside a till that has the books open, and put
 * right once that one is closed.
 */
#include "base/till-error.h"
#include "ctl-run.h"
#include "shop-sales.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* Neither a keyring nor a gateway can be reached from here. */
static const char *const nowhere[]
    = { "DBUS_SESSION_BUS_ADDRESS=unix:path=/no/such/bus", "SMILETILL_SANDBOX=/no/such/program", NULL };

/* 4 × 1.30 + 3 × 1.80 = 10.60 */
static const ShopGoods breakfast[] = { { "croissant", 4 }, { "espresso", 3 } };

static const char *
text_of (CtlRun *run, guint line, const char *member)
{
  return json_object_get_string_member_with_default (g_ptr_array_index (run->lines, line), member, NULL);
}

/* One value out of the gateway's own file (transfer full). */
static char *
query_gateway (const char *path, const char *sql)
{
  sqlite3_stmt *rows = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &rows, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (rows), ==, SQLITE_ROW);
  char *value = g_strdup ((const char *) sqlite3_column_text (rows, 0));
  sqlite3_finalize (rows);
  sqlite3_close (db);
  return value;
}

static void
assert_fails (CtlRun *run, int status, const char *words)
{
  g_assert_cmpint (run->status, ==, status);
  g_assert_nonnull (strstr (run->errors, words));
}

static guint
count_rows (ShopFixture *fixture)
{
  return shop_fixture_count (fixture, NULL, NULL);
}

/* All is right but the charges, which the fixture makes without asking anybody. */
static void
assert_audit (JsonObject *audit)
{
  JsonArray *findings = json_object_get_array_member (audit, "findings");

  g_assert_cmpint (json_object_get_int_member (audit, "rows"), >=, 6);
  g_assert_cmpint ((gint64) json_array_get_length (findings), ==,
                   json_object_get_int_member (audit, "charges"));
  for (guint i = 0; i < json_array_get_length (findings); i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (findings, i), "check"), ==,
                     "charge");
}

/* What reads does so while the till goes on, and tells what is on disk at that moment. */
static void
test_beside (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *attempt = NULL;
  g_autoptr (TillPaymentOutcome) outcome = NULL;

  shop_sales_set_manager (fixture);
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *cash = shop_sales_counter (fixture, "cash", breakfast, 2);
  shop_sales_order_fault (fixture, "malformed", "POST", "/v1/", 1000);
  shop_sales_order_fault (fixture, "malformed", "GET", "/v1/", 1000);
  g_autofree char *open = shop_sales_face (fixture, "cust_ada", payer, breakfast, 2, &outcome);

  g_autoptr (CtlRun) ledger = ctl_run (nowhere, "ledger", "--json", "--profile", fixture->dir, NULL);
  g_assert_cmpint (ledger->status, ==, 0);
  g_assert_cmpuint (ledger->lines->len, >=, 6);
  g_autoptr (CtlRun) audit = ctl_run (nowhere, "audit", "--json", "--profile", fixture->dir, NULL);
  assert_audit (ctl_run_last (audit));
  /* What needs the keys is left out, and said so. */
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (ctl_run_last (audit), "unchecked")),
                    >, 0);

  g_autoptr (CtlRun) unresolved = ctl_run (nowhere, "unresolved", "--json", "--profile", fixture->dir, NULL);
  g_assert_cmpuint (unresolved->lines->len, ==, 1);
  g_assert_cmpstr (text_of (unresolved, 0, "attempt"), ==, outcome->attempt);
  g_assert_cmpstr (text_of (unresolved, 0, "amount"), ==, "10.60");

  g_autoptr (CtlRun) history = ctl_run (nowhere, "history", "--json", "--profile", fixture->dir, NULL);
  g_assert_cmpuint (history->lines->len, ==, 2);
  g_assert_cmpstr (text_of (history, 0, "sale"), ==, open);
  g_assert_cmpstr (text_of (history, 0, "state"), ==, "unknown");
  g_assert_cmpstr (text_of (history, 1, "sale"), ==, cash);
  g_assert_cmpstr (text_of (history, 1, "state"), ==, "paid");
  g_autoptr (CtlRun) story = ctl_run (nowhere, "history", "--profile", fixture->dir, cash, NULL);
  g_assert_nonnull (strstr (story->output, "Butter croissant"));

  g_autoptr (CtlRun) csv = ctl_run (nowhere, "export-csv", "--profile", fixture->dir, NULL);
  g_assert_nonnull (strstr (csv->output, "10.60"));
  g_autoptr (CtlRun) sums = ctl_run (nowhere, "day", "--csv", "--profile", fixture->dir, NULL);
  g_assert_cmpint (sums->status, ==, 0);
  g_autoptr (CtlRun) day = ctl_run (nowhere, "day", "--profile", fixture->dir, NULL);
  g_assert_nonnull (strstr (day->output, "10.60"));

  /* What writes is not done beside it, and the till never noticed. */
  g_autoptr (CtlRun) refund = ctl_run_typing (SHOP_MANAGER_PIN "\n", "refund", "--profile", fixture->dir,
                                              cash, "--reason", "beside", NULL);
  assert_fails (refund, 1, "in use");
  g_autofree char *later = shop_sales_counter (fixture, "cash", breakfast, 2);
  guint rows = count_rows (fixture);
  g_autoptr (CtlRun) again = ctl_run (nowhere, "ledger", "--json", "--profile", fixture->dir, NULL);
  g_assert_cmpuint (again->lines->len, >=, rows);
}

static CtlRun *
by_manager (
    ShopFixture *fixture, const char *command, const char *name, const char *option, const char *value)
{
  return ctl_run_typing (SHOP_MANAGER_PIN "\n", command, "--json", "--profile", fixture->dir, name,
                         "--reason", "brought back", option, value, NULL);
}

static gint64
total_of (CtlRun *run)
{
  g_assert_cmpint (run->status, ==, 0);
  return json_object_get_int_member (ctl_run_last (run), "total");
}

/* Refunds, a dispute and the closing of the day, each by a command; the sums are added up by hand. */
static void
test_day (ShopFixture *fixture, gconstpointer unused)
{
  shop_sales_set_manager (fixture);
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *cash = shop_sales_counter (fixture, "cash", breakfast, 2);
  g_autofree char *face = shop_sales_face (fixture, "cust_ada", payer, breakfast, 2, NULL);
  g_autofree char *disowned = shop_sales_face (fixture, "cust_ada", payer, breakfast, 2, NULL);
  till_shop_close (fixture->shop);

  /* Opening the till writes the receipts that are missing: 3.60 by line, then too much, then the rest: 7.00. */
  g_autoptr (CtlRun) line = by_manager (fixture, "refund", face, "--line", "espresso=2");
  g_assert_cmpint (total_of (line), ==, 360);
  g_autoptr (CtlRun) too_much = by_manager (fixture, "refund", face, "--line", "espresso=2");
  g_assert_cmpint (too_much->status, ==, 1);
  g_autoptr (CtlRun) rest = by_manager (fixture, "refund", face, NULL, NULL);
  g_assert_cmpint (total_of (rest), ==, 700);
  g_autoptr (CtlRun) twice = by_manager (fixture, "refund", face, NULL, NULL);
  assert_fails (twice, 1, "given back already");
  g_autoptr (CtlRun) wrong_pin = ctl_run_typing ("1357\n", "refund", "--profile", fixture->dir, cash,
                                                 "--reason", "brought back", NULL);
  assert_fails (wrong_pin, 1, "PIN");
  g_autoptr (CtlRun) nobody = by_manager (fixture, "refund", "sale-of-nobody", NULL, NULL);
  assert_fails (nobody, 1, "sale-of-nobody");

  g_autoptr (CtlRun) disown = by_manager (fixture, "disown", disowned, NULL, NULL);
  g_assert_cmpint (total_of (disown), ==, 1060);
  g_autoptr (CtlRun) locked = ctl_run (NULL, "customers", "--json", "--profile", fixture->dir, NULL);
  g_assert_true (json_object_get_boolean_member (ctl_run_last (locked), "face_locked"));
  g_autoptr (CtlRun) unlock
      = ctl_run_typing (SHOP_MANAGER_PIN "\n", "unlock", "--profile", fixture->dir, "cust_ada", NULL);
  g_assert_cmpint (unlock->status, ==, 0);

  g_autoptr (CtlRun) count
      = ctl_run (NULL, "drawer", "--json", "--profile", fixture->dir, "count", "10.00", NULL);
  g_assert_cmpint (json_object_get_int_member (ctl_run_last (count), "difference"), ==, -60);
  g_autoptr (CtlRun) closed = ctl_run_typing (SHOP_MANAGER_PIN "\n", "close-day", "--profile", fixture->dir,
                                              "--counted", "10.60", NULL);
  g_assert_cmpint (closed->status, ==, 0);
  g_autoptr (CtlRun) second
      = ctl_run_typing (SHOP_MANAGER_PIN "\n", "close-day", "--profile", fixture->dir, NULL);
  assert_fails (second, 1, "nothing to close");

  g_autoptr (CtlRun) stored
      = ctl_run (NULL, "day", "--json", "--number", "1", "--profile", fixture->dir, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillDayReport) report = till_day_report_from_json (ctl_run_last (stored), &error);
  g_assert_no_error (error);
  g_assert_cmpint (till_day_report_get_takings (report)->sold.sum.minor, ==, 3 * 1060);
  g_assert_cmpint (till_day_report_get_takings (report)->refunded.sum.minor, ==, 2 * 1060);
  g_assert_cmpint (till_day_report_get_drawer (report)->difference.minor, ==, 0);
  g_autoptr (CtlRun) missing = ctl_run (NULL, "day", "--number", "2", "--profile", fixture->dir, NULL);
  assert_fails (missing, 1, "number 2");
  g_autoptr (CtlRun) audit = ctl_run (NULL, "audit", "--json", "--profile", fixture->dir, NULL);
  assert_audit (ctl_run_last (audit));
}

/* How many rows of @kind @sale has on disk at this moment, in the eyes of another process. */
static guint
count_on_disk (ShopFixture *fixture, const char *sale, const char *kind, gint64 *sum)
{
  g_autofree char *path = g_build_filename (fixture->dir, "smiletill.db", NULL);
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillStore) store = till_store_open_reading (path, &error);
  g_autoptr (TillLedger) ledger = store != NULL ? till_ledger_new_reading (store, &error) : NULL;

  /* Changed too fast to be read whole: looked at again. */
  if (g_error_matches (error, TILL_ERROR, TILL_ERROR_BUSY))
    return 0;
  g_assert_no_error (error);
  till_ledger_list_async (ledger, kind, sale, NULL, 0, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (ledger, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; sum != NULL && i < rows->len; i++)
    {
      JsonObject *body = ((TillLedgerEntry *) g_ptr_array_index (rows, i))->body;

      if (g_str_equal (json_object_get_string_member (body, "status"), "approved"))
        *sum += json_object_get_int_member (body, "amount");
    }
  till_store_close (store);
  return rows->len;
}

/* Ends a refund by SIGKILL as soon as its intent is on disk. */
static void
kill_refund (ShopFixture *fixture, const char *sale)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, g_getenv ("TILL_CTL"),
      "refund", "--profile", fixture->dir, sale, "--reason", "cut short", NULL);
  g_assert_no_error (error);
  GOutputStream *typing = g_subprocess_get_stdin_pipe (child);

  g_assert_true (g_output_stream_write_all (typing, SHOP_MANAGER_PIN "\n", strlen (SHOP_MANAGER_PIN) + 1,
                                            NULL, NULL, &error));
  while (g_subprocess_get_identifier (child) != NULL
         && count_on_disk (fixture, sale, TILL_LEDGER_REFUND_INTENT, NULL) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
}

/* Killed in the middle and pressed again: each sale's money goes back once, whoever carries the refund to its end. */
static void
test_killed (ShopFixture *fixture, gconstpointer unused)
{
  char *sales[4];

  shop_sales_set_manager (fixture);
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  for (guint i = 0; i < G_N_ELEMENTS (sales); i++)
    sales[i] = shop_sales_face (fixture, "cust_ada", payer, breakfast, 2, NULL);
  shop_sales_write_receipts (fixture);
  till_shop_close (fixture->shop);

  for (guint i = 0; i < G_N_ELEMENTS (sales); i++)
    {
      gint64 sum = 0;

      kill_refund (fixture, sales[i]);
      g_autoptr (CtlRun) again = by_manager (fixture, "refund", sales[i], NULL, NULL);
      if (again->status != 0)
        assert_fails (again, 1, "given back already");
      count_on_disk (fixture, sales[i], TILL_LEDGER_REFUND_END, &sum);
      g_assert_cmpint (sum, ==, 1060);
      g_free (sales[i]);
    }
  g_autofree char *path = g_build_filename (fixture->dir, "sandbox", "sandbox.db", NULL);
  g_autofree char *given_back = query_gateway (path, "SELECT count(*) || ' ' || sum(amount) FROM refunds");
  g_assert_cmpstr (given_back, ==, "4 4240");
}

/* A name that is not there is not made. */
static void
test_no_profile (void)
{
  g_autofree char *dir = g_dir_make_tmp ("smiletill-none-XXXXXX", NULL);
  g_autofree char *none = g_build_filename (dir, "none", NULL);
  static const char *const commands[] = { "ledger", "audit", "day", "history", "unresolved", "export-csv" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CtlRun) run = ctl_run (nowhere, commands[i], "--profile", none, NULL);

      assert_fails (run, 1, none);
      g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
    }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* Settings that make no sense are refused by name, and the words say what would. */
static void
test_settings (ShopFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *key, *value, *words;
  } wrongs[] = {
    { "most-per-payment", "0", "face-allowed" },
    { "most-per-till-day", "1e3", "1e3" },
    { "pin-from", "ten", "PIN" },
    { "smile-discount", "5001", "smile-discount" },
    { "gift-one-in", "few", "gift-one-in" },
    { "threshold-off", "60", "threshold-from" },
    { "gift-amount", "0.00", "gift" },
    { "face-allowed", "perhaps", "face-allowed" },
  };
  g_autoptr (CtlRun) right
      = ctl_run (NULL, "settings", "--profile", fixture->dir, "threshold-from", "50", NULL);

  g_assert_cmpint (right->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autoptr (CtlRun) run
          = ctl_run (NULL, "settings", "--profile", fixture->dir, wrongs[i].key, wrongs[i].value, NULL);

      assert_fails (run, 1, wrongs[i].words);
    }
}

#define ADD(path, test)                                                                                      \
  g_test_add ("/ctl/money/" path, ShopFixture, NULL, shop_fixture_set_up, test, shop_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("beside", test_beside);
  ADD ("day", test_day);
  ADD ("killed", test_killed);
  ADD ("settings", test_settings);
  g_test_add_func ("/ctl/money/no-profile", test_no_profile);
  return g_test_run ();
}
