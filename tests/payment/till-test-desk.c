/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "till-test-desk.h"

#include "base/till-error.h"
#include "payment/till-stripe-json.h"

void
till_test_desk_set_up (TillTestDesk *desk, gconstpointer data)
{
  desk->gateway = till_test_gateway_start (FALSE);
  desk->provider = till_test_gateway_connect (desk->gateway, TIMEOUT);
  desk->journal = till_test_journal_open (desk->provider);
  desk->payment = desk->journal->payment;
}

void
till_test_desk_tear_down (TillTestDesk *desk, gconstpointer data)
{
  till_test_journal_verify (desk->journal);
  till_test_journal_close (desk->journal);
  g_assert_finalize_object (desk->provider);
  till_test_gateway_stop (desk->gateway);
}

TillPaymentOutcome *
till_test_desk_charge (TillTestDesk *desk, const char *sale, TillChargeStatus status)
{
  g_autoptr (GError) error = NULL;
  TillPaymentOutcome *outcome = till_test_pay (desk->payment, sale, PAYER, 1250, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (outcome->result->status, ==, status);
  return outcome;
}

void
till_test_desk_assert_outcome (const TillPaymentOutcome *outcome,
                               const GError *error,
                               TillChargeStatus status,
                               const char *code)
{
  g_assert_no_error (error);
  g_assert_cmpint (outcome->result->status, ==, status);
  g_assert_cmpstr (outcome->result->code, ==, code);
}

char *
till_test_desk_give_back (
    TillTestDesk *desk, const char *attempt, gint64 cents, TillChargeStatus status, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_test_give_back (desk->payment, attempt, cents, &error);

  till_test_desk_assert_outcome (outcome, error, status, code);
  return g_strdup (outcome->attempt);
}

void
till_test_desk_assert_refused (TillTestDesk *desk, const char *attempt, gint64 cents, int code)
{
  guint count = till_test_gateway_count (desk->gateway);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_test_give_back (desk->payment, attempt, cents, &error);

  g_assert_null (outcome);
  g_assert_error (error, TILL_ERROR, code);
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, count);
}

void
till_test_desk_reconcile (TillTestDesk *desk, int unknown)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (till_test_reconcile (desk->payment, &error), ==, unknown);
  g_assert_no_error (error);
  g_assert_cmpint (till_payment_get_unresolved (desk->payment), ==, unknown);
}

void
till_test_desk_assert_standing (
    TillTestDesk *desk, const char *sale, gint64 paid, gint64 refunded, gint64 refunding, gboolean open)
{
  g_auto (TillPaymentStanding) standing = till_test_standing (desk->journal->ledger, sale);

  g_assert_cmpint (standing.paid.minor, ==, paid);
  g_assert_cmpint (standing.refunded.minor, ==, refunded);
  g_assert_cmpint (standing.refunding.minor, ==, refunding);
  g_assert_cmpint (standing.open, ==, open);
}

void
till_test_desk_assert_end (TillTestDesk *desk, const char *kind, const char *status, const char *code)
{
  g_autoptr (TillLedgerEntry) end = till_test_journal_only (desk->journal, kind, "sale_1");

  g_assert_cmpstr (till_stripe_json_string (end->body, "status"), ==, status);
  g_assert_cmpstr (till_stripe_json_string (end->body, "code"), ==, code);
}

void
till_test_desk_assert_field (TillTestDesk *desk, guint index, const char *name, const char *value)
{
  g_autofree char *field = till_test_gateway_get_field (desk->gateway, index, name);

  g_assert_cmpstr (field, ==, value);
}
