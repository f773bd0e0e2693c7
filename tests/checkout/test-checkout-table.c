/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-table.h"

static gboolean
is_confirmed (TillCheckoutFacts facts)
{
  return (facts & TILL_FACT_ALONE) && (facts & TILL_FACT_LIVE) && (facts & TILL_FACT_EYES_OPEN)
         && (facts & TILL_FACT_MATCHED) && (facts & TILL_FACT_DIGITS_RIGHT) && !(facts & TILL_FACT_AGAINST);
}

/* Where the customer stands who agreed and typed digits. */
static TillCheckoutPosition
position_of_try (TillCheckoutState state, gboolean pin_asked)
{
  return (TillCheckoutPosition){
    .state = state,
    .look = { .consent = TRUE,
              .camera = TRUE,
              .prompted = state == TILL_CHECKOUT_SMILE,
              .trying = TRUE,
              .pin = pin_asked },
  };
}

static void
assert_answer (const TillCheckoutPosition *from, TillCheckoutEvent event, TillCheckoutFacts facts)
{
  const gboolean asks
      = from->state == TILL_CHECKOUT_CONFIRMING && !from->look.pin && facts & TILL_FACT_PIN_ALLOWED;
  TillCheckoutPosition to;
  TillCheckoutEffects effects = 0;

  g_assert_true (till_checkout_table_step (from, event, facts, &to, &effects));
  g_assert_cmpint (to.state, ==, asks ? TILL_CHECKOUT_PIN : TILL_CHECKOUT_NOT_CONFIRMED);
  g_assert_cmpint (effects, ==,
                   asks ? 0
                        : TILL_EFFECT_END_SESSION | TILL_EFFECT_CAMERA_OFF | TILL_EFFECT_VOID_CONSENT
                              | TILL_EFFECT_TRY_MISSED);
}

/* Invariant 7: whatever the cause, the same page by the same steps: the PIN's first, where the shop has PINs. */
static void
test_one_answer (void)
{
  const TillCheckoutPosition places[] = {
    position_of_try (TILL_CHECKOUT_CONFIRMING, FALSE),
    position_of_try (TILL_CHECKOUT_CONFIRMING, TRUE),
    position_of_try (TILL_CHECKOUT_SMILE, FALSE),
    position_of_try (TILL_CHECKOUT_SMILE, TRUE),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint facts = 0; facts <= TILL_FACT_ALL; facts++)
      {
        TillCheckoutPosition to;
        TillCheckoutEffects effects = 0;

        assert_answer (&places[i], TILL_CHECKOUT_TIMEOUT, facts);
        if (facts & TILL_FACT_AGAINST)
          {
            assert_answer (&places[i], TILL_CHECKOUT_EVIDENCE, facts);
            continue;
          }
        if (is_confirmed (facts))
          continue;
        g_assert_true (till_checkout_table_step (&places[i], TILL_CHECKOUT_EVIDENCE, facts, &to, &effects));
        g_assert_cmpint (to.state, ==, places[i].state);
        g_assert_cmpint (effects, ==, 0);
      }
}

/* A PIN, right or wrong, leads to the same place by the same steps; so does every match that needs one. */
static void
test_pin_tells_nothing (void)
{
  const TillCheckoutPosition from = position_of_try (TILL_CHECKOUT_PIN, TRUE);
  const TillCheckoutPosition confirming = position_of_try (TILL_CHECKOUT_CONFIRMING, FALSE);

  for (guint facts = 0; facts <= TILL_FACT_ALL; facts++)
    {
      TillCheckoutPosition to;
      TillCheckoutEffects effects = 0;

      g_assert_true (till_checkout_table_step (&from, TILL_CHECKOUT_PIN_TYPED, facts, &to, &effects));
      g_assert_cmpint (to.state, ==, TILL_CHECKOUT_CONFIRMING);
      g_assert_cmpint (effects, ==, TILL_EFFECT_BEGIN_SESSION | TILL_EFFECT_CHECK_PIN);
      g_assert_true (till_checkout_table_step (&from, TILL_CHECKOUT_EVIDENCE, facts, &to, &effects));
      g_assert_cmpint (to.state, ==, TILL_CHECKOUT_PIN);
      if (!is_confirmed (facts) || !(facts & TILL_FACT_PIN_NEEDED) || !(facts & TILL_FACT_HAS_PIN))
        continue;
      g_assert_true (till_checkout_table_step (&confirming, TILL_CHECKOUT_EVIDENCE, facts, &to, &effects));
      g_assert_cmpint (to.state, ==, TILL_CHECKOUT_PIN);
      g_assert_cmpint (effects, ==, 0);
    }
}

/* Where a confirmed customer gets to who needs no PIN, by what is known of the limits. */
static void
test_limits (void)
{
  static const struct
  {
    TillCheckoutFacts known;
    TillCheckoutState confirming, smile;
    TillCheckoutEffects effect;
  } table[] = {
    { 0, TILL_CHECKOUT_CONFIRMING, TILL_CHECKOUT_SMILE, TILL_EFFECT_READ_SPENT },
    { TILL_FACT_WITHIN_LIMITS, TILL_CHECKOUT_CONFIRMING, TILL_CHECKOUT_SMILE, TILL_EFFECT_READ_SPENT },
    { TILL_FACT_SPENT_KNOWN, TILL_CHECKOUT_DECLINED, TILL_CHECKOUT_DECLINED, TILL_EFFECT_TRY_VOID },
    { TILL_FACT_SPENT_KNOWN | TILL_FACT_WITHIN_LIMITS, TILL_CHECKOUT_SMILE, TILL_CHECKOUT_CHARGING, 0 },
  };
  const TillCheckoutPosition confirming = position_of_try (TILL_CHECKOUT_CONFIRMING, FALSE);
  const TillCheckoutPosition smile = position_of_try (TILL_CHECKOUT_SMILE, FALSE);
  const guint facts = TILL_FACTS_FOR_CHARGE & ~(guint) (TILL_FACT_SPENT_KNOWN | TILL_FACT_WITHIN_LIMITS);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      TillCheckoutPosition to;
      TillCheckoutEffects effects = 0;

      g_assert_true (till_checkout_table_step (&confirming, TILL_CHECKOUT_EVIDENCE, facts | table[i].known,
                                               &to, &effects));
      g_assert_cmpint (to.state, ==, table[i].confirming);
      g_assert_cmpint (effects & table[i].effect, ==, table[i].effect);
      g_assert_true (
          till_checkout_table_step (&smile, TILL_CHECKOUT_EVIDENCE, facts | table[i].known, &to, &effects));
      g_assert_cmpint (to.state, ==, table[i].smile);
      g_assert_cmpint (effects & table[i].effect, ==, table[i].effect);
    }
}

/* So much needs a PIN: who has one is asked, who has none is told, and nobody who is not confirmed hears of either. */
static void
test_step_up (void)
{
  const TillCheckoutPosition before = position_of_try (TILL_CHECKOUT_CONFIRMING, FALSE);
  const TillCheckoutPosition after = position_of_try (TILL_CHECKOUT_CONFIRMING, TRUE);
  const guint needs = TILL_FACTS_FOR_CHARGE | TILL_FACT_PIN_NEEDED;
  TillCheckoutPosition to;
  TillCheckoutEffects effects = 0;

  g_assert_true (
      till_checkout_table_step (&before, TILL_CHECKOUT_EVIDENCE, needs | TILL_FACT_HAS_PIN, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_PIN);
  g_assert_true (till_checkout_table_step (&before, TILL_CHECKOUT_EVIDENCE, needs, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_DECLINED);
  g_assert_true (
      till_checkout_table_step (&before, TILL_CHECKOUT_EVIDENCE, needs | TILL_FACT_PIN_RIGHT, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_DECLINED);
  g_assert_true (
      till_checkout_table_step (&after, TILL_CHECKOUT_EVIDENCE, needs | TILL_FACT_HAS_PIN, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_CONFIRMING);
  g_assert_true (till_checkout_table_step (&after, TILL_CHECKOUT_EVIDENCE,
                                           needs | TILL_FACT_HAS_PIN | TILL_FACT_PIN_RIGHT, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_SMILE);
}

/* Whoever showed a pass is charged only if it was asked about at this moment; that it is no longer good is no miss. */
static void
test_pass (void)
{
  TillCheckoutPosition smile = position_of_try (TILL_CHECKOUT_SMILE, FALSE);
  const guint without = TILL_FACTS_FOR_CHARGE & ~(guint) TILL_FACT_PASS_GOOD;
  TillCheckoutPosition to;
  TillCheckoutEffects effects = 0;

  g_assert_true (till_checkout_table_step (&smile, TILL_CHECKOUT_EVIDENCE, without, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_CHARGING);
  smile.look.pass = TRUE;
  g_assert_true (till_checkout_table_step (&smile, TILL_CHECKOUT_EVIDENCE, without, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_SMILE);
  g_assert_cmpint (effects, ==, TILL_EFFECT_CONFIRM_PASS);
  g_assert_true (
      till_checkout_table_step (&smile, TILL_CHECKOUT_EVIDENCE, TILL_FACTS_FOR_CHARGE, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_CHARGING);
  g_assert_true (till_checkout_table_step (&smile, TILL_CHECKOUT_PASS_REFUSED, 0, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_DECLINED);
  g_assert_cmpint (effects, ==,
                   TILL_EFFECT_END_SESSION | TILL_EFFECT_CAMERA_OFF | TILL_EFFECT_VOID_CONSENT
                       | TILL_EFFECT_TRY_VOID);
  g_assert_false (to.look.pass);
}

/* What the shop does not take by face is not offered, nor agreed to. */
static void
test_face_not_allowed (void)
{
  const TillCheckoutPosition places[] = {
    { .state = TILL_CHECKOUT_WAYS },
    { .state = TILL_CHECKOUT_LOCKED },
    { .state = TILL_CHECKOUT_CONSENT },
  };
  const TillCheckoutEvent events[]
      = { TILL_CHECKOUT_CHOOSE_FACE, TILL_CHECKOUT_CHOOSE_FACE, TILL_CHECKOUT_AGREE };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      TillCheckoutPosition to;
      TillCheckoutEffects effects = 0;

      g_assert_false (till_checkout_table_step (&places[i], events[i], 0, &to, &effects));
      g_assert_false (till_checkout_table_step (
          &places[i], events[i], TILL_FACT_ALL & ~(guint) TILL_FACT_FACE_ALLOWED, &to, &effects));
      g_assert_true (till_checkout_table_step (&places[i], events[i], TILL_FACT_FACE_ALLOWED, &to, &effects));
    }
}

/* The till that has to wait asks nobody to be looked at, and says so on the spot. */
static void
test_locked_out (void)
{
  const TillCheckoutPosition places[] = {
    { .state = TILL_CHECKOUT_WAYS },
    { .state = TILL_CHECKOUT_LOCKED },
    { .state = TILL_CHECKOUT_CONSENT },
    { .state = TILL_CHECKOUT_DIGITS, .look = { .consent = TRUE, .camera = TRUE } },
  };
  const TillCheckoutEvent events[] = { TILL_CHECKOUT_CHOOSE_FACE, TILL_CHECKOUT_CHOOSE_FACE,
                                       TILL_CHECKOUT_AGREE, TILL_CHECKOUT_DIGITS_TYPED };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      TillCheckoutPosition to;
      TillCheckoutEffects effects = 0;

      g_assert_true (till_checkout_table_step (&places[i], events[i],
                                               TILL_FACT_FACE_ALLOWED | TILL_FACT_LOCKED_OUT, &to, &effects));
      g_assert_cmpint (to.state, ==, TILL_CHECKOUT_LOCKED);
      g_assert_false (to.look.camera || to.look.consent || to.look.trying);
      g_assert_true (till_checkout_table_step (&places[i], events[i], TILL_FACT_FACE_ALLOWED, &to, &effects));
      g_assert_cmpint (to.state, !=, TILL_CHECKOUT_LOCKED);
    }
}

/* A smile that was there before it was asked for is none. */
static void
test_unprompted_smile (void)
{
  TillCheckoutPosition from = position_of_try (TILL_CHECKOUT_SMILE, FALSE);
  TillCheckoutPosition to;
  TillCheckoutEffects effects = 0;

  from.look.prompted = FALSE;
  g_assert_true (
      till_checkout_table_step (&from, TILL_CHECKOUT_EVIDENCE, TILL_FACTS_FOR_CHARGE, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_SMILE);
  g_assert_cmpint (effects, ==, 0);
}

/* … and one that was made without consent pays nothing. */
static void
test_smile_without_consent (void)
{
  TillCheckoutPosition from = position_of_try (TILL_CHECKOUT_SMILE, FALSE);
  TillCheckoutPosition to;
  TillCheckoutEffects effects = 0;

  from.look.consent = FALSE;
  g_assert_true (
      till_checkout_table_step (&from, TILL_CHECKOUT_EVIDENCE, TILL_FACTS_FOR_CHARGE, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_CHECKOUT_SMILE);
  g_assert_cmpint (effects, ==, 0);
}

/* What may happen where, written down a second time: a way out that is taken away is noticed, and a new one too. */
static void
test_offers (void)
{
#define AFTER "choose-counter cancel basket-changed dismiss timeout"
  static const char *const offers[TILL_CHECKOUT_N_STATES] = {
    [TILL_CHECKOUT_IDLE] = "open basket-changed",
    [TILL_CHECKOUT_WAYS] = "choose-face choose-counter cancel basket-changed timeout",
    [TILL_CHECKOUT_CONSENT] = "choose-counter agree cancel basket-changed timeout",
    [TILL_CHECKOUT_DIGITS]
    = "cancel digits-typed pass-shown pass-accepted pass-refused evidence consent-failed camera-failed "
      "recognition-failed basket-changed timeout",
    [TILL_CHECKOUT_CONFIRMING]
    = "cancel evidence consent-failed camera-failed recognition-failed basket-changed timeout",
    [TILL_CHECKOUT_PIN]
    = "cancel pin-typed evidence consent-failed camera-failed recognition-failed basket-changed timeout",
    [TILL_CHECKOUT_SMILE]
    = "cancel pass-refused evidence consent-failed camera-failed recognition-failed basket-changed timeout",
    [TILL_CHECKOUT_CHARGING] = "charge-approved charge-declined charge-unknown timeout",
    [TILL_CHECKOUT_APPROVED] = "dismiss timeout",
    [TILL_CHECKOUT_DECLINED] = AFTER,
    [TILL_CHECKOUT_NOT_CONFIRMED] = AFTER,
    [TILL_CHECKOUT_LOCKED] = "choose-face " AFTER,
    [TILL_CHECKOUT_NO_CAMERA] = AFTER,
    [TILL_CHECKOUT_DOUBT] = "choose-counter cancel charge-approved charge-declined charge-unknown ask-again "
                            "reverse set-aside timeout",
    [TILL_CHECKOUT_COUNTER] = "choose-counter cancel tender-taken basket-changed timeout",
    [TILL_CHECKOUT_RECORDING] = "tender-recorded tender-failed timeout",
    [TILL_CHECKOUT_PAID] = "dismiss timeout",
  };

  for (guint state = 0; state < TILL_CHECKOUT_N_STATES; state++)
    {
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint event = 0; event < TILL_CHECKOUT_N_EVENTS; event++)
        if (till_checkout_table_accepts (state, event))
          g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "",
                                  till_checkout_event_to_string (event));
      g_assert_cmpstr (found->str, ==, offers[state]);
    }
#undef AFTER
}

static void
test_names (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint state = 0; state < TILL_CHECKOUT_N_STATES; state++)
    g_assert_true (g_hash_table_add (names, (char *) till_checkout_state_to_string (state)));
  g_hash_table_remove_all (names);
  for (guint event = 0; event < TILL_CHECKOUT_N_EVENTS; event++)
    g_assert_true (g_hash_table_add (names, (char *) till_checkout_event_to_string (event)));
  g_assert_cmpstr (till_checkout_state_to_string (TILL_CHECKOUT_PAID), ==, "paid");
  g_assert_cmpstr (till_checkout_event_to_string (TILL_CHECKOUT_TIMEOUT), ==, "timeout");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkout/table/one-answer", test_one_answer);
  g_test_add_func ("/checkout/table/pin-tells-nothing", test_pin_tells_nothing);
  g_test_add_func ("/checkout/table/limits", test_limits);
  g_test_add_func ("/checkout/table/step-up", test_step_up);
  g_test_add_func ("/checkout/table/pass", test_pass);
  g_test_add_func ("/checkout/table/face-not-allowed", test_face_not_allowed);
  g_test_add_func ("/checkout/table/locked-out", test_locked_out);
  g_test_add_func ("/checkout/table/unprompted-smile", test_unprompted_smile);
  g_test_add_func ("/checkout/table/smile-without-consent", test_smile_without_consent);
  g_test_add_func ("/checkout/table/offers", test_offers);
  g_test_add_func ("/checkout/table/names", test_names);
  return g_test_run ();
}
