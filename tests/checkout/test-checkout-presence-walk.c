/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everywhere the table of a proof of presence can be, and what must be so on each way there. */
#include "checkout/till-look-rules.h"
#include "checkout/till-presence-table.h"

#include <string.h>

#define TRY_ENDS (TILL_EFFECT_TRY_RIGHT | TILL_EFFECT_TRY_MISSED | TILL_EFFECT_TRY_VOID)

/* What an onlooker, who trusts nothing the table remembers, concludes from events and effects alone. */
typedef struct
{
  gboolean agreed; /* the customer agreed, and nothing has voided it */
  gboolean camera; /* switched on and not off again */
  gboolean codes;  /* and looking for codes */
  gboolean pass;   /* a face pass was accepted, and not refused since */
  gboolean tries;  /* somebody has typed digits and has had no answer */
  gboolean asked;  /* they were asked for a PIN */
  gboolean typed;  /* and typed one, which was looked at */
} Onlooker;

typedef struct
{
  TillPresencePosition position;
  Onlooker onlooker;
} Node;

static gboolean
is_seen (const Node *node, const Node *other)
{
  return memcmp (node, other, sizeof *node) == 0;
}

static void
add (GArray *nodes, const Node *node)
{
  for (guint i = 0; i < nodes->len; i++)
    if (is_seen (&g_array_index (nodes, Node, i), node))
      return;
  g_array_append_val (nodes, *node);
}

static void
onlooker_see (Onlooker *onlooker, TillCheckoutEvent event, TillCheckoutEffects effects)
{
  if (event == TILL_CHECKOUT_PASS_ACCEPTED)
    onlooker->pass = TRUE;
  if (event == TILL_CHECKOUT_PASS_REFUSED)
    onlooker->pass = FALSE;
  if (effects & TILL_EFFECT_WRITE_CONSENT)
    onlooker->agreed = TRUE;
  if (effects & TILL_EFFECT_VOID_CONSENT)
    onlooker->agreed = onlooker->pass = FALSE;
  if (effects & TILL_EFFECT_CAMERA_ON)
    onlooker->camera = TRUE;
  if (effects & TILL_EFFECT_READ_CODES)
    onlooker->codes = TRUE;
  if (effects & (TILL_EFFECT_STOP_CODES | TILL_EFFECT_CAMERA_OFF))
    onlooker->codes = FALSE;
  if (effects & TILL_EFFECT_CAMERA_OFF)
    onlooker->camera = FALSE;
  if (effects & TILL_EFFECT_BEGIN_TRY)
    onlooker->tries = TRUE;
  if (effects & TILL_EFFECT_CHECK_PIN)
    onlooker->typed = TRUE;
  if (effects & TRY_ENDS)
    onlooker->tries = onlooker->asked = onlooker->typed = FALSE;
}

static gboolean
has_evidence (TillCheckoutFacts facts)
{
  return (facts & TILL_FACT_ALONE) && (facts & TILL_FACT_LIVE) && (facts & TILL_FACT_EYES_OPEN)
         && (facts & TILL_FACT_MATCHED) && (facts & TILL_FACT_DIGITS_RIGHT) && !(facts & TILL_FACT_AGAINST);
}

/* Confirmed is who is here, alive, awake, alone and nobody else; with the PIN and the pass that it takes. */
static void
check_confirmed (const Node *from, TillCheckoutFacts facts, TillCheckoutEffects effects)
{
  g_assert_true (has_evidence (facts));
  g_assert_true (facts & TILL_FACT_CONSENT_WRITTEN);
  g_assert_true (from->onlooker.agreed);
  g_assert_true (from->onlooker.camera);
  g_assert_true (from->onlooker.tries);
  g_assert_true (effects & TILL_EFFECT_TRY_RIGHT);
  if (from->onlooker.pass)
    g_assert_true (facts & TILL_FACT_PASS_GOOD);
  if (!(facts & TILL_FACT_PIN_NEEDED) && !from->onlooker.asked)
    return;
  g_assert_true (facts & TILL_FACT_PIN_RIGHT);
  g_assert_true (from->onlooker.asked && from->onlooker.typed);
}

static gboolean
is_tills_own_trouble (TillCheckoutEvent event)
{
  return event == TILL_CHECKOUT_CONSENT_FAILED || event == TILL_CHECKOUT_CAMERA_FAILED
         || event == TILL_CHECKOUT_RECOGNITION_FAILED || event == TILL_CHECKOUT_PASS_REFUSED;
}

static void
check_try (const Node *from, TillCheckoutEvent event, TillCheckoutFacts facts, TillCheckoutEffects effects)
{
  guint ends = effects & TRY_ENDS;

  if (effects & TILL_EFFECT_BEGIN_TRY)
    g_assert_false (from->onlooker.tries);
  if (effects & (TILL_EFFECT_BEGIN_TRY | TILL_EFFECT_CAMERA_ON))
    g_assert_false (facts & TILL_FACT_LOCKED_OUT);
  if (ends == 0)
    return;
  g_assert_true (from->onlooker.tries);
  g_assert_cmpuint (ends & (ends - 1), ==, 0);
  g_assert_cmpint (ends == TILL_EFFECT_TRY_VOID, ==, is_tills_own_trouble (event));
}

static void
check_pass (const Node *from, TillCheckoutFacts facts, TillCheckoutEffects effects)
{
  if (effects & TILL_EFFECT_CAMERA_ON)
    g_assert_cmpint ((effects & TILL_EFFECT_READ_CODES) != 0, ==, (facts & TILL_FACT_PASS_ALLOWED) != 0);
  if (effects & TILL_EFFECT_CHECK_PASS)
    {
      g_assert_true (facts & TILL_FACT_PASS_ALLOWED);
      g_assert_cmpint (from->position.state, ==, TILL_PRESENCE_DIGITS);
    }
  if (!(effects & TILL_EFFECT_CONFIRM_PASS))
    return;
  g_assert_true (from->onlooker.pass);
  g_assert_true (has_evidence (facts));
  g_assert_false (facts & TILL_FACT_PASS_GOOD);
}

/* A PIN is asked for where it may help whoever it is, or where all else is known of one who has it and needs it. */
static void
check_asking (const Node *from, TillCheckoutFacts facts)
{
  g_assert_false (from->onlooker.asked);
  if (!(facts & TILL_FACT_PIN_ALLOWED))
    g_assert_true (has_evidence (facts) && facts & TILL_FACT_PIN_NEEDED && facts & TILL_FACT_HAS_PIN);
}

/* The camera is on where somebody is looked at, and what the table remembers is what happened. */
static void
check_memory (const Node *to)
{
  const TillLookMemory *look = &to->position.look;
  TillPresenceState state = to->position.state;
  gboolean looks
      = state == TILL_PRESENCE_DIGITS || state == TILL_PRESENCE_LOOKING || state == TILL_PRESENCE_PIN;

  g_assert_cmpint (to->onlooker.camera, ==, looks);
  g_assert_cmpint (to->onlooker.agreed, ==, looks);
  g_assert_cmpint (to->onlooker.tries, ==, looks && state != TILL_PRESENCE_DIGITS);
  g_assert_cmpint (look->camera, ==, to->onlooker.camera);
  g_assert_cmpint (look->codes, ==, to->onlooker.codes);
  g_assert_cmpint (look->consent, ==, to->onlooker.agreed);
  g_assert_cmpint (look->pass, ==, to->onlooker.pass);
  g_assert_cmpint (look->trying, ==, to->onlooker.tries);
  g_assert_cmpint (look->pin, ==, to->onlooker.asked);
  if (to->onlooker.codes)
    g_assert_cmpint (state, ==, TILL_PRESENCE_DIGITS);
}

static void
walk_step (GArray *nodes, const Node *from, TillCheckoutEvent event, TillCheckoutFacts facts)
{
  const guint never = TILL_EFFECT_CHARGE | TILL_EFFECT_PROMPT_SMILE | TILL_EFFECT_RECORD_TENDER
                      | TILL_EFFECT_READ_SPENT | TILL_EFFECT_WRITE_RECEIPT;
  TillCheckoutEffects effects = 0;
  Node to = *from;

  if (!till_presence_table_step (&from->position, event, facts, &to.position, &effects))
    {
      g_assert_true (event != TILL_CHECKOUT_CANCEL || from->position.state == TILL_PRESENCE_ENDED);
      return;
    }
  g_assert_true (till_presence_table_accepts (from->position.state, event));
  g_assert_false (effects & never);
  if (event == TILL_CHECKOUT_CANCEL)
    g_assert_cmpint (to.position.state, ==, TILL_PRESENCE_ENDED);
  if (to.position.state == TILL_PRESENCE_CONFIRMED)
    check_confirmed (from, facts, effects);
  else
    g_assert_false (effects & TILL_EFFECT_TRY_RIGHT);
  if (to.position.state == TILL_PRESENCE_PIN && from->position.state != TILL_PRESENCE_PIN)
    check_asking (from, facts);
  check_try (from, event, facts, effects);
  check_pass (from, facts, effects);
  onlooker_see (&to.onlooker, event, effects);
  to.onlooker.asked |= to.position.state == TILL_PRESENCE_PIN;
  check_memory (&to);
  add (nodes, &to);
}

/* No proof of presence turns on these. */
#define FACTS_OF_MONEY                                                                                       \
  (TILL_FACT_SMILED | TILL_FACT_WITHIN_CONSENT | TILL_FACT_NOTHING_SENT | TILL_FACT_FACE_ALLOWED             \
   | TILL_FACT_SPENT_KNOWN | TILL_FACT_WITHIN_LIMITS)

static GArray *
walk_all (void)
{
  const guint within = TILL_FACT_ALL & ~(guint) FACTS_OF_MONEY;
  GArray *nodes = g_array_new (FALSE, TRUE, sizeof (Node));
  Node start = { 0 };

  add (nodes, &start);
  for (guint i = 0; i < nodes->len; i++)
    {
      const Node from = g_array_index (nodes, Node, i);

      for (guint event = 0; event < TILL_CHECKOUT_N_EVENTS; event++)
        {
          guint facts = 0;

          do
            {
              walk_step (nodes, &from, event, facts);
              facts = (facts - within) & within;
            }
          while (facts != 0);
        }
    }
  return nodes;
}

static void
test_walk (void)
{
  g_autoptr (GArray) nodes = walk_all ();
  gboolean reached[TILL_PRESENCE_N_STATES] = { FALSE };

  for (guint i = 0; i < nodes->len; i++)
    reached[g_array_index (nodes, Node, i).position.state] = TRUE;
  for (guint state = 0; state < TILL_PRESENCE_N_STATES; state++)
    if (!reached[state])
      g_error ("state %s can't be reached", till_presence_state_to_string (state));
  g_test_message ("%u positions", nodes->len);
}

/* Facts of money change nothing, each alone and all together. */
static void
test_not_about_money (void)
{
  g_autoptr (GArray) nodes = walk_all ();

  for (guint i = 0; i < nodes->len; i++)
    for (guint event = 0; event < TILL_CHECKOUT_N_EVENTS; event++)
      for (guint fact = 1; fact <= TILL_FACT_ALL; fact <<= 1)
        {
          const TillPresencePosition *from = &g_array_index (nodes, Node, i).position;
          const guint other = fact & FACTS_OF_MONEY ? fact : FACTS_OF_MONEY;
          const guint facts = TILL_FACTS_FOR_PRESENCE & ~(guint) FACTS_OF_MONEY & ~fact;
          TillPresencePosition to[2] = { *from, *from };
          TillCheckoutEffects effects[2] = { 0, 0 };

          g_assert_cmpint (till_presence_table_step (from, event, facts, &to[0], &effects[0]), ==,
                           till_presence_table_step (from, event, facts | other, &to[1], &effects[1]));
          g_assert_cmpint (to[0].state, ==, to[1].state);
          g_assert_cmpint (effects[0], ==, effects[1]);
        }
}

/* Left alone, it switches the camera off by itself and comes to an end. */
static void
test_silence (void)
{
  g_autoptr (GArray) nodes = walk_all ();

  for (guint i = 0; i < nodes->len; i++)
    for (guint facts = 0; facts <= TILL_FACT_PIN_ALLOWED; facts += TILL_FACT_PIN_ALLOWED)
      {
        TillPresencePosition at = g_array_index (nodes, Node, i).position;
        TillCheckoutEffects effects = 0;
        guint steps = 0;

        while (at.state != TILL_PRESENCE_ENDED && at.state != TILL_PRESENCE_CONFIRMED)
          {
            g_assert_true (till_presence_table_step (&at, TILL_CHECKOUT_TIMEOUT, facts, &at, &effects));
            g_assert_cmpuint (++steps, <, TILL_PRESENCE_N_STATES);
          }
        g_assert_false (at.look.camera);
      }
}

/* Each piece of evidence is needed. */
static void
test_all_needed (void)
{
  const TillPresencePosition looking
      = { .state = TILL_PRESENCE_LOOKING,
          .look = { .consent = TRUE, .camera = TRUE, .trying = TRUE, .pass = TRUE } };
  TillPresencePosition to;
  TillCheckoutEffects effects = 0;

  g_assert_true (
      till_presence_table_step (&looking, TILL_CHECKOUT_EVIDENCE, TILL_FACTS_FOR_PRESENCE, &to, &effects));
  g_assert_cmpint (to.state, ==, TILL_PRESENCE_CONFIRMED);
  for (guint fact = 1; fact <= TILL_FACT_ALL; fact <<= 1)
    if (TILL_FACTS_FOR_PRESENCE & fact)
      {
        g_assert_true (till_presence_table_step (&looking, TILL_CHECKOUT_EVIDENCE,
                                                 TILL_FACTS_FOR_PRESENCE & ~fact, &to, &effects));
        g_assert_cmpint (to.state, ==, TILL_PRESENCE_LOOKING);
      }
}

static void
test_names (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint state = 0; state < TILL_PRESENCE_N_STATES; state++)
    g_assert_true (g_hash_table_add (names, (char *) till_presence_state_to_string (state)));
  g_assert_cmpstr (till_presence_state_to_string (TILL_PRESENCE_ENDED), ==, "ended");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkout/presence-walk/invariants", test_walk);
  g_test_add_func ("/checkout/presence-walk/not-about-money", test_not_about_money);
  g_test_add_func ("/checkout/presence-walk/silence", test_silence);
  g_test_add_func ("/checkout/presence-walk/all-needed", test_all_needed);
  g_test_add_func ("/checkout/presence-walk/names", test_names);
  return g_test_run ();
}
