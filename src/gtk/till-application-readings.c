/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-application-private.h"

#include "gtk/till-action-table.h"

static TillCheckout *
checkout_of (TillApplication *self)
{
  return till_shop_get_checkout (self->shop);
}

static const char *
phase_to_string (TillPhase phase)
{
  static const char *const names[] = { "opening", "enrolling", "open", "failed" };

  return names[phase];
}

static GVariant *
sale_state (TillApplication *self)
{
  if (self->phase != TILL_PHASE_OPEN)
    return g_variant_new_string (phase_to_string (self->phase));
  return g_variant_new_string (till_checkout_state_to_string (till_checkout_get_state (checkout_of (self))));
}

static GVariant *
sale_reason (TillApplication *self)
{
  const char *reason = self->phase == TILL_PHASE_OPEN ? till_checkout_get_reason (checkout_of (self)) : NULL;

  if (reason == NULL && self->error != NULL)
    reason = self->error->message;
  return g_variant_new_string (reason != NULL ? reason : "");
}

static GVariant *
basket_total (TillApplication *self)
{
  g_autofree char *total
      = self->shop != NULL && till_shop_get_basket (self->shop) != NULL
            ? till_money_to_decimal (till_basket_get_total (till_shop_get_basket (self->shop)))
            : NULL;

  return g_variant_new_string (total != NULL ? total : "");
}

gboolean
till_application_is_camera_on (TillApplication *self)
{
  if (self->sitting != NULL && till_sitting_get_state (self->sitting) == TILL_SITTING_LOOKING)
    return TRUE;
  if (self->data != NULL && till_presence_is_camera_on (till_data_case_get_presence (self->data)))
    return TRUE;
  return self->phase == TILL_PHASE_OPEN && till_checkout_is_camera_on (checkout_of (self));
}

static GVariant *
camera_is_on (TillApplication *self)
{
  return g_variant_new_boolean (till_application_is_camera_on (self));
}

static GVariant *
smile_cue (TillApplication *self)
{
  return g_variant_new_string (self->smile_cue != NULL ? self->smile_cue : "");
}

static GVariant *
ledger_row (TillApplication *self)
{
  return g_variant_new_int64 (
      self->phase == TILL_PHASE_OPEN ? till_checkout_get_ledger_seq (checkout_of (self)) : 0);
}

static GVariant *
receipt_text (TillApplication *self)
{
  TillReceipt *receipt
      = self->phase == TILL_PHASE_OPEN ? till_checkout_get_receipt (checkout_of (self)) : NULL;
  g_autofree char *text = receipt != NULL ? till_receipt_to_text (receipt) : NULL;

  return g_variant_new_string (text != NULL ? text : "");
}

static GVariant *
sitting_state (TillApplication *self)
{
  static const char *const names[]
      = { "consent", "looking", "details", "pin", "saving", "look-alike", "done", "failed", "pass" };

  return g_variant_new_string (self->sitting != NULL ? names[till_sitting_get_state (self->sitting)] : "");
}

static const TillReadingRow readings[] = {
  { "state", sale_state },        { "reason", sale_reason },    { "total", basket_total },
  { "camera", camera_is_on },     { "ledger-row", ledger_row }, { "receipt", receipt_text },
  { "enrolment", sitting_state }, { "smile", smile_cue },
};

void
till_application_add_readings (TillApplication *self)
{
  till_action_table_add_readings (self, readings, G_N_ELEMENTS (readings));
}

void
till_application_update_readings (TillApplication *self)
{
  till_action_table_update_readings (self, readings, G_N_ELEMENTS (readings));
}
