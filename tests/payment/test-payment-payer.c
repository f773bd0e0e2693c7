/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "base/till-error.h"
#include "payment/till-payment-journal.h"
#include "payment/till-stripe-json.h"
#include "till-test-desk.h"
#include "till-test-sandbox.h"
#include "till-test-vault.h"
#include "vault/till-record-keys.h"

#include <string.h>

/*
 * Who pays is sealed in the books while an attempt is open, and nobody can read it afterwards; whoever was erased is
 * forgotten by the provider too. Runs in a session with a keyring of its own.
 */

typedef struct
{
  TillTestDesk desk;
  char *profile;
  TillVault *vault;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  till_test_desk_set_up (&fixture->desk, NULL);
  fixture->profile = till_test_vault_profile ();
  fixture->vault = till_test_vault_set (fixture->desk.journal, fixture->profile, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->vault);
  till_test_desk_tear_down (&fixture->desk, NULL);
  g_free (fixture->profile);
}

/* As after a new start, the keyring open or locked. */
static void
reopen (Fixture *fixture, gboolean open)
{
  g_clear_object (&fixture->vault);
  till_test_journal_reopen (fixture->desk.journal, fixture->desk.provider);
  fixture->desk.payment = fixture->desk.journal->payment;
  fixture->vault = till_test_vault_set (fixture->desk.journal, fixture->profile, open);
}

typedef struct
{
  const char *id;
  gboolean has;
} Key;

static gpointer
has_key_func (sqlite3 *db, gpointer data, GError **error)
{
  Key *key = data;

  till_record_keys_has (db, key->id, &key->has, error);
  return NULL;
}

static void
assert_key (TillTestJournal *journal, const char *id, gboolean has)
{
  Key key = { .id = id };
  g_autoptr (GError) error = NULL;

  till_store_run (journal->store, has_key_func, &key, &error);
  g_assert_no_error (error);
  g_assert_cmpint (key.has, ==, has);
}

/* Neither the database nor its log holds @text. */
static void
assert_not_on_disk (TillTestJournal *journal, const char *text)
{
  const char *const suffixes[] = { "", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (journal->path, suffixes[i], NULL);
      g_autofree char *bytes = NULL;
      g_autoptr (GError) error = NULL;
      gsize size = 0;

      g_file_get_contents (path, &bytes, &size, &error);
      g_assert_no_error (error);
      g_assert_null (memmem (bytes, size, text, strlen (text)));
    }
}

/* Charges */

static void
test_sealed_until_the_end (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) doubt = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  g_autoptr (TillLedgerEntry) intent
      = till_test_journal_only (desk->journal, TILL_LEDGER_CHARGE_INTENT, "sale_1");
  g_assert_true (till_payment_has_sealed_payer (intent));
  assert_key (desk->journal, doubt->attempt, TRUE);
  assert_not_on_disk (desk->journal, "cus_1");

  TELL (HAVING (TILL_TEST_INTENT ("succeeded")));
  till_test_desk_reconcile (desk, 0);
  g_autofree char *line = till_test_gateway_get_line (desk->gateway, 0);
  g_assert_nonnull (strstr (line, "customer=cus_1"));
  assert_key (desk->journal, doubt->attempt, FALSE);
}

static void
test_no_key_after_an_answer (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;

  TELL (PAID);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  assert_key (desk->journal, paid->attempt, FALSE);
  TELL (REFUSED ("parameter_missing"));
  g_autoptr (TillPaymentOutcome) declined = till_test_desk_charge (desk, "sale_2", TILL_CHARGE_DECLINED);
  assert_key (desk->journal, declined->attempt, FALSE);
}

static void
test_no_key_after_other_ends (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;
  g_autoptr (GError) error = NULL;

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) settled = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  g_autoptr (TillPaymentOutcome) reversed = till_test_desk_charge (desk, "sale_2", TILL_CHARGE_UNKNOWN);
  g_autoptr (TillLedgerEntry) end
      = till_test_settle (desk->payment, settled->attempt, TRUE, "seen in its list", &error);
  g_assert_no_error (error);
  assert_key (desk->journal, settled->attempt, FALSE);

  assert_key (desk->journal, reversed->attempt, TRUE);
  TELL (HAVING (TILL_TEST_INTENT ("succeeded")), REFUNDED);
  g_autoptr (TillPaymentOutcome) back = till_test_reverse (desk->payment, reversed->attempt, &error);
  g_assert_no_error (error);
  assert_key (desk->journal, reversed->attempt, FALSE);
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;
  g_autoptr (GError) error = NULL;

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) doubt = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  reopen (fixture, FALSE);
  guint asked = till_test_gateway_count (desk->gateway);

  /* It stays open, and says why. */
  till_test_desk_reconcile (desk, 1);
  g_autoptr (TillPaymentOutcome) none = till_test_ask (desk->payment, doubt->attempt, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_autoptr (GPtrArray) open = till_test_unresolved (desk->payment);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_true (((const TillUnresolved *) open->pdata[0])->locked);
  g_autoptr (TillPaymentOutcome) refused = till_test_pay (desk->payment, "sale_2", PAYER, 1250, NULL, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, asked);

  till_test_vault_open (fixture->vault);
  TELL (HAVING (TILL_TEST_INTENT ("succeeded")));
  till_test_desk_reconcile (desk, 0);
}

static gpointer
destroy_func (sqlite3 *db, gpointer data, GError **error)
{
  till_record_keys_destroy (db, data, error);
  return NULL;
}

/* Without the key the payment is looked for among all of them. */
static void
test_key_gone (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;
  g_autoptr (GError) error = NULL;

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) doubt = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  till_store_run (desk->journal->store, destroy_func, doubt->attempt, &error);
  g_assert_no_error (error);
  TELL (HAVING (TILL_TEST_INTENT ("succeeded")));
  till_test_desk_reconcile (desk, 0);
  g_autofree char *line = till_test_gateway_get_line (desk->gateway, 0);
  g_assert_null (strstr (line, "customer="));
}

static gpointer
create_func (sqlite3 *db, gpointer data, GError **error)
{
  const Fixture *fixture = data;

  till_record_keys_create (fixture->vault, db, "attempt_of_old", error);
  return NULL;
}

static gpointer
end_func (sqlite3 *db, gpointer data, GError **error)
{
  Fixture *fixture = data;
  g_autoptr (TillLedgerEntry) intent
      = till_ledger_entry_new (TILL_LEDGER_CHARGE_INTENT, "sale_9", "attempt_of_old", NULL);
  g_autoptr (TillLedgerEntry) end
      = till_ledger_entry_new (TILL_LEDGER_CHARGE_END, "sale_9", "attempt_of_old", NULL);
  g_autoptr (TillLedgerEntry) one
      = till_ledger_append_within (fixture->desk.journal->ledger, db, intent, error);
  g_autoptr (TillLedgerEntry) two = till_ledger_append_within (fixture->desk.journal->ledger, db, end, error);

  return NULL;
}

static void
test_swept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  till_store_run (fixture->desk.journal->store, create_func, fixture, &error);
  g_assert_no_error (error);
  till_store_run (fixture->desk.journal->store, end_func, fixture, &error);
  g_assert_no_error (error);
  assert_key (fixture->desk.journal, "attempt_of_old", TRUE);
  till_test_desk_reconcile (&fixture->desk, 0);
  assert_key (fixture->desk.journal, "attempt_of_old", FALSE);
}

/* Payers who are to be forgotten */

static gboolean
remove_payer (TillPayment *payment, const char *person, const char *payer)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;
  gboolean removed = FALSE;

  till_payment_remove_payer_async (payment, person, payer, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  g_assert_true (till_payment_remove_payer_finish (payment, result, &removed, &error));
  g_assert_no_error (error);
  return removed;
}

static int
send_removals (TillPayment *payment)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_payment_send_removals_async (payment, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  int waiting = till_payment_send_removals_finish (payment, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (till_payment_get_removals (payment), ==, waiting);
  return waiting;
}

static void
erase (TillTestJournal *journal, const char *person)
{
  JsonObject *body = json_object_new ();
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (body, "customer", person);
  g_autoptr (TillLedgerEntry) row = till_ledger_entry_new (TILL_LEDGER_ERASURE, NULL, NULL, body);
  till_ledger_append_async (journal->ledger, row, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  g_autoptr (TillLedgerEntry) written = till_ledger_append_finish (journal->ledger, result, &error);
  g_assert_no_error (error);
}

static guint
count_removed (TillTestJournal *journal)
{
  g_autoptr (GPtrArray) rows = till_test_rows (journal->ledger, TILL_LEDGER_PAYER_REMOVED, NULL);

  return rows->len;
}

#define CUSTOMER(MARKS)                                                                                      \
  {                                                                                                          \
    .body = "{\"id\":\"cus_1\",\"object\":\"customer\",\"metadata\":{" MARKS "}}"                            \
  }
#define OURS CUSTOMER ("\"smiletill\":\"enrolment\"")
#define DELETED                                                                                              \
  {                                                                                                          \
    .body = "{\"id\":\"cus_1\",\"object\":\"customer\",\"deleted\":true}"                                    \
  }
#define CARD(OWNER)                                                                                          \
  {                                                                                                          \
    .body = "{\"id\":\"pm_1\",\"object\":\"payment_method\",\"type\":\"card\",\"customer\":" OWNER "}"       \
  }

static void
assert_line (TillTestDesk *desk, guint index, const char *expected)
{
  g_autofree char *line = till_test_gateway_get_line (desk->gateway, index);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_removed_after_erasure (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;

  /* Wished before the erasure, carried out after it. */
  TELL (OURS, DELETED);
  g_assert_false (remove_payer (desk->payment, "customer_1", PAYER));
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 0);
  assert_not_on_disk (desk->journal, "cus_1");
  erase (desk->journal, "customer_1");
  g_assert_cmpint (send_removals (desk->payment), ==, 0);
  assert_line (desk, 0, "GET /v1/customers/cus_1");
  assert_line (desk, 1, "DELETE /v1/customers/cus_1");
  g_assert_cmpuint (count_removed (desk->journal), ==, 1);
  g_assert_cmpint (send_removals (desk->payment), ==, 0);
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 2);
  g_assert_cmpuint (count_removed (desk->journal), ==, 1);
}

/* Who was the shop's customer before loses the card alone. */
static void
test_not_ours (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;

  erase (desk->journal, "customer_1");
  TELL (CUSTOMER (""), CARD ("\"cus_1\""), CARD ("null"));
  g_assert_true (remove_payer (desk->payment, "customer_1", PAYER));
  assert_line (desk, 1, "GET /v1/payment_methods/pm_1");
  assert_line (desk, 2, "POST /v1/payment_methods/pm_1/detach");
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 3);

  TELL (CUSTOMER (""), CARD ("null"));
  g_assert_true (remove_payer (desk->payment, "customer_1", PAYER));
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 2);
  TELL ({ .status = 404, .body = TILL_TEST_ERROR ("invalid_request_error", "resource_missing") });
  g_assert_true (remove_payer (desk->payment, "customer_1", PAYER));
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;

  erase (desk->journal, "customer_1");
  TELL (MUTE);
  g_assert_false (remove_payer (desk->payment, "customer_1", PAYER));
  g_assert_cmpint (till_payment_get_removals (desk->payment), ==, 1);
  g_assert_cmpuint (count_removed (desk->journal), ==, 0);

  /* Another start, the keyring locked at first. */
  reopen (fixture, FALSE);
  TELL (OURS, DELETED);
  g_assert_cmpint (send_removals (desk->payment), ==, 1);
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 0);
  till_test_vault_open (fixture->vault);
  till_test_desk_reconcile (desk, 0);
  g_assert_cmpint (till_payment_get_removals (desk->payment), ==, 0);
  g_assert_cmpuint (count_removed (desk->journal), ==, 1);
}

/* What the gateway does not confirm did not happen. */
static void
test_not_believed (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;

  erase (desk->journal, "customer_1");
  TELL (OURS, OURS);
  g_assert_false (remove_payer (desk->payment, "customer_1", PAYER));
  TELL (CUSTOMER (""), CARD ("\"cus_1\""));
  g_assert_cmpint (send_removals (desk->payment), ==, 1);
  g_assert_cmpuint (count_removed (desk->journal), ==, 0);
}

static void
test_waits_for_open (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;
  TillMoney amount = till_test_euro (1250);
  JsonObject *extra = json_object_new ();
  GAsyncResult *kept = NULL;

  json_object_set_string_member (extra, "customer", "customer_1");
  TELL (MUTE);
  till_payment_charge_async (desk->payment, "sale_1", PAYER, &amount, extra, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  g_autoptr (TillPaymentOutcome) doubt = till_payment_charge_finish (desk->payment, result, NULL);
  g_assert_cmpint (doubt->result->status, ==, TILL_CHARGE_UNKNOWN);
  erase (desk->journal, "customer_1");
  TELL (OURS, DELETED);
  g_assert_false (remove_payer (desk->payment, "customer_1", PAYER));
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 0);

  TELL (HAVING (TILL_TEST_INTENT ("succeeded")), OURS, DELETED);
  till_test_desk_reconcile (desk, 0);
  g_assert_cmpuint (count_removed (desk->journal), ==, 1);
}

/* The till died before the erasure, or it was refused: they stay, and so does their payer. */
static void
test_void_wish (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;

  g_assert_false (remove_payer (desk->payment, "customer_1", PAYER));
  g_assert_false (remove_payer (desk->payment, "customer_2", PAYER));
  erase (desk->journal, "customer_2");
  reopen (fixture, TRUE);
  TELL (MUTE);
  till_test_desk_reconcile (desk, 0);
  g_assert_cmpint (till_payment_get_removals (desk->payment), ==, 1);
}

static void
test_locked_wish (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  reopen (fixture, FALSE);
  till_payment_remove_payer_async (fixture->desk.payment, "customer_1", PAYER, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  g_assert_false (till_payment_remove_payer_finish (fixture->desk.payment, result, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
}

/* All keys are new, and what was sealed before can still be read. */
static void
test_keys_changed (Fixture *fixture, gconstpointer data)
{
  TillTestDesk *desk = &fixture->desk;
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) doubt = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  erase (desk->journal, "customer_1");
  g_assert_false (remove_payer (desk->payment, "customer_1", PAYER));
  till_vault_rotate_async (fixture->vault, TRUE, NULL, NULL, NULL, NULL, NULL, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  till_vault_rotate_finish (fixture->vault, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  reopen (fixture, TRUE);
  TELL (HAVING (TILL_TEST_INTENT ("succeeded")), OURS, DELETED);
  till_test_desk_reconcile (desk, 0);
  g_autofree char *line = till_test_gateway_get_line (desk->gateway, 0);
  g_assert_nonnull (strstr (line, "customer=cus_1"));
  g_assert_cmpuint (count_removed (desk->journal), ==, 1);
}

/* The real gateway */

static void
test_sandbox (void)
{
  TillTestSandbox *sandbox = till_test_sandbox_start ();
  g_autoptr (TillProvider) provider = till_test_sandbox_connect (sandbox);
  TillTestJournal *journal = till_test_journal_open (provider);
  g_autofree char *profile = till_test_vault_profile ();
  g_autoptr (TillVault) vault = till_test_vault_set (journal, profile, TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *payer = till_test_register (provider, "pm_card_visa", &error);
  g_assert_no_error (error);
  g_autofree char *customer = g_strndup (payer, strcspn (payer, "/"));
  g_autofree char *path = g_strconcat ("/v1/customers/", customer, NULL);
  g_autoptr (TillPaymentOutcome) paid = till_test_pay (journal->payment, "sale_1", payer, 1250, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (paid->result->status, ==, TILL_CHARGE_APPROVED);
  erase (journal, "customer_1");
  g_assert_true (remove_payer (journal->payment, "customer_1", payer));
  g_autoptr (JsonObject) gone = till_test_sandbox_get (sandbox, path);
  g_assert_true (till_stripe_json_is_true (gone, "deleted"));
  g_assert_true (remove_payer (journal->payment, "customer_1", payer));
  g_assert_cmpuint (count_removed (journal), ==, 2);

  /* Money can still be given back to whoever was forgotten, and nothing can be taken. */
  g_autoptr (TillPaymentOutcome) back = till_test_give_back (journal->payment, paid->attempt, 250, &error);
  g_assert_no_error (error);
  g_assert_cmpint (back->result->status, ==, TILL_CHARGE_APPROVED);
  g_autoptr (TillPaymentOutcome) refused
      = till_test_pay (journal->payment, "sale_2", payer, 1250, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (refused->result->status, ==, TILL_CHARGE_DECLINED);

  g_clear_object (&vault);
  till_test_journal_close (journal);
  till_test_sandbox_stop (sandbox);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/payment-payer/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("sealed-until-the-end", test_sealed_until_the_end);
  ADD ("no-key-after-an-answer", test_no_key_after_an_answer);
  ADD ("no-key-after-other-ends", test_no_key_after_other_ends);
  ADD ("locked", test_locked);
  ADD ("key-gone", test_key_gone);
  ADD ("swept", test_swept);
  ADD ("removed-after-erasure", test_removed_after_erasure);
  ADD ("not-ours", test_not_ours);
  ADD ("offline", test_offline);
  ADD ("not-believed", test_not_believed);
  ADD ("waits-for-open", test_waits_for_open);
  ADD ("void-wish", test_void_wish);
  ADD ("locked-wish", test_locked_wish);
  ADD ("keys-changed", test_keys_changed);
  g_test_add_func ("/payment-payer/sandbox", test_sandbox);
  return g_test_run ();
}
