/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

#include "base/till-error.h"

/*
 * What is under way for a sale carries that sale's id: an answer that comes after the sale was set aside must not be
 * taken for the next one's. The ledger has it all the same.
 */
static GTask *
call_for_sale (TillCheckout *self)
{
  GTask *call = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (call, g_strdup (self->sale), g_free);
  return call;
}

static gboolean
call_is_late (GTask *call)
{
  TillCheckout *self = g_task_get_source_object (call);

  return self->sale == NULL || g_strcmp0 (g_task_get_task_data (call), self->sale) != 0;
}

/* Charging a face */

static void
note_result (TillCheckout *self, const TillChargeResult *result)
{
  g_free (self->reference);
  self->reference = g_strdup (result->reference);
  self->nothing_sent = result->status == TILL_CHARGE_UNKNOWN && !result->sent;
}

static void
report_result (TillCheckout *self, const TillChargeResult *result)
{
  note_result (self, result);
  switch (result->status)
    {
    case TILL_CHARGE_APPROVED:
      till_checkout_report (self, TILL_CHECKOUT_CHARGE_APPROVED, NULL);
      break;
    case TILL_CHARGE_DECLINED:
      till_checkout_report (self, TILL_CHECKOUT_CHARGE_DECLINED, result->code);
      break;
    case TILL_CHARGE_UNKNOWN:
      till_checkout_report (self, TILL_CHECKOUT_CHARGE_UNKNOWN, result->code);
      break;
    }
}

/* The sale was set aside before its charge ended: the ledger has the end, and the cashier should hear of it. */
static void
tell_late_outcome (TillCheckout *self,
                   const char *sale,
                   const TillPaymentOutcome *outcome,
                   const GError *failure)
{
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

  if (call_is_late (call))
    {
      tell_late_outcome (self, g_task_get_task_data (call), outcome, error);
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
  self->ledger_seq = outcome->ledger_seq;
  till_checkout_stage (self, "ledger", self->answered_us, till_clock_monotonic (self->rooms.clock));
  report_result (self, outcome->result);
}

void
till_checkout_money_charge (TillCheckout *self)
{
  JsonObject *extra = json_object_new ();

  /* What an earlier attempt of this sale came to says nothing about this one. */
  g_clear_pointer (&self->attempt, g_free);
  g_clear_pointer (&self->reference, g_free);
  self->nothing_sent = FALSE;
  g_clear_pointer (&self->customer, till_customer_unref);
  self->customer = till_customer_ref (till_gallery_get_customer (self->candidates, self->sighting->customer));
  json_object_set_string_member (extra, "tender", TILL_TENDER_FACE);
  json_object_set_string_member (extra, "customer", till_customer_get_id (self->customer));
  json_object_set_string_member (extra, "consent", self->consent);
  json_object_set_object_member (extra, "evidence", till_checkout_evidence_to_json (self));
  g_clear_pointer (&self->candidates, till_gallery_unref);
  g_clear_pointer (&self->sighting, till_sighting_unref);

  self->charge_us = till_clock_monotonic (self->rooms.clock);
  self->sent_us = self->answered_us = 0;
  till_payment_charge_async (self->rooms.payment, self->sale, till_customer_get_payer (self->customer),
                             &self->amount, extra, NULL, on_charged, call_for_sale (self));
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

/* Asking how an attempt ended */

static void
stop_asking (TillCheckout *self)
{
  self->asking = FALSE;
  if (self->position.state == TILL_CHECKOUT_DOUBT)
    till_checkout_tell_state (self);
}

static void
on_end_looked_up (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ends = till_ledger_list_finish (TILL_LEDGER (source), async_result, &error);

  stop_asking (self);
  if (call_is_late (call))
    return;
  if (ends == NULL)
    {
      till_checkout_trouble (self, error);
      return;
    }
  if (ends->len == 0 || self->position.state != TILL_CHECKOUT_DOUBT)
    return;

  const TillLedgerEntry *end = g_ptr_array_index (ends, 0);
  if (g_strcmp0 (end->attempt, self->attempt) != 0)
    return;

  const char *status = json_object_get_string_member_with_default (end->body, "status", "");
  gboolean approved = g_str_equal (status, till_charge_status_to_string (TILL_CHARGE_APPROVED));
  g_autoptr (TillChargeResult) result = till_charge_result_new (
      approved ? TILL_CHARGE_APPROVED : TILL_CHARGE_DECLINED,
      json_object_get_string_member_with_default (end->body, "reference", NULL),
      json_object_get_string_member_with_default (end->body, "code", NULL), NULL, TRUE);
  self->ledger_seq = end->seq;
  report_result (self, result);
}

static void
on_reconciled (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;

  if (till_payment_reconcile_finish (TILL_PAYMENT (source), async_result, &error) < 0)
    till_checkout_trouble (self, error);
  if (call_is_late (call) || self->attempt == NULL)
    {
      stop_asking (self);
      return;
    }
  till_ledger_list_async (self->rooms.ledger, TILL_LEDGER_CHARGE_END, NULL, self->attempt, 1, NULL,
                          on_end_looked_up, call_for_sale (self));
}

void
till_checkout_money_query (TillCheckout *self)
{
  if (self->asking)
    return;
  self->asking = TRUE;
  till_payment_reconcile_async (self->rooms.payment, NULL, on_reconciled, call_for_sale (self));
}

static void drop_unsent (TillCheckout *self);
static void send_tender (TillCheckout *self);

static void
on_attempt_dropped (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  gboolean dropped = till_payment_drop_finish (TILL_PAYMENT (source), async_result, &error);

  self->dropping = FALSE;
  if (!dropped)
    till_checkout_trouble (self, error);
  if (call_is_late (call))
    {
      if (self->money_waits)
        drop_unsent (self);
      return;
    }
  if (dropped)
    g_clear_pointer (&self->unsent, g_free);
  if (!self->money_waits)
    return;
  /* Where it could not be dropped the payment room says why, and the next try drops it again. */
  self->money_waits = FALSE;
  send_tender (self);
}

static void
drop_unsent (TillCheckout *self)
{
  if (self->dropping)
    return;
  self->dropping = TRUE;
  till_payment_drop_async (self->rooms.payment, self->unsent, NULL, on_attempt_dropped, call_for_sale (self));
}

void
till_checkout_money_drop_attempt (TillCheckout *self)
{
  g_free (self->unsent);
  self->unsent = g_steal_pointer (&self->attempt);
  self->nothing_sent = FALSE;
  drop_unsent (self);
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

  if (call_is_late (call))
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

static void
send_tender (TillCheckout *self)
{
  till_payment_counter_async (self->rooms.payment, self->sale, self->tender, &self->amount, &self->given,
                              NULL, on_tender_recorded, call_for_sale (self));
}

void
till_checkout_money_record_tender (TillCheckout *self)
{
  if (self->unsent == NULL)
    {
      send_tender (self);
      return;
    }
  self->money_waits = TRUE;
  drop_unsent (self);
}

/* Receipt */

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

static gboolean
fill_tender (TillCheckout *self, TillTender *tender, GError **error)
{
  if (self->position.state == TILL_CHECKOUT_APPROVED)
    return till_tender_init_exact (tender, TILL_TENDER_FACE, &self->amount, self->reference, NULL, error);
  if (g_strcmp0 (self->tender, TILL_TENDER_CASH) == 0)
    return till_tender_init_cash (tender, &self->amount, &self->given, error);
  return till_tender_init_exact (tender, self->tender, &self->amount, NULL, NULL, error);
}

void
till_checkout_money_write_receipt (TillCheckout *self)
{
  g_autofree char *number = g_strdup_printf ("%06" G_GINT64_FORMAT, self->ledger_seq);
  g_autoptr (GError) error = NULL;
  TillTender tender;

  if (fill_tender (self, &tender, &error))
    self->receipt = till_receipt_new (self->shop_name, number, till_clock_utc (self->rooms.clock),
                                      self->basket, &tender, &error);
  if (self->receipt == NULL)
    {
      till_checkout_trouble (self, error);
      return;
    }

  g_autoptr (TillLedgerEntry) entry = till_ledger_entry_new (TILL_LEDGER_RECEIPT, self->sale, self->attempt,
                                                             till_receipt_to_json (self->receipt));
  till_ledger_append_async (self->rooms.ledger, entry, NULL, on_receipt_written, call_for_sale (self));
}
