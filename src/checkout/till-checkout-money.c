/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

#include "base/till-error.h"

GTask *
till_checkout_call_for_sale (TillCheckout *self)
{
  GTask *call = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (call, g_strdup (self->sale), g_free);
  return call;
}

gboolean
till_checkout_call_is_late (GTask *call)
{
  TillCheckout *self = g_task_get_source_object (call);

  return self->sale == NULL || g_strcmp0 (g_task_get_task_data (call), self->sale) != 0;
}

/* Charging a face */

static void
note_result (TillCheckout *self, const TillPaymentOutcome *outcome)
{
  const TillChargeResult *result = outcome->result;

  self->ledger_seq = outcome->ledger_seq;
  g_free (self->reference);
  self->reference = g_strdup (result->reference);
  self->nothing_sent = result->status == TILL_CHARGE_UNKNOWN && !result->sent;
  if (result->status != TILL_CHARGE_UNKNOWN)
    self->reverse_wanted = self->reversing = FALSE;
}

void
till_checkout_money_report (TillCheckout *self, const TillPaymentOutcome *outcome)
{
  static const TillCheckoutEvent events[] = {
    [TILL_CHARGE_APPROVED] = TILL_CHECKOUT_CHARGE_APPROVED,
    [TILL_CHARGE_DECLINED] = TILL_CHECKOUT_CHARGE_DECLINED,
    [TILL_CHARGE_UNKNOWN] = TILL_CHECKOUT_CHARGE_UNKNOWN,
  };

  note_result (self, outcome);
  till_checkout_report (self, events[outcome->result->status], outcome->result->code);
}

void
till_checkout_money_tell_late (TillCheckout *self,
                               GTask *call,
                               const TillPaymentOutcome *outcome,
                               const GError *failure)
{
  const char *sale = g_task_get_task_data (call);
  g_autoptr (GError) news = g_error_new (
      TILL_ERROR, TILL_ERROR_FAILED, "%s, which was set aside, ended as %s", sale,
      outcome != NULL ? till_charge_status_to_string (outcome->result->status) : failure->message);

  till_checkout_trouble (self, news);
}

static void
on_charged (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome
      = till_payment_charge_finish (TILL_PAYMENT (source), async_result, &error);

  if (till_checkout_call_is_late (call))
    {
      till_checkout_money_tell_late (self, call, outcome, error);
      return;
    }
  if (outcome == NULL)
    {
      till_checkout_trouble (self, error);
      till_checkout_report (self, TILL_CHECKOUT_CHARGE_DECLINED, "not-sent");
      return;
    }

  g_free (self->attempt);
  self->attempt = g_strdup (outcome->attempt);
  till_checkout_stage (self, "ledger", self->answered_us, till_clock_monotonic (self->rooms.clock));
  till_checkout_money_report (self, outcome);
  till_checkout_doubt_go_on (self);
}

/* What the row of the intent says beside the money: whom, why, and what is written down if it is approved. */
static JsonObject *
describe_charge (TillCheckout *self)
{
  JsonObject *extra = json_object_new ();

  json_object_set_string_member (extra, "tender", TILL_TENDER_FACE);
  json_object_set_string_member (extra, "customer", till_customer_get_id (self->customer));
  json_object_set_string_member (extra, "consent", till_looking_get_consent (self->looking));
  if (self->by_pass)
    json_object_set_string_member (extra, "pass", till_looking_get_pass (self->looking));
  json_object_set_object_member (extra, "evidence", till_checkout_evidence_to_json (self));
  json_object_set_array_member (extra, "discounts", till_pricing_discounts_to_json (self->charged));
  if (self->draft != NULL)
    json_object_set_object_member (extra, "receipt", till_receipt_to_json (self->draft));
  return extra;
}

static void
note_charge (TillCheckout *self)
{
  g_autoptr (GError) error = NULL;

  /* What an earlier attempt of this sale came to says nothing about this one. */
  g_clear_pointer (&self->attempt, g_free);
  g_clear_pointer (&self->reference, g_free);
  self->nothing_sent = FALSE;
  self->reverse_wanted = self->reversing = FALSE;
  g_clear_pointer (&self->customer, till_customer_unref);
  self->customer = till_customer_ref (till_looking_get_match (self->looking));
  self->by_pass = till_looking_get_pass (self->looking) != NULL;
  /* The very one that was found within the consent, whatever anybody does to the basket from here on. */
  g_clear_pointer (&self->charged, till_pricing_unref);
  self->charged = g_steal_pointer (&self->pricing);
  self->priced = FALSE;
  g_clear_pointer (&self->draft, till_receipt_unref);
  self->draft = till_checkout_price_draft (self, &error);
  if (self->draft == NULL)
    till_checkout_trouble (self, error);
}

void
till_checkout_money_charge (TillCheckout *self)
{
  note_charge (self);
  JsonObject *extra = describe_charge (self);
  till_looking_drop_evidence (self->looking);

  self->charge_us = till_clock_monotonic (self->rooms.clock);
  self->sent_us = self->answered_us = 0;
  till_payment_charge_async (self->rooms.payment, self->sale, till_customer_get_payer (self->customer),
                             till_pricing_get_total (self->charged), extra, NULL, on_charged,
                             till_checkout_call_for_sale (self));
}

static void
on_payment_step (TillPayment *payment, const char *step, gpointer user_data)
{
  TillCheckout *self = user_data;
  gint64 now = till_clock_monotonic (self->rooms.clock);

  if (self->position.state != TILL_CHECKOUT_CHARGING)
    return;
  if (g_str_equal (step, "sent"))
    {
      self->sent_us = now;
      till_checkout_stage (self, "charge-sent", self->charge_us, now);
    }
  else if (g_str_equal (step, "answered"))
    {
      self->answered_us = now;
      till_checkout_stage (self, "answer", self->sent_us, now);
    }
}

void
till_checkout_money_connect (TillCheckout *self)
{
  g_signal_connect (self->rooms.payment, "step", G_CALLBACK (on_payment_step), self);
}

void
till_checkout_money_disconnect (TillCheckout *self)
{
  g_signal_handlers_disconnect_by_data (self->rooms.payment, self);
}

/* Cash and cards */

static void
on_tender_recorded (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry
      = till_payment_counter_finish (TILL_PAYMENT (source), async_result, &error);

  if (till_checkout_call_is_late (call))
    return;
  if (entry == NULL)
    {
      till_checkout_trouble (self, error);
      till_checkout_report (self, TILL_CHECKOUT_TENDER_FAILED, "tender-not-written");
      return;
    }
  self->ledger_seq = entry->seq;
  till_checkout_report (self, TILL_CHECKOUT_TENDER_RECORDED, NULL);
}

static TillReceipt *
draft_of_counter (TillCheckout *self, GError **error)
{
  gboolean cash = g_strcmp0 (self->tender, TILL_TENDER_CASH) == 0;
  TillTender tender;

  const TillMoney *amount = till_checkout_get_amount (self);

  if (!(cash ? till_tender_init_cash (&tender, amount, &self->given, error)
             : till_tender_init_exact (&tender, self->tender, amount, NULL, NULL, error)))
    return NULL;
  return till_receipt_new_priced (self->shop_name, "draft", till_clock_utc (self->rooms.clock), self->counter,
                                  &tender, error);
}

/* The tender's row tells of the goods, too: whatever happens after it, the receipt can be written. */
static JsonObject *
describe_tender (TillCheckout *self)
{
  JsonObject *extra = json_object_new ();
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->draft, till_receipt_unref);
  self->draft = draft_of_counter (self, &error);
  if (self->draft != NULL)
    json_object_set_object_member (extra, "receipt", till_receipt_to_json (self->draft));
  else
    till_checkout_trouble (self, error);
  return extra;
}

void
till_checkout_money_send_tender (TillCheckout *self)
{
  till_payment_counter_async (self->rooms.payment, self->sale, self->tender, till_checkout_get_amount (self),
                              &self->given, describe_tender (self), NULL, on_tender_recorded,
                              till_checkout_call_for_sale (self));
}

void
till_checkout_money_record_tender (TillCheckout *self)
{
  if (self->unsent == NULL)
    {
      till_checkout_money_send_tender (self);
      return;
    }
  self->money_waits = TRUE;
  till_checkout_doubt_drop (self);
}

/* Receipt */

static void
on_visit_noted (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (TillCheckout) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!till_customers_visit_finish (TILL_CUSTOMERS (source), async_result, &error))
    till_checkout_trouble (self, error);
}

/* An enrolment goes so long after the last visit; of who carries a pass nothing is kept that could go. */
static void
note_visit (TillCheckout *self)
{
  if (!self->by_pass)
    till_customers_visit_async (self->rooms.customers, till_customer_get_id (self->customer), NULL,
                                on_visit_noted, g_object_ref (self));
}

static void
on_receipt_written (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), async_result, &error);

  if (entry == NULL)
    till_checkout_trouble (self, error);
}

void
till_checkout_money_write_receipt (TillCheckout *self)
{
  g_autofree char *number = g_strdup_printf ("%06" G_GINT64_FORMAT, self->ledger_seq);
  /* What was tried by face before is no part of a payment at the counter. */
  gboolean face = self->position.state == TILL_CHECKOUT_APPROVED;
  g_autoptr (GError) error = NULL;

  if (face)
    note_visit (self);
  if (self->draft != NULL)
    self->receipt = till_receipt_new_final (self->draft, number, till_clock_utc (self->rooms.clock),
                                            face ? self->reference : NULL, NULL, &error);
  else
    error = g_error_new_literal (TILL_ERROR, TILL_ERROR_FAILED, "what was paid has no receipt");
  if (self->receipt == NULL)
    {
      till_checkout_trouble (self, error);
      return;
    }

  g_autoptr (TillLedgerEntry) entry = till_ledger_entry_new (
      TILL_LEDGER_RECEIPT, self->sale, face ? self->attempt : NULL, till_receipt_to_json (self->receipt));
  till_ledger_append_async (self->rooms.ledger, entry, NULL, on_receipt_written,
                            till_checkout_call_for_sale (self));
}
