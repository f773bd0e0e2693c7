/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-locked-page.h"
#include "gtk/till-words.h"

static void
assert_words (const char *words, const char *what, int value)
{
  if (words == NULL || *words == '\0')
    g_error ("no words for %s %d", what, value);
}

static void
test_hints (void)
{
  g_assert_cmpstr (till_words_for_hint (TILL_HINT_NONE), ==, "");
  for (int hint = TILL_HINT_NO_FACE; hint <= TILL_HINT_EYES; hint++)
    assert_words (till_words_for_hint ((TillHint) hint), "hint", hint);
  for (int hint = TILL_ENROLMENT_HINT_NONE; hint <= TILL_ENROLMENT_HINT_TURN; hint++)
    assert_words (till_words_for_enrolment_hint ((TillEnrolmentHint) hint), "enrolment hint", hint);
  for (int smile = TILL_SMILE_IDLE; smile <= TILL_SMILE_MADE; smile++)
    for (guint made = 0; made < 2; made++)
      assert_words (till_words_for_smile ((TillSmileState) smile, made), "smile", smile);
  /* Who is to relax first must not read of smiling yet, and the second smile is asked for in other words. */
  g_assert_cmpstr (till_words_for_smile (TILL_SMILE_IDLE, 0), ==, till_words_for_smile (TILL_SMILE_RELAX, 0));
  g_assert_cmpstr (till_words_for_smile (TILL_SMILE_RELAX, 0), !=,
                   till_words_for_smile (TILL_SMILE_WANTED, 0));
  g_assert_cmpstr (till_words_for_smile (TILL_SMILE_RELAX, 1), !=,
                   till_words_for_smile (TILL_SMILE_RELAX, 0));
}

static void
test_states (void)
{
  for (int state = TILL_CHECKOUT_WAYS; state < TILL_CHECKOUT_N_STATES; state++)
    assert_words (till_words_for_cashier ((TillCheckoutState) state), "state", state);
}

static void
test_endings (void)
{
  const TillCheckoutState endings[]
      = { TILL_CHECKOUT_DECLINED, TILL_CHECKOUT_NOT_CONFIRMED, TILL_CHECKOUT_NO_CAMERA, TILL_CHECKOUT_DOUBT };
  const char *const reasons[] = { NULL,
                                  "",
                                  "timed-out",
                                  "not-confirmed",
                                  "no-smile",
                                  "no-camera",
                                  "camera-ended",
                                  "recognition",
                                  "consent-not-written",
                                  "unreachable",
                                  "insufficient_funds",
                                  "a code nobody has heard of" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      assert_words (till_words_for_ending (endings[i]), "ending", (int) endings[i]);
      for (gsize j = 0; j < G_N_ELEMENTS (reasons); j++)
        assert_words (till_words_for_reason (endings[i], reasons[j]), "reason of ending", (int) endings[i]);
    }
}

/* From outside, an unknown face and wrong digits are one and the same answer, and nobody is told of time-outs apart. */
static void
test_same_answer (void)
{
  g_assert_cmpstr (till_words_for_reason (TILL_CHECKOUT_NOT_CONFIRMED, "not-confirmed"), ==,
                   till_words_for_reason (TILL_CHECKOUT_NOT_CONFIRMED, "timed-out"));
}

/* Nobody is asked for more than they read of before they agreed. */
static void
test_policy (void)
{
  const TillMoney little = { .minor = 9999, .currency = "EUR" };
  const TillMoney much = { .minor = 10000, .currency = "EUR" };
  const TillCheckoutPolicy none = { 0 };
  const TillCheckoutPolicy smiles = { .second_smile_minor = 10000 };
  const TillCheckoutPolicy both = { .second_smile_minor = 10000, .pin = TRUE };

  g_assert_cmpstr (till_words_for_policy (&none, &much), ==, "");
  g_assert_cmpstr (till_words_for_policy (&smiles, &little), ==, "");
  g_assert_nonnull (strstr (till_words_for_policy (&smiles, &much), "two smiles"));
  g_assert_null (strstr (till_words_for_policy (&smiles, &much), "PIN"));
  g_assert_nonnull (strstr (till_words_for_policy (&both, &little), "PIN"));
  g_assert_null (strstr (till_words_for_policy (&both, &little), "two smiles"));
  g_assert_nonnull (strstr (till_words_for_policy (&both, &much), "PIN"));
  g_assert_nonnull (strstr (till_words_for_policy (&both, &much), "two smiles"));
}

/* A rule that can't be read beforehand is none: each limit is told, and each refusal in its own words. */
static void
test_limits (void)
{
  const TillCheckoutPolicy none = { 0 };
  const TillCheckoutPolicy all = { .most_per_payment = { 5000, "EUR" },
                                   .most_per_customer_day = { 6000, "EUR" },
                                   .most_per_till_day = { 70000, "EUR" },
                                   .pin_from = { 2000, "EUR" } };
  const TillMoney below = { 1999, "EUR" };
  const TillMoney from = { 2000, "EUR" };
  g_autofree char *nothing = till_words_for_limits (&none);
  g_autofree char *limits = till_words_for_limits (&all);

  g_assert_cmpstr (nothing, ==, "");
  g_assert_nonnull (strstr (limits, "50.00"));
  g_assert_nonnull (strstr (limits, "60.00"));
  g_assert_nonnull (strstr (limits, "700.00"));
  g_assert_nonnull (strstr (limits, "20.00"));
  g_assert_null (strstr (till_words_for_policy (&all, &below), "PIN"));
  g_assert_nonnull (strstr (till_words_for_policy (&all, &from), "PIN"));
}

static void
test_refusals (void)
{
  const TillCheckoutPolicy all
      = { .most_per_payment = { 5000, "EUR" }, .most_per_till_day = { 70000, "EUR" } };
  const char *const refusals[] = { "face-off", "over-payment-limit", "over-till-limit", "nothing-to-pay" };
  const char *const reasons[]
      = { "customer-limit", "over-payment-limit", "over-till-limit", "pin-needed", "reversed" };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    for (gsize j = 0; j < i; j++)
      {
        g_autofree char *one = till_words_for_refusal (refusals[i], &all);
        g_autofree char *other = till_words_for_refusal (refusals[j], &all);

        g_assert_cmpstr (one, !=, other);
        g_assert_cmpstr (till_words_for_refusal_in_short (refusals[i]), !=,
                         till_words_for_refusal_in_short (refusals[j]));
      }
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    g_assert_cmpstr (till_words_for_reason (TILL_CHECKOUT_DECLINED, reasons[i]), !=,
                     till_words_for_reason (TILL_CHECKOUT_DECLINED, "a code nobody has heard of"));
  g_assert_cmpstr (till_words_for_reason (TILL_CHECKOUT_NOT_CONFIRMED, "spent-unknown"), !=,
                   till_words_for_reason (TILL_CHECKOUT_NOT_CONFIRMED, "not-confirmed"));
}

/* A wait that is not over never says 0:00. */
static void
test_time_left (void)
{
  const struct
  {
    gint64 left_us;
    const char *words;
  } table[] = { { -5, "0:00" },       { 0, "0:00" },        { 1, "0:01" },
                { 29999999, "0:30" }, { 60000000, "1:00" }, { 3661000000, "61:01" } };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = till_locked_page_format_left (table[i].left_us);

      g_assert_cmpstr (words, ==, table[i].words);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/hints", test_hints);
  g_test_add_func ("/words/states", test_states);
  g_test_add_func ("/words/endings", test_endings);
  g_test_add_func ("/words/same-answer", test_same_answer);
  g_test_add_func ("/words/policy", test_policy);
  g_test_add_func ("/words/limits", test_limits);
  g_test_add_func ("/words/refusals", test_refusals);
  g_test_add_func ("/words/time-left", test_time_left);
  return g_test_run ();
}
