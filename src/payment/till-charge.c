/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-charge.h"

G_DEFINE_BOXED_TYPE (TillChargeRequest,
                     till_charge_request,
                     till_charge_request_ref,
                     till_charge_request_unref)
G_DEFINE_BOXED_TYPE (TillChargeResult, till_charge_result, till_charge_result_ref, till_charge_result_unref)

const char *
till_charge_status_to_string (TillChargeStatus status)
{
  switch (status)
    {
    case TILL_CHARGE_APPROVED:
      return "approved";
    case TILL_CHARGE_DECLINED:
      return "declined";
    case TILL_CHARGE_UNKNOWN:
      return "unknown";
    }
  g_return_val_if_reached ("unknown");
}

TillChargeRequest *
till_charge_request_new (
    const char *attempt, const char *sale, const char *key, const char *payer, const TillMoney *amount)
{
  TillChargeRequest *self = g_atomic_rc_box_new0 (TillChargeRequest);

  self->attempt = g_strdup (attempt);
  self->sale = g_strdup (sale);
  self->key = g_strdup (key);
  self->payer = g_strdup (payer);
  self->amount = *amount;
  return self;
}

TillChargeRequest *
till_charge_request_ref (TillChargeRequest *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_charge_request_clear (gpointer data)
{
  TillChargeRequest *self = data;

  g_free (self->attempt);
  g_free (self->sale);
  g_free (self->key);
  g_free (self->payer);
}

void
till_charge_request_unref (TillChargeRequest *self)
{
  g_atomic_rc_box_release_full (self, till_charge_request_clear);
}

TillChargeResult *
till_charge_result_new (
    TillChargeStatus status, const char *reference, const char *code, const char *message, gboolean sent)
{
  TillChargeResult *self = g_atomic_rc_box_new0 (TillChargeResult);

  self->status = status;
  self->reference = g_strdup (reference);
  self->code = g_strdup (code);
  self->message = g_strdup (message);
  self->sent = sent;
  return self;
}

TillChargeResult *
till_charge_result_ref (TillChargeResult *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_charge_result_clear (gpointer data)
{
  TillChargeResult *self = data;

  g_free (self->reference);
  g_free (self->code);
  g_free (self->message);
}

void
till_charge_result_unref (TillChargeResult *self)
{
  g_atomic_rc_box_release_full (self, till_charge_result_clear);
}
