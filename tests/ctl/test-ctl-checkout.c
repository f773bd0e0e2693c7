/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-run.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* Neutral for a few seconds, then smiling, and again: when the smile is asked for is left to chance. */
#define SALE_SEGMENT "@74-100,loop"

typedef struct
{
  char *profile;
} Till;

static CtlRun *
enrol_franck (Till *till, const char *payer)
{
  g_autofree char *clip = ctl_clip ("franck.webm", "@0-40");

  return ctl_run (NULL, "enrol", "--json", "--profile", till->profile, "--name", "Franck", "--suffix", "1234",
                  "--payer", payer, "--camera", clip, NULL);
}

static CtlRun *
check_out (Till *till, const char *file, const char *segment, const char *suffix)
{
  g_autofree char *clip = ctl_clip (file, segment);

  return ctl_run (NULL, "checkout", "--profile", till->profile, "--amount", "12.50", "--camera", clip,
                  "--suffix", suffix, NULL);
}

static void
till_set_up (Till *till, gconstpointer payer)
{
  g_autoptr (GError) error = NULL;

  till->profile = g_dir_make_tmp ("smiletill-e2e-XXXXXX", &error);
  g_assert_no_error (error);
  g_autoptr (CtlRun) run = enrol_franck (till, payer);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (ctl_run_last (run), "templates"), >=, 3);
}

static void
till_tear_down (Till *till, gconstpointer payer)
{
  const char *words[] = { "rm", "-rf", till->profile, NULL };

  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (till->profile);
}

/* What the gateway's own file says: "id amount currency status" of each payment, a line each. */
static char *
gateway_payments (Till *till)
{
  g_autofree char *path = g_build_filename (till->profile, "sandbox", "sandbox.db", NULL);
  GString *text = g_string_new (NULL);
  sqlite3_stmt *rows = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db, "SELECT id, amount, currency, status FROM payment_intents ORDER BY seq", -1,
                          &rows, NULL),
      ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    g_string_append_printf (text, "%s %d %s %s\n", sqlite3_column_text (rows, 0),
                            sqlite3_column_int (rows, 1), sqlite3_column_text (rows, 2),
                            sqlite3_column_text (rows, 3));
  sqlite3_finalize (rows);
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}

static CtlRun *
charge_ends (Till *till)
{
  return ctl_run (NULL, "ledger", "--json", "--profile", till->profile, "--kind", "charge-end", NULL);
}

static void
assert_audit (Till *till)
{
  g_autoptr (CtlRun) audit = ctl_run (NULL, "audit", "--json", "--profile", till->profile, NULL);

  g_assert_cmpint (audit->status, ==, 0);
  g_assert_true (json_object_get_boolean_member (ctl_run_last (audit), "right"));
}

static void
assert_outcome (CtlRun *run, const char *outcome, int status)
{
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "event"), ==, "outcome");
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "outcome"), ==, outcome);
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "amount"), ==, "12.50");
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "currency"), ==, "EUR");
  g_assert_cmpint (run->status, ==, status);
}

/* Charged exactly once, and ledger and gateway agree. */
static void
test_approved (Till *till, gconstpointer payer)
{
  g_autoptr (CtlRun) run = check_out (till, "franck.webm", SALE_SEGMENT, "1234");
  g_autofree char *states = ctl_run_states (run);

  assert_outcome (run, "approved", 0);
  g_assert_cmpstr (states, ==, "ways consent digits confirming smile charging approved");
  g_assert_cmpint (ctl_run_count (run, "camera"), ==, 2);
  g_assert_cmpint (ctl_run_count (run, "machine-time"), ==, 1);
  g_assert_cmpint (ctl_run_count (run, "stage"), ==, 7);

  g_autoptr (CtlRun) ends = charge_ends (till);
  g_assert_cmpuint (ends->lines->len, ==, 1);
  JsonObject *end = ctl_run_last (ends);
  JsonObject *body = json_object_get_object_member (end, "body");
  g_assert_cmpstr (json_object_get_string_member (body, "status"), ==, "approved");
  g_assert_cmpint (json_object_get_int_member (end, "seq"), ==,
                   json_object_get_int_member (ctl_run_last (run), "ledger"));

  g_autofree char *expected
      = g_strdup_printf ("%s 1250 eur succeeded\n", json_object_get_string_member (body, "reference"));
  g_autofree char *payments = gateway_payments (till);
  g_assert_cmpstr (payments, ==, expected);
  assert_audit (till);
}

/* A stranger with the right digits and the right person with wrong digits get one and the same answer. */
static void
test_not_confirmed (Till *till, gconstpointer payer)
{
  g_autoptr (CtlRun) stranger = check_out (till, "cap12_edit.webm", "@2-40", "1234");
  g_autoptr (CtlRun) wrong_digits = check_out (till, "franck.webm", SALE_SEGMENT, "4321");
  g_autofree char *stranger_states = ctl_run_states (stranger);
  g_autofree char *wrong_digits_states = ctl_run_states (wrong_digits);

  assert_outcome (stranger, "not-confirmed", 3);
  assert_outcome (wrong_digits, "not-confirmed", 3);
  g_assert_cmpstr (stranger_states, ==, "ways consent digits confirming not-confirmed");
  g_assert_cmpstr (wrong_digits_states, ==, stranger_states);
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (stranger), "reason"), ==,
                   json_object_get_string_member (ctl_run_last (wrong_digits), "reason"));

  g_autofree char *payments = gateway_payments (till);
  g_assert_cmpstr (payments, ==, "");
}

static void
test_no_consent (Till *till, gconstpointer payer)
{
  g_autofree char *clip = ctl_clip ("franck.webm", SALE_SEGMENT);
  g_autoptr (CtlRun) run = ctl_run (NULL, "checkout", "--profile", till->profile, "--amount", "12.50",
                                    "--camera", clip, "--suffix", "1234", "--consent", "no", NULL);

  assert_outcome (run, "cancelled", 1);
  g_assert_cmpint (ctl_run_count (run, "camera"), ==, 0);
}

/* Franck never smiles in this part: recognised, asked, and not charged. */
static void
test_no_smile (Till *till, gconstpointer payer)
{
  g_autoptr (CtlRun) run = check_out (till, "franck.webm", "@62-72", "1234");
  g_autofree char *states = ctl_run_states (run);
  g_autofree char *payments = gateway_payments (till);

  assert_outcome (run, "not-confirmed", 3);
  g_assert_cmpstr (states, ==, "ways consent digits confirming smile no-camera");
  g_assert_cmpstr (payments, ==, "");
}

/* A still can't be neutral and then smile. */
static void
test_still (Till *till, gconstpointer payer)
{
  g_autofree char *photo = ctl_file ("astronaut.png");
  g_autofree char *still = ctl_clip ("astronaut.png", "");
  g_autoptr (CtlRun) enrolled
      = ctl_run (NULL, "enrol", "--profile", till->profile, "--name", "Eileen", "--suffix", "2222", "--payer",
                 "pm_card_visa", "--photo", photo, NULL);
  g_assert_cmpint (enrolled->status, ==, 0);
  g_autoptr (CtlRun) run = ctl_run (NULL, "checkout", "--profile", till->profile, "--amount", "12.50",
                                    "--camera", still, "--suffix", "2222", "--timeout", "6", NULL);

  assert_outcome (run, "not-confirmed", 3);
}

static void
test_no_camera (Till *till, gconstpointer payer)
{
  g_autoptr (CtlRun) run = ctl_run (NULL, "checkout", "--profile", till->profile, "--amount", "12.50",
                                    "--camera", "device:no-such-camera", "--suffix", "1234", NULL);

  assert_outcome (run, "cancelled", 1);
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "reason"), ==, "no-camera");
  g_assert_cmpint (ctl_run_count (run, "trouble"), ==, 1);
}

static void
set (Till *till, const char *key, const char *value)
{
  g_autoptr (CtlRun) run = ctl_run (NULL, "settings", "--profile", till->profile, key, value, NULL);

  g_assert_cmpint (run->status, ==, 0);
}

static void
test_declined (Till *till, gconstpointer payer)
{
  g_autoptr (CtlRun) run = check_out (till, "franck.webm", SALE_SEGMENT, "1234");

  assert_outcome (run, "declined", 2);
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "reason"), ==, "generic_decline");
  assert_audit (till);
}

/* Told apart from a decline, kept open in the ledger, and ended once somebody can be asked. */
static void
test_unreachable (Till *till, gconstpointer payer)
{
  g_autofree char *command
      = g_strdup_printf ("echo sk_test_x | \"$TILL_CTL\" key --profile '%s'", till->profile);
  g_autoptr (CtlRun) run = NULL;
  int status = 0;

  set (till, "provider", "stripe");
  set (till, "provider-url", "https://127.0.0.1:1");
  const char *words[] = { "sh", "-c", command, NULL };
  g_assert_true (
      g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));

  run = check_out (till, "franck.webm", SALE_SEGMENT, "1234");
  assert_outcome (run, "unknown", 4);
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "reason"), ==, "unreachable");
  g_autoptr (CtlRun) before = charge_ends (till);
  g_assert_cmpuint (before->lines->len, ==, 0);

  g_autoptr (CtlRun) open = ctl_run (NULL, "unresolved", "--json", "--profile", till->profile, NULL);
  g_assert_cmpuint (open->lines->len, ==, 1);
  const char *attempt = json_object_get_string_member (ctl_run_last (open), "attempt");
  set (till, "provider", "sandbox");
  g_autoptr (CtlRun) asked = ctl_run (NULL, "unresolved", "--profile", till->profile, "ask", attempt, NULL);
  g_assert_cmpint (asked->status, ==, 0);
  g_autoptr (CtlRun) after = charge_ends (till);
  g_assert_cmpuint (after->lines->len, ==, 1);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (ctl_run_last (after), "body"), "status"),
      ==, "declined");
  assert_audit (till);
}

/* The price falls as the smile grows, never above what was agreed to: till, ledger, receipt and gateway say the same. */
static void
test_smile_discount (Till *till, gconstpointer payer)
{
  set (till, "smile-discount", "2000");
  g_autoptr (CtlRun) run = check_out (till, "franck.webm", SALE_SEGMENT, "1234");
  JsonObject *outcome = ctl_run_last (run);
  gint64 charged = json_object_get_int_member (outcome, "amount_minor");

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpint (charged, <, 1250);
  g_assert_cmpint (charged, >=, 1000);
  g_autofree char *payments = gateway_payments (till);
  g_autofree char *expected = g_strdup_printf (" %" G_GINT64_FORMAT " eur succeeded", charged);
  g_assert_nonnull (strstr (payments, expected));

  g_autoptr (CtlRun) receipts
      = ctl_run (NULL, "ledger", "--json", "--profile", till->profile, "--kind", "receipt", NULL);
  g_assert_cmpuint (receipts->lines->len, ==, 1);
  JsonObject *body = json_object_get_object_member (ctl_run_last (receipts), "body");
  g_assert_cmpint (json_object_get_int_member (body, "total"), ==, charged);
  g_autoptr (CtlRun) day = ctl_run (NULL, "day", "--json", "--profile", till->profile, NULL);
  g_assert_cmpint (day->status, ==, 0);
  g_assert_nonnull (strstr (day->output, "smile"));
}

/* What the shop does not take by face is refused before any camera is looked for. */
static void
test_limits (Till *till, gconstpointer payer)
{
  static const struct
  {
    const char *key, *value, *back, *reason;
  } limits[] = {
    { "face-allowed", "false", "true", "face-off" },
    { "most-per-payment", "12.49", "", "over-payment-limit" },
    { "most-per-till-day", "12.49", "", "over-till-limit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      set (till, limits[i].key, limits[i].value);
      g_autoptr (CtlRun) run = check_out (till, "franck.webm", SALE_SEGMENT, "1234");
      assert_outcome (run, "cancelled", 1);
      g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "reason"), ==, limits[i].reason);
      g_assert_cmpint (ctl_run_count (run, "camera"), ==, 0);
      set (till, limits[i].key, limits[i].back);
    }
}

/* "This wasn't me": the money is back, and the same face with the same digits is a stranger from then on. */
static void
test_disowned (Till *till, gconstpointer payer)
{
  g_autoptr (CtlRun) run = check_out (till, "franck.webm", SALE_SEGMENT, "1234");
  assert_outcome (run, "approved", 0);
  g_autoptr (CtlRun) manager
      = ctl_run_typing ("9753\n", "staff", "--profile", till->profile, "set-manager-pin", NULL);
  g_assert_cmpint (manager->status, ==, 0);
  g_autoptr (CtlRun) disown
      = ctl_run_typing ("9753\n", "disown", "--json", "--profile", till->profile, "--reason",
                        "was not in town", json_object_get_string_member (ctl_run_last (run), "sale"), NULL);
  g_assert_cmpint (disown->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (ctl_run_last (disown), "total"), ==, 1250);

  g_autoptr (CtlRun) again = check_out (till, "franck.webm", SALE_SEGMENT, "1234");
  g_autoptr (CtlRun) stranger = check_out (till, "cap12_edit.webm", "@2-40", "1234");
  g_autofree char *states = ctl_run_states (again);
  g_autofree char *stranger_states = ctl_run_states (stranger);
  assert_outcome (again, "not-confirmed", 3);
  g_assert_cmpstr (states, ==, stranger_states);
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (again), "reason"), ==,
                   json_object_get_string_member (ctl_run_last (stranger), "reason"));
  assert_audit (till);
}

/* A manager's word erases; afterwards there is nobody to be recognised, and the books and records are right. */
static void
test_erase (Till *till, gconstpointer payer)
{
  g_autoptr (CtlRun) listed = ctl_run (NULL, "customers", "--json", "--profile", till->profile, NULL);
  const char *id = json_object_get_string_member (ctl_run_last (listed), "id");
  g_autoptr (CtlRun) set
      = ctl_run_typing ("9753\n", "staff", "--profile", till->profile, "set-manager-pin", NULL);
  g_autoptr (CtlRun) wrong = ctl_run_typing ("1357\n", "erase", "--profile", till->profile, id, NULL);
  g_autoptr (CtlRun) erased
      = ctl_run_typing ("9753\n", "erase", "--json", "--profile", till->profile, id, NULL);
  g_autoptr (CtlRun) again = ctl_run_typing ("9753\n", "forget", "--profile", till->profile, id, NULL);
  g_autoptr (CtlRun) empty = ctl_run (NULL, "customers", "--json", "--profile", till->profile, NULL);

  g_assert_cmpuint (listed->lines->len, ==, 1);
  g_assert_cmpint (set->status, ==, 0);
  g_assert_cmpint (wrong->status, ==, 1);
  g_assert_cmpint (erased->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (erased), "erased"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (erased), "payer"), ==, "gone");
  g_assert_cmpint (again->status, ==, 1);
  g_assert_nonnull (strstr (again->errors, id));
  g_assert_cmpuint (empty->lines->len, ==, 0);
  assert_audit (till);

  g_autoptr (CtlRun) run = check_out (till, "franck.webm", SALE_SEGMENT, "1234");
  assert_outcome (run, "not-confirmed", 3);
}

#define ADD(path, payer, test) g_test_add (path, Till, payer, till_set_up, test, till_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ctl/checkout/approved", "pm_card_visa", test_approved);
  ADD ("/ctl/checkout/not-confirmed", "pm_card_visa", test_not_confirmed);
  ADD ("/ctl/checkout/no-consent", "pm_card_visa", test_no_consent);
  ADD ("/ctl/checkout/no-smile", "pm_card_visa", test_no_smile);
  ADD ("/ctl/checkout/still", "pm_card_visa", test_still);
  ADD ("/ctl/checkout/no-camera", "pm_card_visa", test_no_camera);
  ADD ("/ctl/checkout/declined", "pm_card_chargeCustomerFail", test_declined);
  ADD ("/ctl/checkout/unreachable", "pm_card_visa", test_unreachable);
  ADD ("/ctl/checkout/smile-discount", "pm_card_visa", test_smile_discount);
  ADD ("/ctl/checkout/limits", "pm_card_visa", test_limits);
  ADD ("/ctl/checkout/disowned", "pm_card_visa", test_disowned);
  ADD ("/ctl/erase", "pm_card_visa", test_erase);
  return g_test_run ();
}
