/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "till-test-wait.h"

#include "base/till-id.h"

/* Far more than any test takes on the slowest machine. */
#define WATCHDOG_SECONDS 280

static gboolean
on_watchdog (gpointer user_data)
{
  g_error ("a callback that should have come did not");
  return G_SOURCE_REMOVE;
}

void
till_test_keep (GObject *source, GAsyncResult *result, gpointer kept)
{
  *(GAsyncResult **) kept = g_object_ref (result);
}

GAsyncResult *
till_test_wait (GAsyncResult **kept)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, on_watchdog, NULL);

  while (*kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  return g_steal_pointer (kept);
}

void
till_test_wait_for (const gboolean *done)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, on_watchdog, NULL);

  while (!*done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

TillChargeResult *
till_test_charge (TillProvider *provider, TillChargeRequest *request)
{
  GAsyncResult *kept = NULL;

  till_provider_charge_async (provider, request, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_provider_charge_finish (provider, result);
}

TillChargeResult *
till_test_query (TillProvider *provider, TillChargeRequest *request)
{
  GAsyncResult *kept = NULL;

  till_provider_query_async (provider, request, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_provider_query_finish (provider, result);
}

TillChargeResult *
till_test_refund (TillProvider *provider, const char *reference, gint64 cents, const char *key)
{
  GAsyncResult *kept = NULL;
  TillMoney amount = till_test_euro (cents);

  g_autofree char *attempt = g_strconcat ("refund_of_", key, NULL);
  g_autoptr (TillRefundRequest) request
      = till_refund_request_new (attempt, "sale_of_it", key, reference, &amount);

  till_provider_refund_async (provider, request, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_provider_refund_finish (provider, result);
}

char *
till_test_register (TillProvider *provider, const char *token, GError **error)
{
  GAsyncResult *kept = NULL;

  till_provider_register_payer_async (provider, token, "customer of a test", NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_provider_register_payer_finish (provider, result, error);
}

TillPaymentOutcome *
till_test_pay (TillPayment *payment,
               const char *sale,
               const char *payer,
               gint64 cents,
               GCancellable *cancellable,
               GError **error)
{
  GAsyncResult *kept = NULL;
  TillMoney amount = till_test_euro (cents);

  till_payment_charge_async (payment, sale, payer, &amount, NULL, cancellable, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_payment_charge_finish (payment, result, error);
}

int
till_test_reconcile (TillPayment *payment, GError **error)
{
  GAsyncResult *kept = NULL;

  till_payment_reconcile_async (payment, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_payment_reconcile_finish (payment, result, error);
}

TillPaymentOutcome *
till_test_give_back (TillPayment *payment, const char *attempt, gint64 cents, GError **error)
{
  GAsyncResult *kept = NULL;
  TillMoney amount = till_test_euro (cents);
  JsonObject *extra = json_object_new ();

  json_object_set_string_member (extra, "reason", "brought back");
  till_payment_refund_async (payment, attempt, &amount, extra, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_payment_refund_finish (payment, result, error);
}

TillPaymentOutcome *
till_test_ask (TillPayment *payment, const char *attempt, GError **error)
{
  GAsyncResult *kept = NULL;

  till_payment_ask_async (payment, attempt, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_payment_ask_finish (payment, result, error);
}

TillPaymentOutcome *
till_test_reverse (TillPayment *payment, const char *attempt, GError **error)
{
  GAsyncResult *kept = NULL;

  till_payment_reverse_async (payment, attempt, NULL, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_payment_reverse_finish (payment, result, error);
}

TillLedgerEntry *
till_test_hand_back (TillPayment *payment, const char *sale, gint64 cents, GError **error)
{
  TillMoney amount = till_test_euro (cents);
  GAsyncResult *kept = NULL;

  till_payment_refund_counter_async (payment, sale, "cash", &amount, NULL, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_payment_refund_counter_finish (payment, result, error);
}

TillLedgerEntry *
till_test_take (TillPayment *payment, const char *sale, gint64 cents, GError **error)
{
  TillMoney amount = till_test_euro (cents);
  GAsyncResult *kept = NULL;

  till_payment_counter_async (payment, sale, "cash", &amount, &amount, NULL, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_payment_counter_finish (payment, result, error);
}

TillLedgerEntry *
till_test_settle (
    TillPayment *payment, const char *attempt, gboolean taken, const char *evidence, GError **error)
{
  GAsyncResult *kept = NULL;

  till_payment_settle_async (payment, attempt, taken, evidence, "manager_1", NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_payment_settle_finish (payment, result, error);
}

GPtrArray *
till_test_unresolved (TillPayment *payment)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_payment_list_unresolved_async (payment, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  GPtrArray *list = till_payment_list_unresolved_finish (payment, result, &error);
  g_assert_no_error (error);
  return list;
}

TillPaymentStanding
till_test_standing (TillLedger *ledger, const char *sale)
{
  g_autoptr (GPtrArray) rows = till_test_rows (ledger, NULL, sale);
  g_autoptr (GError) error = NULL;
  TillPaymentStanding standing;

  till_payment_standing_read (&standing, sale, rows, &error);
  g_assert_no_error (error);
  return standing;
}

GPtrArray *
till_test_rows (TillLedger *ledger, const char *kind, const char *sale)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_ledger_list_async (ledger, kind, sale, NULL, 0, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  GPtrArray *rows = till_ledger_list_finish (ledger, result, &error);
  g_assert_no_error (error);
  return rows;
}

TillMoney
till_test_euro (gint64 cents)
{
  TillMoney money = { 0 };
  g_autoptr (GError) error = NULL;

  till_money_init (&money, cents, "EUR", &error);
  g_assert_no_error (error);
  return money;
}

TillChargeRequest *
till_test_request (const char *payer, gint64 cents)
{
  g_autofree char *attempt = till_id_new ("attempt");
  g_autofree char *sale = till_id_new ("sale");
  g_autofree char *key = till_id_new ("key");
  TillMoney amount = till_test_euro (cents);

  return till_charge_request_new (attempt, sale, key, payer, &amount);
}
