/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-provider.h"
#include "till-test-journal.h"
#include "till-test-sandbox.h"
#include "till-test-wait.h"

#include "base/till-id.h"

#include <signal.h>
#include <string.h>

/*
 * Till or gateway die in the middle of a payment, as by kill -9; afterwards the till asks, and ledger and gateway must
 * agree. The till that dies is this program, started again with CHILD as its first argument.
 */

#define CHILD "--pay-and-die"

/* The till that dies */

static void
die_at (TillPayment *payment, const char *step, gpointer fatal)
{
  if (g_str_equal (step, fatal))
    raise (SIGKILL);
}

static TillProvider *
connect_child (const char *url, const char *certificate, GError **error)
{
  g_autoptr (GTlsDatabase) trust = g_tls_file_database_new (certificate, error);
  g_autoptr (TillSecret) key = till_secret_new (TILL_TEST_SANDBOX_KEY, strlen (TILL_TEST_SANDBOX_KEY));

  return trust != NULL ? TILL_PROVIDER (till_stripe_provider_new (url, trust, key, error)) : NULL;
}

/* Arguments: database, URL, certificate, step to die at, sale, payer. */
static int
run_child (char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillStore) store = till_store_open (arguments[0], &error);
  g_autoptr (TillLedger) ledger
      = store != NULL ? till_ledger_new (store, till_clock_system (), &error) : NULL;
  g_autoptr (TillProvider) provider
      = ledger != NULL ? connect_child (arguments[1], arguments[2], &error) : NULL;

  if (provider == NULL)
    g_error ("%s", error->message);
  g_autoptr (TillPayment) payment = till_payment_new (ledger, provider, till_clock_system ());
  g_signal_connect (payment, "step", G_CALLBACK (die_at), arguments[3]);
  g_autoptr (TillPaymentOutcome) outcome
      = till_test_pay (payment, arguments[4], arguments[5], 1250, NULL, &error);
  if (outcome == NULL)
    g_error ("%s", error->message);
  g_autoptr (TillPaymentOutcome) refund = till_test_give_back (payment, outcome->attempt, 250, &error);
  return 0;
}

/* The till after it */

typedef struct
{
  TillTestSandbox *sandbox;
  TillProvider *provider;
  TillTestJournal *journal;
} Fixture;

static char *own_program;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->sandbox = till_test_sandbox_start ();
  fixture->provider = till_test_sandbox_connect (fixture->sandbox);
  fixture->journal = till_test_journal_open (fixture->provider);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  till_test_journal_verify (fixture->journal);
  till_test_journal_close (fixture->journal);
  g_assert_finalize_object (fixture->provider);
  till_test_sandbox_stop (fixture->sandbox);
}

static char *
enrol (Fixture *fixture, const char *method)
{
  g_autoptr (GError) error = NULL;
  char *payer = till_test_register (fixture->provider, method, &error);

  g_assert_no_error (error);
  return payer;
}

static void
pay_and_die (Fixture *fixture, const char *step, const char *sale, const char *payer)
{
  const char *const arguments[] = {
    own_program,
    CHILD,
    fixture->journal->path,
    till_test_sandbox_get_url (fixture->sandbox),
    till_test_sandbox_get_certificate (fixture->sandbox),
    step,
    sale,
    payer,
    NULL,
  };
  g_autoptr (GError) error = NULL;

  till_test_journal_hand_over (fixture->journal);
  g_autoptr (GSubprocess) till = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait (till, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (till));
  g_assert_cmpint (g_subprocess_get_term_sig (till), ==, SIGKILL);
  till_test_journal_reopen (fixture->journal, fixture->provider);
}

/* What the ledger says of @sale: attempts approved, and whether every one has an end. */
static guint
count_approved (Fixture *fixture, const char *sale)
{
  g_autoptr (GPtrArray) intents = till_test_rows (fixture->journal->ledger, TILL_LEDGER_CHARGE_INTENT, sale);
  g_autoptr (GPtrArray) ends = till_test_rows (fixture->journal->ledger, TILL_LEDGER_CHARGE_END, sale);
  guint approved = 0;

  g_assert_cmpuint (intents->len, ==, ends->len);
  for (guint i = 0; i < ends->len; i++)
    {
      const TillLedgerEntry *end = g_ptr_array_index (ends, i);
      guint is_approved = g_strcmp0 (till_stripe_json_string (end->body, "status"), "approved") == 0 ? 1 : 0;

      g_assert_cmpuint (till_test_sandbox_count (fixture->sandbox, end->attempt, "succeeded"), ==,
                        is_approved);
      approved += is_approved;
    }
  return approved;
}

static void
assert_resolved (Fixture *fixture, const char *sale, guint approved)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (count_approved (fixture, sale), ==, approved);
}

static void
test_till_dies (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *step;
    const char *card;
    guint approved;
  } deaths[] = {
    { "journalled", "pm_card_visa", 0 },
    { "sent", "pm_card_visa", 0 },
    { "answered", "pm_card_visa", 1 },
    { "recorded", "pm_card_visa", 1 },
    { "answered", "pm_card_chargeCustomerFail", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (deaths); i++)
    {
      g_autofree char *sale = till_id_new ("sale");
      g_autofree char *payer = enrol (fixture, deaths[i].card);

      g_test_message ("dies at %s with %s", deaths[i].step, deaths[i].card);
      pay_and_die (fixture, deaths[i].step, sale, payer);
      assert_resolved (fixture, sale, deaths[i].approved);
    }
}

static void
test_gateway_dies (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *kind;
    guint approved;
  } deaths[] = { { "kill_before", 0 }, { "kill_inside", 0 }, { "kill_after", 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (deaths); i++)
    {
      g_autofree char *sale = till_id_new ("sale");
      g_autofree char *payer = enrol (fixture, "pm_card_visa");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", deaths[i].kind);
      till_test_sandbox_order (fixture->sandbox, deaths[i].kind, "POST", "/v1/payment_intents", 1, 0);
      g_autoptr (TillPaymentOutcome) outcome
          = till_test_pay (fixture->journal->payment, sale, payer, 1250, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (outcome->result->status, ==, TILL_CHARGE_UNKNOWN);
      g_assert_true (outcome->result->sent);

      g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 1);
      till_test_sandbox_restart (fixture->sandbox);
      assert_resolved (fixture, sale, deaths[i].approved);
    }
}

/* Refunds */

/* How often the gateway gave back 250 of @sale. */
static guint
count_refunds (Fixture *fixture, const char *sale)
{
  g_autoptr (JsonObject) list = till_test_sandbox_get (fixture->sandbox, "/v1/refunds?limit=100");
  JsonArray *data = till_stripe_json_array (list, "data");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *refund = json_array_get_object_element (data, i);
      JsonObject *metadata = till_stripe_json_object (refund, "metadata");

      if (g_strcmp0 (till_stripe_json_string (metadata, "sale"), sale) != 0)
        continue;
      g_assert_cmpint (json_object_get_int_member (refund, "amount"), ==, 250);
      count++;
    }
  return count;
}

static void
assert_refunded (Fixture *fixture, const char *sale)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 0);
  g_assert_no_error (error);
  g_auto (TillPaymentStanding) standing = till_test_standing (fixture->journal->ledger, sale);
  g_assert_cmpint (standing.paid.minor, ==, 1250);
  g_assert_cmpint (standing.refunded.minor, ==, 250);
  g_assert_false (standing.open);
  g_assert_cmpuint (count_refunds (fixture, sale), ==, 1);
}

static void
test_till_dies_refunding (Fixture *fixture, gconstpointer data)
{
  static const char *const steps[]
      = { "refund-journalled", "refund-sent", "refund-answered", "refund-recorded" };
  g_autofree char *payer = enrol (fixture, "pm_card_visa");

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *sale = till_id_new ("sale");

      g_test_message ("dies at %s", steps[i]);
      pay_and_die (fixture, steps[i], sale, payer);
      assert_refunded (fixture, sale);
    }
}

static void
test_gateway_dies_refunding (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "kill_before", "kill_inside", "kill_after" };
  g_autofree char *payer = enrol (fixture, "pm_card_visa");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sale = till_id_new ("sale");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", kinds[i]);
      g_autoptr (TillPaymentOutcome) paid
          = till_test_pay (fixture->journal->payment, sale, payer, 1250, NULL, &error);
      g_assert_no_error (error);
      till_test_sandbox_order (fixture->sandbox, kinds[i], "POST", "/v1/refunds", 1, 0);
      g_autoptr (TillPaymentOutcome) refund
          = till_test_give_back (fixture->journal->payment, paid->attempt, 250, &error);
      g_assert_no_error (error);
      g_assert_cmpint (refund->result->status, ==, TILL_CHARGE_UNKNOWN);
      till_test_sandbox_restart (fixture->sandbox);
      assert_refunded (fixture, sale);
    }
}

#define ADD(NAME, TEST) g_test_add ("/payment/crash/" NAME, Fixture, NULL, set_up, TEST, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 8 && g_str_equal (argv[1], CHILD))
    return run_child (argv + 2);

  own_program = argv[0];
  g_test_init (&argc, &argv, NULL);
  ADD ("till-dies", test_till_dies);
  ADD ("gateway-dies", test_gateway_dies);
  ADD ("till-dies-refunding", test_till_dies_refunding);
  ADD ("gateway-dies-refunding", test_gateway_dies_refunding);
  return g_test_run ();
}
