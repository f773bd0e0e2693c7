/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-application-private.h"

#include "base/till-error.h"
#include "gtk/till-action-table.h"
#include "gtk/till-custody-actions.h"
#include "gtk/till-customers-actions.h"
#include "gtk/till-day-actions.h"
#include "gtk/till-discount-text.h"
#include "gtk/till-history-actions.h"
#include "gtk/till-pass-actions.h"
#include "gtk/till-presence-actions.h"
#include "vault/till-pin.h"

#include <string.h>

static TillCheckout *
checkout_of (TillApplication *self)
{
  return till_shop_get_checkout (self->shop);
}

static TillBasket *
basket_of (TillApplication *self)
{
  return till_shop_get_basket (self->shop);
}

/* When */

static gboolean
is_idle (TillApplication *self)
{
  return till_checkout_get_state (checkout_of (self)) == TILL_CHECKOUT_IDLE && self->sitting == NULL;
}

static gboolean
is_free (TillApplication *self)
{
  return is_idle (self) && self->data == NULL;
}

static gboolean
has_goods (TillApplication *self)
{
  return is_idle (self) && !till_basket_is_empty (basket_of (self));
}

static gboolean
can_undo (TillApplication *self)
{
  return is_idle (self) && till_basket_can_undo (basket_of (self));
}

static gboolean
can_take_faces (TillApplication *self)
{
  return till_shop_get_face_trouble (self->shop) == NULL && self->data == NULL;
}

static gboolean
can_charge (TillApplication *self)
{
  return has_goods (self) && self->data == NULL;
}

static gboolean
can_show_privacy (TillApplication *self)
{
  TillCheckoutState state = till_checkout_get_state (checkout_of (self));

  return !self->privacy && self->sitting == NULL && self->data == NULL
         && (state == TILL_CHECKOUT_IDLE || state == TILL_CHECKOUT_WAYS || state == TILL_CHECKOUT_CONSENT);
}

static gboolean
shows_privacy (TillApplication *self)
{
  return self->privacy;
}

static gboolean
takes_cash (TillApplication *self)
{
  return till_checkout_get_state (checkout_of (self)) == TILL_CHECKOUT_COUNTER
         && g_strcmp0 (till_checkout_get_tender (checkout_of (self)), TILL_TENDER_CASH) == 0;
}

static gboolean
pays_by_pin (TillApplication *self)
{
  return till_checkout_accepts (checkout_of (self), TILL_CHECKOUT_PIN_TYPED);
}

static gboolean
sits_at (TillApplication *self, TillSittingState state)
{
  return self->sitting != NULL && till_sitting_get_state (self->sitting) == state;
}

static gboolean
types_pin (TillApplication *self)
{
  return pays_by_pin (self) || sits_at (self, TILL_SITTING_PIN) || till_presence_actions_types_pin (self);
}

static gboolean
types_something (TillApplication *self)
{
  return types_pin (self) || till_presence_actions_types_digits (self)
         || till_checkout_accepts (checkout_of (self), TILL_CHECKOUT_DIGITS_TYPED);
}

static gboolean
has_typed_pin (TillApplication *self)
{
  return types_pin (self) && till_digits_get_length (self->pin) >= TILL_PIN_LEAST_DIGITS;
}

static gboolean
has_deadline (TillApplication *self)
{
  if (self->data != NULL)
    return till_data_case_get_deadline_us (self->data) != 0;
  return till_checkout_get_deadline_us (checkout_of (self)) != 0;
}

static gboolean
can_enrol (TillApplication *self)
{
  return is_free (self) && can_take_faces (self);
}

static gboolean
sits_at_consent (TillApplication *self)
{
  return sits_at (self, TILL_SITTING_CONSENT) && till_sitting_is_decided (self->sitting);
}

static gboolean
sits_at_details (TillApplication *self)
{
  return sits_at (self, TILL_SITTING_DETAILS)
         || (sits_at (self, TILL_SITTING_FAILED) && till_sitting_has_templates (self->sitting));
}

static gboolean
may_do_without_pin (TillApplication *self)
{
  return sits_at (self, TILL_SITTING_PIN) && !till_sitting_needs_pin (self->sitting);
}

static gboolean
sits_at_look_alike (TillApplication *self)
{
  return sits_at (self, TILL_SITTING_LOOK_ALIKE);
}

static gboolean
can_look_again (TillApplication *self)
{
  return sits_at (self, TILL_SITTING_DETAILS) || sits_at (self, TILL_SITTING_FAILED);
}

static gboolean
sits (TillApplication *self)
{
  return self->sitting != NULL && !sits_at (self, TILL_SITTING_SAVING) && !sits_at (self, TILL_SITTING_PASS);
}

/* The basket */

static gboolean
add_article (TillApplication *self, TillArticle *article, const char *what, GError **error)
{
  if (article != NULL)
    return till_basket_add (basket_of (self), article, 1, error);
  g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "“%s” is not in the catalogue", what);
  return FALSE;
}

static gboolean
act_add_article (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *id = g_variant_get_string (parameter, NULL);

  return add_article (self, till_catalogue_find_id (till_shop_get_catalogue (self->shop), id), id, error);
}

static gboolean
act_add_barcode (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *barcode = g_variant_get_string (parameter, NULL);

  return add_article (self, till_catalogue_find_barcode (till_shop_get_catalogue (self->shop), barcode),
                      barcode, error);
}

static gboolean
act_set_quantity (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *id;
  guint32 quantity;

  g_variant_get (parameter, "(&su)", &id, &quantity);
  return till_basket_set_quantity (basket_of (self), id, quantity, error);
}

static gboolean
act_remove_line (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_basket_remove (basket_of (self), g_variant_get_string (parameter, NULL), error);
}

static gboolean
act_undo (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_basket_undo (basket_of (self));
}

static gboolean
act_clear_basket (TillApplication *self, GVariant *parameter, GError **error)
{
  till_basket_clear (basket_of (self));
  return TRUE;
}

static gboolean
act_discount_line (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *article;
  const char *text;
  TillMoney amount;
  int rate;

  g_variant_get (parameter, "(&s&s)", &article, &text);
  return till_discount_text_parse (text, till_shop_get_currency (self->shop), &rate, &amount, error)
         && till_basket_discount_line (basket_of (self), article, rate, &amount, error);
}

static gboolean
act_discount (TillApplication *self, GVariant *parameter, GError **error)
{
  TillMoney amount;
  int rate;

  return till_discount_text_parse (g_variant_get_string (parameter, NULL),
                                   till_shop_get_currency (self->shop), &rate, &amount, error)
         && till_basket_discount (basket_of (self), rate, &amount, error);
}

/* The checkout */

static gboolean
act_charge (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_checkout_open (checkout_of (self), basket_of (self), error);
}

static gboolean
act_pay_face (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_checkout_choose_face (checkout_of (self), error);
}

static gboolean
act_pay_cash (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_set_cash (self, NULL);
  return till_checkout_choose_counter (checkout_of (self), TILL_TENDER_CASH, error);
}

static gboolean
act_pay_card (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_set_cash (self, NULL);
  return till_checkout_choose_counter (checkout_of (self), TILL_TENDER_CARD, error);
}

static gboolean
act_agree (TillApplication *self, GVariant *parameter, GError **error)
{
  till_digits_clear (self->digits);
  return till_checkout_agree (checkout_of (self), error);
}

static gboolean
act_cancel (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_checkout_cancel (checkout_of (self), error);
}

static gboolean
type_digits (TillApplication *self, const char *digits, GError **error)
{
  for (const char *digit = digits; *digit != '\0'; digit++)
    if (!till_digits_append (self->digits, *digit))
      {
        till_digits_clear (self->digits);
        g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "Type %u digits",
                     till_digits_get_capacity (self->digits));
        return FALSE;
      }
  if (!till_digits_is_full (self->digits))
    return TRUE;

  const char *text = till_digits_get_text (self->digits);
  gboolean typed = till_presence_actions_types_digits (self)
                       ? till_presence_type_digits (till_data_case_get_presence (self->data), text, error)
                       : till_checkout_type_digits (checkout_of (self), text, error);
  till_digits_clear (self->digits);
  return typed;
}

static gboolean
give_pin (TillApplication *self, const char *pin, GError **error)
{
  if (pays_by_pin (self))
    return till_checkout_type_pin (checkout_of (self), pin, error);
  if (till_presence_actions_types_pin (self))
    return till_presence_type_pin (till_data_case_get_presence (self->data), pin, error);
  till_sitting_choose_pin (self->sitting, pin);
  return TRUE;
}

/* Whoever chooses a PIN types it twice, since nobody can read what they typed. */
static gboolean
enter_pin (TillApplication *self, GError **error)
{
  g_autofree char *typed = g_strdup (till_digits_get_text (self->pin));
  gboolean first = sits_at (self, TILL_SITTING_PIN) && !till_application_wants_pin_again (self);
  gboolean same = g_str_equal (typed, till_digits_get_text (self->first_pin));
  gboolean done = TRUE;

  till_digits_clear (self->pin);
  till_digits_clear (self->first_pin);
  if (first)
    for (const char *digit = typed; *digit != '\0'; digit++)
      till_digits_append (self->first_pin, *digit);
  else if (pays_by_pin (self) || till_presence_actions_types_pin (self) || same)
    done = give_pin (self, typed, error);
  else
    till_sitting_refuse_pin (self->sitting);
  explicit_bzero (typed, strlen (typed));
  g_signal_emit_by_name (self, "pin");
  return done;
}

static gboolean
act_pin (TillApplication *self, GVariant *parameter, GError **error)
{
  return give_pin (self, g_variant_get_string (parameter, NULL), error);
}

static gboolean
act_enter_pin (TillApplication *self, GVariant *parameter, GError **error)
{
  return enter_pin (self, error);
}

static gboolean
act_digit (TillApplication *self, GVariant *parameter, GError **error)
{
  if (types_pin (self))
    {
      for (const char *digit = g_variant_get_string (parameter, NULL); *digit != '\0'; digit++)
        till_digits_append (self->pin, *digit);
      return TRUE;
    }
  return type_digits (self, g_variant_get_string (parameter, NULL), error);
}

static gboolean
act_digits (TillApplication *self, GVariant *parameter, GError **error)
{
  till_digits_clear (self->digits);
  return type_digits (self, g_variant_get_string (parameter, NULL), error);
}

static gboolean
act_erase_digit (TillApplication *self, GVariant *parameter, GError **error)
{
  till_digits_erase (types_pin (self) ? self->pin : self->digits);
  return TRUE;
}

static gboolean
act_give_cash (TillApplication *self, GVariant *parameter, GError **error)
{
  TillMoney cash;

  if (!till_money_parse (&cash, g_variant_get_string (parameter, NULL), till_shop_get_currency (self->shop),
                         error))
    return FALSE;
  till_application_set_cash (self, &cash);
  return TRUE;
}

static gboolean
act_give_exact (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_set_cash (self, NULL);
  return TRUE;
}

static gboolean
act_take_tender (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_checkout_take_tender (checkout_of (self), self->cash_given ? &self->cash : NULL, error);
}

static gboolean
act_ask_again (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_checkout_ask_again (checkout_of (self), error);
}

static gboolean
is_not_reversing (TillApplication *self)
{
  return !till_checkout_is_reversing (checkout_of (self));
}

static gboolean
act_reverse (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_checkout_reverse (checkout_of (self), error);
}

static gboolean
act_set_aside (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_checkout_set_aside (checkout_of (self), error);
}

static gboolean
act_dismiss (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_checkout_dismiss (checkout_of (self), error);
}

static gboolean
act_more_time (TillApplication *self, GVariant *parameter, GError **error)
{
  if (self->data != NULL)
    till_data_case_extend (self->data);
  else
    till_checkout_extend (checkout_of (self));
  return TRUE;
}

static gboolean
act_show_privacy (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_set_privacy (self, TRUE);
  return TRUE;
}

static gboolean
act_hide_privacy (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_set_privacy (self, FALSE);
  return TRUE;
}

/* Customers */

static gboolean
act_enrol (TillApplication *self, GVariant *parameter, GError **error)
{
  g_autoptr (TillSitting) sitting
      = till_sitting_new (self->shop, till_checkout_get_camera_source (checkout_of (self)));

  till_application_set_privacy (self, FALSE);
  till_application_set_sitting (self, sitting);
  return TRUE;
}

static gboolean
act_enrol_agree (TillApplication *self, GVariant *parameter, GError **error)
{
  till_sitting_agree (self->sitting);
  return TRUE;
}

static gboolean
act_enrol_look_again (TillApplication *self, GVariant *parameter, GError **error)
{
  till_sitting_look_again (self->sitting);
  return TRUE;
}

static gboolean
act_enrol_save (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *name;
  const char *suffix;
  const char *payer;

  g_variant_get (parameter, "(&s&s&s)", &name, &suffix, &payer);
  till_sitting_save (self->sitting, name, suffix, payer);
  return TRUE;
}

static gboolean
act_enrol_no_pin (TillApplication *self, GVariant *parameter, GError **error)
{
  till_sitting_choose_pin (self->sitting, NULL);
  return TRUE;
}

static gboolean
act_enrol_confirm (TillApplication *self, GVariant *parameter, GError **error)
{
  till_sitting_confirm_look_alike (self->sitting, g_variant_get_string (parameter, NULL));
  return TRUE;
}

static gboolean
act_enrol_end (TillApplication *self, GVariant *parameter, GError **error)
{
  till_sitting_cancel (self->sitting);
  till_application_set_sitting (self, NULL);
  return TRUE;
}

static const TillActionRow rows[] = {
  { "add-article", "s", act_add_article, -1, is_idle },
  { "add-barcode", "s", act_add_barcode, -1, is_idle },
  { "set-quantity", "(su)", act_set_quantity, -1, is_idle },
  { "remove-line", "s", act_remove_line, -1, is_idle },
  { "undo", NULL, act_undo, -1, can_undo },
  { "clear-basket", NULL, act_clear_basket, -1, has_goods },
  { "discount-line", "(ss)", act_discount_line, -1, has_goods },
  { "discount", "s", act_discount, -1, has_goods },
  { "charge", NULL, act_charge, TILL_CHECKOUT_OPEN, can_charge },
  { "pay-face", NULL, act_pay_face, TILL_CHECKOUT_CHOOSE_FACE, can_take_faces },
  { "pay-cash", NULL, act_pay_cash, TILL_CHECKOUT_CHOOSE_COUNTER, NULL },
  { "pay-card", NULL, act_pay_card, TILL_CHECKOUT_CHOOSE_COUNTER, NULL },
  { "agree", NULL, act_agree, TILL_CHECKOUT_AGREE, NULL },
  { "cancel", NULL, act_cancel, TILL_CHECKOUT_CANCEL, NULL },
  { "digit", "s", act_digit, -1, types_something },
  { "digits", "s", act_digits, TILL_CHECKOUT_DIGITS_TYPED, NULL },
  { "erase-digit", NULL, act_erase_digit, -1, types_something },
  { "pin", "s", act_pin, -1, types_pin },
  { "enter-pin", NULL, act_enter_pin, -1, has_typed_pin },
  { "give-cash", "s", act_give_cash, TILL_CHECKOUT_TENDER_TAKEN, takes_cash },
  { "give-exact", NULL, act_give_exact, TILL_CHECKOUT_TENDER_TAKEN, takes_cash },
  { "take-tender", NULL, act_take_tender, TILL_CHECKOUT_TENDER_TAKEN, NULL },
  { "ask-again", NULL, act_ask_again, TILL_CHECKOUT_ASK_AGAIN, NULL },
  { "reverse", NULL, act_reverse, TILL_CHECKOUT_REVERSE, is_not_reversing },
  { "set-aside", NULL, act_set_aside, TILL_CHECKOUT_SET_ASIDE, NULL },
  { "dismiss", NULL, act_dismiss, TILL_CHECKOUT_DISMISS, NULL },
  { "more-time", NULL, act_more_time, -1, has_deadline },
  { "show-privacy", NULL, act_show_privacy, -1, can_show_privacy },
  { "hide-privacy", NULL, act_hide_privacy, -1, shows_privacy },
  { "enrol", NULL, act_enrol, -1, can_enrol },
  { "enrol-agree", NULL, act_enrol_agree, -1, sits_at_consent },
  { "enrol-look-again", NULL, act_enrol_look_again, -1, can_look_again },
  { "enrol-save", "(sss)", act_enrol_save, -1, sits_at_details },
  { "enrol-no-pin", NULL, act_enrol_no_pin, -1, may_do_without_pin },
  { "enrol-confirm", "s", act_enrol_confirm, -1, sits_at_look_alike },
  { "enrol-end", NULL, act_enrol_end, -1, sits },
};

static void
on_change_tester (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  g_simple_action_set_state (action, value);
  till_application_set_shows_tester (user_data, g_variant_get_boolean (value));
}

static void
add_tester_action (TillApplication *self)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (
      "tester-view", NULL, g_variant_new_boolean (till_application_shows_tester (self)));

  g_signal_connect (action, "change-state", G_CALLBACK (on_change_tester), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (user_data);
}

void
till_application_add_actions (TillApplication *self)
{
  g_autoptr (GSimpleAction) quit = g_simple_action_new ("quit", NULL);

  g_signal_connect (quit, "activate", G_CALLBACK (on_quit), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (quit));
  if (till_application_is_tester (self))
    add_tester_action (self);
  till_action_table_add (self, rows, G_N_ELEMENTS (rows));
  till_history_actions_add (self);
  till_day_actions_add (self);
  till_custody_actions_add (self);
  till_customers_actions_add (self);
  till_pass_actions_add (self);
  till_presence_actions_add (self);
  till_application_add_readings (self);
}

void
till_application_update_actions (TillApplication *self)
{
  till_action_table_update (self, rows, G_N_ELEMENTS (rows));
  till_history_actions_update (self);
  till_day_actions_update (self);
  till_custody_actions_update (self);
  till_customers_actions_update (self);
  till_pass_actions_update (self);
  till_presence_actions_update (self);
  till_application_update_readings (self);
}
