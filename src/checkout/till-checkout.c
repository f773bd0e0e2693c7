/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "vault/till-pin.h"

#include <string.h>

enum
{
  SIGNAL_STATE,
  SIGNAL_CAMERA,
  SIGNAL_FRAME,
  SIGNAL_SIGHTING,
  SIGNAL_PASS,
  SIGNAL_STAGE,
  SIGNAL_TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillCheckout, till_checkout, G_TYPE_OBJECT)

/*
 * Seconds; long enough to read the page at leisure, short enough not to block the next customer. A charge has an end of
 * its own, after several requests of 20 s each at the worst: its time-out is for a provider that never answers at all.
 */
static const guint default_timeouts[TILL_CHECKOUT_N_STATES] = {
  [TILL_CHECKOUT_CONSENT] = 60,       [TILL_CHECKOUT_DIGITS] = 60,    [TILL_CHECKOUT_CONFIRMING] = 20,
  [TILL_CHECKOUT_PIN] = 60,           [TILL_CHECKOUT_LOCKED] = 45,    [TILL_CHECKOUT_SMILE] = 40,
  [TILL_CHECKOUT_CHARGING] = 180,     [TILL_CHECKOUT_APPROVED] = 30,  [TILL_CHECKOUT_DECLINED] = 45,
  [TILL_CHECKOUT_NOT_CONFIRMED] = 45, [TILL_CHECKOUT_NO_CAMERA] = 45, [TILL_CHECKOUT_DOUBT] = 20,
  [TILL_CHECKOUT_PAID] = 45,
};

static gboolean
on_timeout (gpointer user_data)
{
  TillCheckout *self = user_data;

  self->timer = 0;
  self->deadline_us = 0;
  switch (self->position.state)
    {
    case TILL_CHECKOUT_CONFIRMING:
    case TILL_CHECKOUT_PIN:
      /* The same word as a miss: how long a face was looked for must not tell whose it is. */
      till_checkout_report (self, TILL_CHECKOUT_TIMEOUT, "not-confirmed");
      break;
    case TILL_CHECKOUT_SMILE:
      till_checkout_report (self, TILL_CHECKOUT_TIMEOUT, "no-smile");
      break;
    default:
      till_checkout_report (self, TILL_CHECKOUT_TIMEOUT, "timed-out");
    }
  return G_SOURCE_REMOVE;
}

static void
restart_timer (TillCheckout *self)
{
  guint seconds = self->timeouts[self->position.state];

  g_clear_handle_id (&self->timer, g_source_remove);
  self->deadline_us = 0;
  if (seconds == 0)
    return;
  self->timer = g_timeout_add_seconds (seconds, on_timeout, self);
  self->deadline_us = till_clock_monotonic (self->rooms.clock) + (gint64) seconds * G_USEC_PER_SEC;
}

static void
on_basket_changed (TillBasket *basket, gpointer user_data)
{
  TillCheckout *self = user_data;

  if (!till_checkout_accepts (self, TILL_CHECKOUT_BASKET_CHANGED))
    return;
  if (till_basket_is_empty (basket))
    {
      while (self->position.state != TILL_CHECKOUT_IDLE)
        if (!till_checkout_step (self, TILL_CHECKOUT_CANCEL, "cancelled", NULL))
          return;
      return;
    }
  self->amount = *till_basket_get_total (basket);
  till_checkout_report (self, TILL_CHECKOUT_BASKET_CHANGED, "basket-changed");
  till_checkout_limits_tell (self);
}

static void
let_go_of_basket (TillCheckout *self)
{
  if (self->basket != NULL)
    g_clear_signal_handler (&self->basket_changed, self->basket);
  g_clear_object (&self->basket);
}

static void
forget_sale (TillCheckout *self)
{
  let_go_of_basket (self);
  g_clear_pointer (&self->sale, g_free);
  g_clear_pointer (&self->tender, g_free);
  g_clear_pointer (&self->attempt, g_free);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->customer, till_customer_unref);
  g_clear_pointer (&self->receipt, till_receipt_unref);
  g_clear_pointer (&self->unsent, g_free);
  till_checkout_price_forget (self);
  till_checkout_limits_forget (self);
  self->asking = NULL;
  self->reverse_wanted = self->reversing = FALSE;
  self->money_waits = FALSE;
  self->nothing_sent = FALSE;
  self->ledger_seq = 0;
}

static void
close_sale (TillCheckout *self)
{
  g_autoptr (TillBasket) basket = self->basket != NULL ? g_object_ref (self->basket) : NULL;

  forget_sale (self);
  if (basket != NULL)
    till_basket_reset (basket);
}

/* An effect is the checkout's work, or all its look's. */
static void
run_effects (TillCheckout *self, TillCheckoutEffects effects)
{
  static const struct
  {
    TillCheckoutEffects effect;
    void (*run) (TillCheckout *self);
    void (*look) (TillLooking *looking);
  } table[] = {
    { TILL_EFFECT_END_SESSION, NULL, till_looking_end_session },
    { TILL_EFFECT_CAMERA_OFF, NULL, till_looking_camera_off },
    { TILL_EFFECT_CHARGE, till_checkout_money_charge, NULL },
    { TILL_EFFECT_TRY_RIGHT, NULL, till_looking_end_try_right },
    { TILL_EFFECT_TRY_MISSED, NULL, till_looking_end_try_missed },
    { TILL_EFFECT_TRY_VOID, NULL, till_looking_end_try_void },
    { TILL_EFFECT_VOID_CONSENT, till_checkout_face_void_consent, NULL },
    { TILL_EFFECT_WRITE_CONSENT, till_checkout_face_write_consent, NULL },
    { TILL_EFFECT_CAMERA_ON, NULL, till_looking_camera_on },
    { TILL_EFFECT_READ_CODES, NULL, till_looking_read_codes },
    { TILL_EFFECT_STOP_CODES, NULL, till_looking_stop_codes },
    { TILL_EFFECT_BEGIN_SESSION, till_checkout_face_begin_session, NULL },
    { TILL_EFFECT_CHECK_PASS, NULL, till_looking_check_pass },
    { TILL_EFFECT_BEGIN_TRY, NULL, till_looking_begin_try },
    { TILL_EFFECT_CHECK_PIN, NULL, till_looking_check_pin },
    { TILL_EFFECT_PROMPT_SMILE, till_checkout_face_prompt_smile, NULL },
    { TILL_EFFECT_READ_SPENT, till_checkout_limits_read, NULL },
    { TILL_EFFECT_CONFIRM_PASS, NULL, till_looking_confirm_pass },
    { TILL_EFFECT_QUERY, till_checkout_doubt_query, NULL },
    { TILL_EFFECT_REVERSE, till_checkout_doubt_reverse, NULL },
    { TILL_EFFECT_RECORD_TENDER, till_checkout_money_record_tender, NULL },
    { TILL_EFFECT_WRITE_RECEIPT, till_checkout_money_write_receipt, NULL },
    { TILL_EFFECT_DROP_ATTEMPT, till_checkout_doubt_drop_attempt, NULL },
    { TILL_EFFECT_CLOSE_SALE, close_sale, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (effects & table[i].effect)
      {
        if (table[i].run != NULL)
          table[i].run (self);
        else
          table[i].look (self->looking);
      }
}

/* A PIN is asked for without saying why, and a wait says the same whoever caused it. */
static const char *
reason_to_enter (TillCheckoutState state, const char *reason)
{
  if (state == TILL_CHECKOUT_PIN)
    return NULL;
  return state == TILL_CHECKOUT_LOCKED ? "locked-out" : reason;
}

gboolean
till_checkout_step (TillCheckout *self, TillCheckoutEvent event, const char *reason, GError **error)
{
  TillCheckoutState before = self->position.state;
  TillCheckoutPosition next;
  TillCheckoutEffects effects = 0;

  g_return_val_if_fail (!self->stepping, FALSE);

  if (!till_checkout_table_step (&self->position, event, till_checkout_face_facts (self), &next, &effects))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED, "“%s” is not possible now: the checkout is at “%s”",
                   till_checkout_event_to_string (event), till_checkout_state_to_string (before));
      return FALSE;
    }

  g_autoptr (TillCheckout) alive = g_object_ref (self);
  self->stepping = TRUE;
  self->position = next;
  gboolean news = next.state != before || event == TILL_CHECKOUT_CHARGE_UNKNOWN;
  if (news)
    {
      g_free (self->reason);
      self->reason = g_strdup (reason_to_enter (next.state, reason));
    }
  if (next.state != before || event == TILL_CHECKOUT_TIMEOUT)
    restart_timer (self);
  run_effects (self, effects);
  if (next.state == TILL_CHECKOUT_COUNTER && before != TILL_CHECKOUT_COUNTER
      && before != TILL_CHECKOUT_RECORDING)
    till_checkout_price_counter (self);
  if (before == TILL_CHECKOUT_CONSENT && next.state != before)
    till_looking_set_terms (self->looking, &self->next_terms);
  if (next.state == TILL_CHECKOUT_IDLE && before != TILL_CHECKOUT_IDLE)
    forget_sale (self);
  self->stepping = FALSE;

  if (news || event == TILL_CHECKOUT_REVERSE)
    till_checkout_tell_state (self);
  return TRUE;
}

void
till_checkout_tell_state (TillCheckout *self)
{
  self->told_refusal = till_checkout_get_face_refusal (self);
  g_signal_emit (self, signals[SIGNAL_STATE], 0, (guint) self->position.state);
}

void
till_checkout_report (TillCheckout *self, TillCheckoutEvent event, const char *reason)
{
  g_autoptr (GError) late = NULL;

  if (!till_checkout_step (self, event, reason, &late))
    g_debug ("dropped: %s", late != NULL ? late->message : "a step within a step");
}

void
till_checkout_trouble (TillCheckout *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, error);
}

void
till_checkout_stage (TillCheckout *self, const char *name, gint64 began_us, gint64 ended_us)
{
  if (began_us > 0)
    g_signal_emit (self, signals[SIGNAL_STAGE], 0, name, MAX (ended_us - began_us, 0));
}

/* What people do */

static gboolean
has_goods (TillBasket *basket, GError **error)
{
  g_autoptr (TillPricing) pricing = till_basket_price (basket, 0, error);

  if (pricing == NULL)
    return FALSE;
  if (till_pricing_get_goods (pricing)->minor > 0)
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                       "There is nothing to pay: put goods into the basket first");
  return FALSE;
}

/* FALSE with words that name the rule and what to do, while there is one against paying this by face. */
static gboolean
check_face_allowed (TillCheckout *self, TillCheckoutEvent event, GError **error)
{
  static const struct
  {
    const char *refusal;
    const char *words;
  } table[] = {
    { "face-off", "Paying by face is switched off in this shop: choose another way" },
    { "over-payment-limit", "This is more than the shop takes by face in one payment: choose another way" },
    { "over-till-limit", "With this the till would take more by face today than it may: choose another way" },
    { "nothing-to-pay", "There is nothing left to pay: finish the sale at the counter" },
  };
  const char *refusal = till_checkout_get_face_refusal (self);

  for (gsize i = 0; refusal != NULL && i < G_N_ELEMENTS (table); i++)
    if (till_checkout_table_accepts (self->position.state, event) && g_str_equal (refusal, table[i].refusal))
      {
        g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED, table[i].words);
        return FALSE;
      }
  return TRUE;
}

gboolean
till_checkout_open (TillCheckout *self, TillBasket *basket, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);
  g_return_val_if_fail (TILL_IS_BASKET (basket), FALSE);

  if (!till_checkout_accepts (self, TILL_CHECKOUT_OPEN))
    return till_checkout_step (self, TILL_CHECKOUT_OPEN, NULL, error);
  if (!has_goods (basket, error))
    return FALSE;

  forget_sale (self);
  till_basket_draw_gift (basket);
  self->sale = till_id_new ("sale");
  self->basket = g_object_ref (basket);
  self->basket_changed = g_signal_connect (basket, "changed", G_CALLBACK (on_basket_changed), self);
  self->amount = *till_basket_get_total (basket);
  return till_checkout_step (self, TILL_CHECKOUT_OPEN, NULL, error);
}

gboolean
till_checkout_choose_face (TillCheckout *self, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  return check_face_allowed (self, TILL_CHECKOUT_CHOOSE_FACE, error)
         && till_checkout_step (self, TILL_CHECKOUT_CHOOSE_FACE, NULL, error);
}

gboolean
till_checkout_choose_counter (TillCheckout *self, const char *tender, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  if (!g_str_equal (tender, TILL_TENDER_CASH) && !g_str_equal (tender, TILL_TENDER_CARD))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "“%s” is no way to pay at the counter: use “%s” or “%s”", tender, TILL_TENDER_CASH,
                   TILL_TENDER_CARD);
      return FALSE;
    }

  g_autofree char *before = g_steal_pointer (&self->tender);
  self->tender = g_strdup (tender);
  if (till_checkout_step (self, TILL_CHECKOUT_CHOOSE_COUNTER, NULL, error))
    return TRUE;
  g_free (self->tender);
  self->tender = g_steal_pointer (&before);
  return FALSE;
}

gboolean
till_checkout_agree (TillCheckout *self, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  if (till_checkout_accepts (self, TILL_CHECKOUT_AGREE) && !till_looking_can_consent (self->looking, error))
    return FALSE;
  return check_face_allowed (self, TILL_CHECKOUT_AGREE, error)
         && till_checkout_step (self, TILL_CHECKOUT_AGREE, NULL, error);
}

gboolean
till_checkout_type_digits (TillCheckout *self, const char *digits, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  if (till_checkout_accepts (self, TILL_CHECKOUT_DIGITS_TYPED))
    {
      if (!till_customer_check_suffix (digits, error))
        return FALSE;
      till_looking_set_digits (self->looking, digits);
    }
  return till_checkout_step (self, TILL_CHECKOUT_DIGITS_TYPED, NULL, error);
}

gboolean
till_checkout_type_pin (TillCheckout *self, const char *pin, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  if (till_checkout_accepts (self, TILL_CHECKOUT_PIN_TYPED))
    {
      if (!till_pin_check (pin, error))
        return FALSE;
      till_looking_set_pin (self->looking, pin);
    }
  return till_checkout_step (self, TILL_CHECKOUT_PIN_TYPED, NULL, error);
}

gboolean
till_checkout_cancel (TillCheckout *self, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  return till_checkout_step (self, TILL_CHECKOUT_CANCEL, "cancelled", error);
}

gboolean
till_checkout_take_tender (TillCheckout *self, const TillMoney *given, GError **error)
{
  TillTender tender;

  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  if (till_checkout_accepts (self, TILL_CHECKOUT_TENDER_TAKEN))
    {
      const TillMoney *amount = till_checkout_get_amount (self);
      const TillMoney *handed = given != NULL ? given : amount;
      gboolean cash = g_strcmp0 (self->tender, TILL_TENDER_CASH) == 0;

      if (!cash && till_money_same_currency (handed, amount) && till_money_compare (handed, amount) != 0)
        {
          g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                               "A card pays exactly the amount: nothing is given back");
          return FALSE;
        }
      if (!till_tender_init_cash (&tender, amount, handed, error))
        return FALSE;
      self->given = *handed;
    }
  return till_checkout_step (self, TILL_CHECKOUT_TENDER_TAKEN, NULL, error);
}

gboolean
till_checkout_ask_again (TillCheckout *self, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  return till_checkout_step (self, TILL_CHECKOUT_ASK_AGAIN, NULL, error);
}

gboolean
till_checkout_reverse (TillCheckout *self, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  return till_checkout_step (self, TILL_CHECKOUT_REVERSE, NULL, error);
}

gboolean
till_checkout_set_aside (TillCheckout *self, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  return till_checkout_step (self, TILL_CHECKOUT_SET_ASIDE, "set-aside", error);
}

gboolean
till_checkout_dismiss (TillCheckout *self, GError **error)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  return till_checkout_step (self, TILL_CHECKOUT_DISMISS, NULL, error);
}

/* The object */

TillCheckout *
till_checkout_new (const TillCheckoutRooms *rooms)
{
  TillCheckout *self = g_object_new (TILL_TYPE_CHECKOUT, NULL);

  self->rooms.customers = g_object_ref (rooms->customers);
  self->rooms.lockout = g_object_ref (rooms->lockout);
  self->rooms.payment = g_object_ref (rooms->payment);
  self->rooms.ledger = g_object_ref (rooms->ledger);
  self->rooms.recognizer = g_object_ref (rooms->recognizer);
  self->rooms.mailbox = till_mailbox_ref (rooms->mailbox);
  self->rooms.clock = g_object_ref (rooms->clock);
  if (rooms->passes != NULL)
    self->rooms.passes = g_object_ref (rooms->passes);
  self->looking = till_looking_new (rooms);
  till_checkout_face_connect (self);
  till_checkout_money_connect (self);
  return self;
}

static void
till_checkout_dispose (GObject *object)
{
  TillCheckout *self = TILL_CHECKOUT (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->looking != NULL)
    {
      till_looking_close (self->looking, self->position.look.trying);
      till_checkout_face_disconnect (self);
      till_checkout_money_disconnect (self);
    }
  forget_sale (self);
  self->position = (TillCheckoutPosition){ .state = TILL_CHECKOUT_IDLE };
  g_clear_object (&self->rooms.customers);
  g_clear_object (&self->rooms.lockout);
  g_clear_object (&self->rooms.payment);
  g_clear_object (&self->rooms.ledger);
  g_clear_object (&self->rooms.recognizer);
  g_clear_pointer (&self->rooms.mailbox, till_mailbox_unref);
  g_clear_object (&self->rooms.clock);
  g_clear_object (&self->rooms.passes);
  g_clear_object (&self->looking);
  G_OBJECT_CLASS (till_checkout_parent_class)->dispose (object);
}

static void
till_checkout_finalize (GObject *object)
{
  TillCheckout *self = TILL_CHECKOUT (object);

  g_free (self->next_terms_shop);
  g_free (self->shop_name);
  g_free (self->operating_point);
  g_free (self->reason);
  G_OBJECT_CLASS (till_checkout_parent_class)->finalize (object);
}

static void
till_checkout_class_init (TillCheckoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = till_checkout_dispose;
  object_class->finalize = till_checkout_finalize;

  signals[SIGNAL_STATE] = g_signal_new ("state", TILL_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_CAMERA] = g_signal_new ("camera", TILL_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_FRAME] = g_signal_new ("frame", TILL_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, TILL_TYPE_FRAME);
  signals[SIGNAL_SIGHTING] = g_signal_new ("sighting", TILL_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, TILL_TYPE_SIGHTING);
  signals[SIGNAL_PASS]
      = g_signal_new ("pass", TILL_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_STAGE] = g_signal_new ("stage", TILL_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[SIGNAL_TROUBLE] = g_signal_new ("trouble", TILL_TYPE_CHECKOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
till_checkout_init (TillCheckout *self)
{
  memcpy (self->timeouts, default_timeouts, sizeof self->timeouts);
  self->next_terms = *till_consent_terms_get_default ();
}

void
till_checkout_set_camera_source (TillCheckout *self, TillCameraSource *source)
{
  g_return_if_fail (TILL_IS_CHECKOUT (self));

  till_looking_set_camera_source (self->looking, source);
}

TillCameraSource *
till_checkout_get_camera_source (TillCheckout *self)
{
  return till_looking_get_camera_source (self->looking);
}

void
till_checkout_set_shop_name (TillCheckout *self, const char *name)
{
  g_return_if_fail (TILL_IS_CHECKOUT (self));

  g_free (self->shop_name);
  self->shop_name = g_strdup (name);
}

void
till_checkout_set_policy (TillCheckout *self, const TillCheckoutPolicy *policy)
{
  g_return_if_fail (TILL_IS_CHECKOUT (self));

  self->next_policy = *policy;
  if (self->sale == NULL)
    return;
  if (!self->position.look.consent)
    till_checkout_limits_read (self);
  till_checkout_limits_tell (self);
}

void
till_checkout_set_terms (TillCheckout *self, const TillConsentTerms *terms)
{
  g_return_if_fail (TILL_IS_CHECKOUT (self));

  g_autofree char *before = self->next_terms_shop;

  self->next_terms_shop = g_strdup (terms->shop);
  self->next_terms = *terms;
  self->next_terms.shop = self->next_terms_shop;
  if (self->position.state != TILL_CHECKOUT_CONSENT)
    till_looking_set_terms (self->looking, &self->next_terms);
}

const TillConsentTerms *
till_checkout_get_terms (TillCheckout *self)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), NULL);

  return till_looking_get_terms (self->looking);
}

void
till_checkout_set_operating_point_id (TillCheckout *self, const char *id)
{
  g_return_if_fail (TILL_IS_CHECKOUT (self));

  g_free (self->operating_point);
  self->operating_point = g_strdup (id);
}

void
till_checkout_set_patience (TillCheckout *self, guint looks)
{
  g_return_if_fail (TILL_IS_CHECKOUT (self));

  self->patience = looks;
}

void
till_checkout_set_timeout (TillCheckout *self, TillCheckoutState state, guint seconds)
{
  g_return_if_fail (TILL_IS_CHECKOUT (self));
  g_return_if_fail (state < TILL_CHECKOUT_N_STATES);

  self->timeouts[state] = seconds;
  if (state == self->position.state)
    restart_timer (self);
}

void
till_checkout_extend (TillCheckout *self)
{
  g_return_if_fail (TILL_IS_CHECKOUT (self));

  if (self->deadline_us != 0)
    restart_timer (self);
}

gboolean
till_checkout_accepts (TillCheckout *self, TillCheckoutEvent event)
{
  TillCheckoutPosition next;
  TillCheckoutEffects effects;

  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  return till_checkout_table_step (&self->position, event, till_checkout_face_facts (self), &next, &effects);
}
