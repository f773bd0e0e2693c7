/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-provider.h"
#include "till-test-journal.h"
#include "till-test-sandbox.h"
#include "till-test-wait.h"

/*
 * Random charges, refunds, reversals and questions, under random faults of the gateway and with the till and the gateway
 * started anew in between. Afterwards the ledger and the gateway's books are compared row by row.
 */

#define DEEDS     26
#define SALES     5
#define IMPATIENT 3

typedef struct
{
  TillTestSandbox *sandbox;
  TillProvider *provider;
  TillTestJournal *journal;
  char *payer;
} Fixture;

static const char *const faults[] = {
  "drop_before",  "drop_after",      "late",         "truncate",       "truncate_close", "malformed",
  "wrong_amount", "error_500_after", "conflict_409", "rate_limit_429", "error_500",      "delay_after",
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->sandbox = till_test_sandbox_start ();
  fixture->provider = till_test_sandbox_connect (fixture->sandbox);
  fixture->payer = till_test_register (fixture->provider, "pm_card_visa", &error);
  g_assert_no_error (error);
  till_stripe_provider_set_timeout (TILL_STRIPE_PROVIDER (fixture->provider), IMPATIENT);
  fixture->journal = till_test_journal_open (fixture->provider);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  till_test_journal_verify (fixture->journal);
  till_test_journal_close (fixture->journal);
  g_assert_finalize_object (fixture->provider);
  till_test_sandbox_stop (fixture->sandbox);
  g_free (fixture->payer);
}

/* Deeds */

static char *
any_sale (void)
{
  return g_strdup_printf ("sale_%d", g_test_rand_int_range (0, SALES));
}

/* The attempt of a random charge-intent (transfer full) (nullable). */
static char *
any_charge (Fixture *fixture)
{
  g_autoptr (GPtrArray) intents = till_test_rows (fixture->journal->ledger, TILL_LEDGER_CHARGE_INTENT, NULL);

  if (intents->len == 0)
    return NULL;
  const TillLedgerEntry *intent
      = g_ptr_array_index (intents, g_test_rand_int_range (0, (gint32) intents->len));
  return g_strdup (intent->attempt);
}

/* What a rule refuses is as it should be; anything else is not. */
static void
assert_rule (const GError *error)
{
  if (error != NULL && !g_error_matches (error, TILL_ERROR, TILL_ERROR_REFUSED))
    g_error ("%s", error->message);
}

static void
charge (Fixture *fixture)
{
  g_autofree char *sale = any_sale ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_test_pay (fixture->journal->payment, sale, fixture->payer,
                                                          g_test_rand_int_range (100, 5000), NULL, &error);

  assert_rule (error);
}

static void
give_back (Fixture *fixture)
{
  g_autofree char *attempt = any_charge (fixture);
  g_autoptr (GError) error = NULL;

  if (attempt == NULL)
    return;
  g_autoptr (TillPaymentOutcome) outcome
      = till_test_give_back (fixture->journal->payment, attempt, g_test_rand_int_range (1, 2000), &error);
  assert_rule (error);
}

static void
hand_back (Fixture *fixture)
{
  g_autofree char *sale = any_sale ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row
      = till_test_hand_back (fixture->journal->payment, sale, g_test_rand_int_range (1, 1000), &error);

  if (error != NULL && !g_error_matches (error, TILL_ERROR, TILL_ERROR_CURRENCY))
    assert_rule (error);
}

static void
reverse (Fixture *fixture)
{
  g_autofree char *attempt = any_charge (fixture);
  g_autoptr (GError) error = NULL;

  if (attempt == NULL)
    return;
  g_autoptr (TillPaymentOutcome) outcome = till_test_reverse (fixture->journal->payment, attempt, &error);
  assert_rule (error);
}

static void
reconcile (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  till_test_reconcile (fixture->journal->payment, &error);
  g_assert_no_error (error);
}

static void
start_anew (Fixture *fixture)
{
  if (g_test_rand_int_range (0, 2) == 0)
    till_test_journal_reopen (fixture->journal, fixture->provider);
  else
    till_test_sandbox_restart (fixture->sandbox);
}

static void
order_fault (Fixture *fixture)
{
  const char *fault = faults[g_test_rand_int_range (0, G_N_ELEMENTS (faults))];
  guint count = (guint) g_test_rand_int_range (1, 5);
  const char *method = g_test_rand_int_range (0, 3) == 0 ? "GET" : "POST";

  g_test_message ("  %s, %u times, %s", fault, count, method);
  till_test_sandbox_order (fixture->sandbox, fault, method, "/v1/", count,
                           (guint) g_test_rand_int_range (50, 4000));
}

static const struct
{
  const char *name;
  void (*act) (Fixture *fixture);
  gint32 share;
} deeds[] = {
  { "charge", charge, 8 },   { "give back", give_back, 6 }, { "hand back", hand_back, 2 },
  { "reverse", reverse, 3 }, { "reconcile", reconcile, 3 }, { "start anew", start_anew, 2 },
};

static void
act_at_random (Fixture *fixture)
{
  gint32 all = 0;
  guint which = 0;

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    all += deeds[i].share;
  for (gint32 at = g_test_rand_int_range (0, all); at >= deeds[which].share; which++)
    at -= deeds[which].share;
  g_test_message ("%s", deeds[which].name);
  deeds[which].act (fixture);
}

/* Comparing */

/* How much the gateway moved for each attempt, by its metadata (element-type gint64); each at most once. */
static GHashTable *
read_books (Fixture *fixture, const char *path)
{
  GHashTable *books = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (JsonObject) list = till_test_sandbox_get (fixture->sandbox, path);
  JsonArray *data = till_stripe_json_array (list, "data");

  g_assert_false (till_stripe_json_is_true (list, "has_more"));
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *moved = json_array_get_object_element (data, i);
      const char *attempt = till_stripe_json_string (till_stripe_json_object (moved, "metadata"), "attempt");
      gint64 amount = 0;

      if (g_strcmp0 (till_stripe_json_string (moved, "status"), "succeeded") != 0)
        continue;
      g_assert_true (till_stripe_json_int (moved, "amount", &amount));
      g_assert_nonnull (attempt);
      if (!g_hash_table_insert (books, g_strdup (attempt), g_memdup2 (&amount, sizeof amount)))
        g_error ("%s was carried out twice", attempt);
    }
  return books;
}

static void
compare (Fixture *fixture, const char *intent_kind, const char *end_kind, const char *path)
{
  g_autoptr (GHashTable) books = read_books (fixture, path);
  g_autoptr (GPtrArray) intents = till_test_rows (fixture->journal->ledger, intent_kind, NULL);
  g_autoptr (GPtrArray) ends = till_test_rows (fixture->journal->ledger, end_kind, NULL);
  guint approved = 0;

  g_assert_cmpuint (ends->len, ==, intents->len);
  for (guint i = 0; i < ends->len; i++)
    {
      const TillLedgerEntry *end = g_ptr_array_index (ends, i);
      const gint64 *amount = g_hash_table_lookup (books, end->attempt);
      gboolean taken = g_strcmp0 (till_stripe_json_string (end->body, "status"), "approved") == 0;

      if (taken != (amount != NULL))
        g_error ("%s: the ledger says %s (%s), the gateway %s", end->attempt,
                 till_stripe_json_string (end->body, "status"), till_stripe_json_string (end->body, "code"),
                 amount != NULL ? "moved it" : "did not move it");
      if (taken)
        g_assert_cmpint (json_object_get_int_member (end->body, "amount"), ==, *amount);
      approved += taken ? 1 : 0;
    }
  g_assert_cmpuint (g_hash_table_size (books), ==, approved);
}

static void
assert_standings (Fixture *fixture)
{
  for (guint i = 0; i < SALES; i++)
    {
      g_autofree char *sale = g_strdup_printf ("sale_%u", i);
      g_auto (TillPaymentStanding) standing = till_test_standing (fixture->journal->ledger, sale);

      g_assert_false (standing.open);
      g_assert_cmpint (standing.refunding.minor, ==, 0);
      g_assert_cmpint (standing.refunded.minor, <=, standing.paid.minor);
    }
}

static void
find_everything_out (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  till_test_sandbox_clear_orders (fixture->sandbox);
  till_test_journal_advance (fixture->journal, 10 * IMPATIENT);
  /* What was ordered to come late may come between two questions. */
  for (guint i = 0; i < 20 && till_test_reconcile (fixture->journal->payment, &error) != 0; i++)
    g_assert_no_error (error);
  g_assert_cmpint (till_payment_get_unresolved (fixture->journal->payment), ==, 0);
}

static void
test_torment (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < DEEDS; i++)
    {
      if (g_test_rand_int_range (0, 5) < 3)
        order_fault (fixture);
      act_at_random (fixture);
      if (g_test_rand_int_range (0, 3) == 0)
        till_test_sandbox_clear_orders (fixture->sandbox);
    }
  find_everything_out (fixture);
  compare (fixture, TILL_LEDGER_CHARGE_INTENT, TILL_LEDGER_CHARGE_END, "/v1/payment_intents?limit=100");
  compare (fixture, TILL_LEDGER_REFUND_INTENT, TILL_LEDGER_REFUND_END, "/v1/refunds?limit=100");
  assert_standings (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/payment/torment/first", Fixture, NULL, set_up, test_torment, tear_down);
  g_test_add ("/payment/torment/second", Fixture, NULL, set_up, test_torment, tear_down);
  return g_test_run ();
}
