/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-table.h"

#include <string.h>

#define TRY_ENDS (TILL_EFFECT_TRY_RIGHT | TILL_EFFECT_TRY_MISSED | TILL_EFFECT_TRY_VOID)

/* What an onlooker, who trusts nothing the table remembers, concludes from events and effects alone. */
typedef struct
{
  gboolean agreed;   /* the customer agreed, and nothing has voided it */
  gboolean camera;   /* switched on and not off again */
  gboolean prompted; /* a smile was asked for since the camera went on */
  gboolean owed;     /* a charge or tender was started whose end is not known */
  gboolean taken;    /* money of this sale has certainly moved */
  gboolean tries;    /* somebody has typed digits and has had no answer */
  gboolean asked;    /* they were asked for a PIN */
  gboolean typed;    /* and typed one, which was looked at */
  gboolean codes;    /* the camera looks for codes */
  gboolean pass;     /* a face pass was accepted, and not refused since */
} Onlooker;

typedef struct
{
  TillCheckoutPosition position;
  Onlooker onlooker;
} Node;

typedef struct
{
  GArray *nodes; /* of Node, in the order they were reached */
  GHashTable *seen;
  guint64 steps;
  guint64 listed;
  GHashTable *pairs; /* (state, event) that were listed and reached */
} Walk;

/* The facts that an event may turn on; that the others change nothing is tested too. Evidence turns on all of them. */
static TillCheckoutFacts
facts_of_event (TillCheckoutEvent event)
{
  switch (event)
    {
    case TILL_CHECKOUT_EVIDENCE:
      return TILL_FACT_ALL;
    case TILL_CHECKOUT_AGREE:
      return TILL_FACT_LOCKED_OUT | TILL_FACT_FACE_ALLOWED | TILL_FACT_PASS_ALLOWED;
    case TILL_CHECKOUT_PASS_SHOWN:
      return TILL_FACT_PASS_ALLOWED;
    case TILL_CHECKOUT_CHOOSE_FACE:
    case TILL_CHECKOUT_DIGITS_TYPED:
      return TILL_FACT_LOCKED_OUT | TILL_FACT_FACE_ALLOWED;
    case TILL_CHECKOUT_CHOOSE_COUNTER:
    case TILL_CHECKOUT_CANCEL:
      return TILL_FACT_NOTHING_SENT;
    case TILL_CHECKOUT_TIMEOUT:
      return TILL_FACT_PIN_ALLOWED;
    default:
      return 0;
    }
}

/* The next combination of @facts, in @within; 0 after the last. */
static guint
next_facts (guint facts, guint within)
{
  return (facts - within) & within;
}

/* All of a node in the bits of a pointer. */
static gpointer
node_key (const Node *node)
{
  const TillCheckoutPosition *position = &node->position;
  const Onlooker *onlooker = &node->onlooker;
  const gboolean flags[]
      = { position->look.consent,  position->look.camera, position->look.codes, position->look.pass,
          position->look.prompted, position->look.trying, position->look.pin,   onlooker->agreed,
          onlooker->camera,        onlooker->prompted,    onlooker->owed,       onlooker->taken,
          onlooker->tries,         onlooker->asked,       onlooker->typed,      onlooker->codes,
          onlooker->pass };
  gsize key = (gsize) position->state * 4 + (gsize) position->charge + 1;

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    key = key * 2 + (flags[i] ? 1 : 0);
  return GSIZE_TO_POINTER (key);
}

static void
walk_add (Walk *walk, const Node *node)
{
  if (g_hash_table_add (walk->seen, node_key (node)))
    g_array_append_val (walk->nodes, *node);
}

static void
onlooker_see_effects (Onlooker *onlooker, TillCheckoutEffects effects)
{
  if (effects & TILL_EFFECT_VOID_CONSENT)
    onlooker->agreed = onlooker->pass = FALSE;
  if (effects & TILL_EFFECT_CAMERA_OFF)
    onlooker->camera = onlooker->prompted = onlooker->codes = FALSE;
  if (effects & TILL_EFFECT_READ_CODES)
    onlooker->codes = TRUE;
  if (effects & TILL_EFFECT_STOP_CODES)
    onlooker->codes = FALSE;
  if (effects & TILL_EFFECT_CAMERA_ON)
    onlooker->camera = TRUE;
  if (effects & TILL_EFFECT_PROMPT_SMILE)
    onlooker->prompted = TRUE;
  if (effects & (TILL_EFFECT_CHARGE | TILL_EFFECT_RECORD_TENDER))
    onlooker->owed = TRUE;
  if (effects & TILL_EFFECT_DROP_ATTEMPT)
    onlooker->owed = FALSE;
  if (effects & TILL_EFFECT_BEGIN_TRY)
    onlooker->tries = TRUE;
  if (effects & TILL_EFFECT_CHECK_PIN)
    onlooker->typed = TRUE;
  if (effects & TRY_ENDS)
    onlooker->tries = onlooker->asked = onlooker->typed = FALSE;
  if (effects & TILL_EFFECT_CLOSE_SALE)
    *onlooker = (Onlooker){ .camera = onlooker->camera };
}

static void
onlooker_see_event (Onlooker *onlooker, TillCheckoutEvent event, TillCheckoutEffects effects)
{
  switch (event)
    {
    case TILL_CHECKOUT_AGREE:
      onlooker->agreed = (effects & TILL_EFFECT_WRITE_CONSENT) != 0;
      break;
    case TILL_CHECKOUT_PASS_ACCEPTED:
      onlooker->pass = TRUE;
      break;
    case TILL_CHECKOUT_PASS_REFUSED:
      onlooker->pass = FALSE;
      break;
    case TILL_CHECKOUT_CHARGE_APPROVED:
    case TILL_CHECKOUT_TENDER_RECORDED:
      onlooker->owed = FALSE;
      onlooker->taken = TRUE;
      break;
    case TILL_CHECKOUT_CHARGE_DECLINED:
    case TILL_CHECKOUT_TENDER_FAILED:
      onlooker->owed = FALSE;
      break;
    case TILL_CHECKOUT_BASKET_CHANGED:
      onlooker->agreed = FALSE;
      break;
    default:
      break;
    }
}

static gboolean
looks_at_customer (TillCheckoutState state)
{
  return state == TILL_CHECKOUT_DIGITS || state == TILL_CHECKOUT_CONFIRMING || state == TILL_CHECKOUT_PIN
         || state == TILL_CHECKOUT_SMILE;
}

/* Who looks like another customer, or could not be confirmed by the face, has typed the right PIN. */
static void
check_pin (const Node *from, TillCheckoutFacts facts)
{
  if (!(facts & TILL_FACT_PIN_NEEDED) && !from->onlooker.asked)
    return;
  g_assert_true (facts & TILL_FACT_PIN_RIGHT);
  g_assert_true (from->onlooker.asked);
  g_assert_true (from->onlooker.typed);
}

static gboolean
is_tills_own_trouble (TillCheckoutEvent event)
{
  return event == TILL_CHECKOUT_CONSENT_FAILED || event == TILL_CHECKOUT_CAMERA_FAILED
         || event == TILL_CHECKOUT_RECOGNITION_FAILED;
}

/* No guess is free: each is written down before anybody is looked for, and every one has one end, mostly a miss. */
static void
check_try (const Node *from,
           TillCheckoutEvent event,
           TillCheckoutFacts facts,
           TillCheckoutState next,
           TillCheckoutEffects effects)
{
  guint ends = effects & TRY_ENDS;
  gboolean ruled_out = (event == TILL_CHECKOUT_EVIDENCE || event == TILL_CHECKOUT_PASS_REFUSED)
                       && next == TILL_CHECKOUT_DECLINED;

  if (effects & TILL_EFFECT_BEGIN_TRY)
    {
      g_assert_false (from->onlooker.tries);
      g_assert_cmpint (event, ==, TILL_CHECKOUT_DIGITS_TYPED);
    }
  if (effects & (TILL_EFFECT_BEGIN_TRY | TILL_EFFECT_CAMERA_ON))
    g_assert_false (facts & TILL_FACT_LOCKED_OUT);
  if (effects & (TILL_EFFECT_WRITE_CONSENT | TILL_EFFECT_CAMERA_ON))
    g_assert_true (facts & TILL_FACT_FACE_ALLOWED);
  if (effects & (TILL_EFFECT_CHECK_PIN | TILL_EFFECT_PROMPT_SMILE | TILL_EFFECT_CHARGE))
    g_assert_true (from->onlooker.tries);
  if (ends == 0)
    return;
  g_assert_true (from->onlooker.tries);
  g_assert_cmpuint (ends & (ends - 1), ==, 0);
  g_assert_cmpint (ends == TILL_EFFECT_TRY_RIGHT, ==, (effects & TILL_EFFECT_CHARGE) != 0);
  g_assert_cmpint (ends == TILL_EFFECT_TRY_VOID, ==, is_tills_own_trouble (event) || ruled_out);
}

static gboolean
is_confirmed (TillCheckoutFacts facts)
{
  return (facts & TILL_FACT_ALONE) && (facts & TILL_FACT_LIVE) && (facts & TILL_FACT_EYES_OPEN)
         && (facts & TILL_FACT_MATCHED) && (facts & TILL_FACT_DIGITS_RIGHT) && !(facts & TILL_FACT_AGAINST);
}

/* Only who is confirmed hears of a rule of the shop: of a limit once their PIN is right, where one is needed. */
static void
check_rules (const Node *from,
             TillCheckoutEvent event,
             TillCheckoutFacts facts,
             const Node *to,
             TillCheckoutEffects effects)
{
  gboolean needs_pin = facts & TILL_FACT_PIN_NEEDED || from->onlooker.asked;

  if (effects & TILL_EFFECT_READ_SPENT && from->position.state != TILL_CHECKOUT_IDLE)
    {
      g_assert_true (is_confirmed (facts));
      g_assert_false (facts & TILL_FACT_SPENT_KNOWN);
      g_assert_cmpint (to->position.state, ==, from->position.state);
      if (needs_pin)
        check_pin (from, facts);
    }
  if (!from->onlooker.camera || to->position.state != TILL_CHECKOUT_DECLINED)
    return;
  /* That a pass is no longer good is found out once its holder has been confirmed and has smiled. */
  if (event == TILL_CHECKOUT_PASS_REFUSED)
    {
      g_assert_cmpint (from->position.state, ==, TILL_CHECKOUT_SMILE);
      return;
    }
  g_assert_true (is_confirmed (facts));
  if (facts & TILL_FACT_PIN_NEEDED && !from->onlooker.asked)
    g_assert_false (facts & TILL_FACT_HAS_PIN);
  else
    {
      g_assert_true (facts & TILL_FACT_SPENT_KNOWN);
      g_assert_false (facts & TILL_FACT_WITHIN_LIMITS);
      if (needs_pin)
        check_pin (from, facts);
    }
}

/* Invariants 1 and 2: what a charge rests on, limits and a PIN that is needed included, and that it is the only one. */
static void
check_money (const Node *from, TillCheckoutFacts facts, TillCheckoutEffects effects)
{
  if (effects & TILL_EFFECT_CHARGE)
    {
      g_assert_true (is_confirmed (facts));
      g_assert_true (facts & TILL_FACT_SMILED);
      g_assert_true (facts & TILL_FACT_CONSENT_WRITTEN);
      g_assert_true (facts & TILL_FACT_WITHIN_CONSENT);
      g_assert_true (facts & TILL_FACT_SPENT_KNOWN);
      g_assert_true (facts & TILL_FACT_WITHIN_LIMITS);
      g_assert_true (from->onlooker.agreed);
      g_assert_true (from->onlooker.camera);
      g_assert_true (from->onlooker.prompted);
      check_pin (from, facts);
    }
  if (effects & (TILL_EFFECT_CHARGE | TILL_EFFECT_RECORD_TENDER))
    {
      g_assert_false (from->onlooker.owed);
      g_assert_false (from->onlooker.taken);
    }
  if (effects & (TILL_EFFECT_REVERSE | TILL_EFFECT_QUERY | TILL_EFFECT_DROP_ATTEMPT))
    g_assert_true (from->onlooker.owed);
}

/*
 * Codes are looked for only where a pass may be shown; what is shown is read only there; and whoever showed a pass is
 * charged only if it was asked about at that very moment, once all else was known.
 */
static void
check_pass (const Node *from,
            TillCheckoutEvent event,
            TillCheckoutFacts facts,
            const Node *to,
            TillCheckoutEffects effects)
{
  const guint all_else = TILL_FACTS_FOR_CHARGE & ~(guint) TILL_FACT_PASS_GOOD & ~(guint) TILL_FACT_MATCHED;

  if (effects & TILL_EFFECT_READ_CODES)
    g_assert_true (facts & TILL_FACT_PASS_ALLOWED && effects & TILL_EFFECT_CAMERA_ON);
  if (effects & TILL_EFFECT_CAMERA_ON && facts & TILL_FACT_PASS_ALLOWED)
    g_assert_true (effects & TILL_EFFECT_READ_CODES);
  if (effects & TILL_EFFECT_CHECK_PASS)
    {
      g_assert_cmpint (event, ==, TILL_CHECKOUT_PASS_SHOWN);
      g_assert_true (facts & TILL_FACT_PASS_ALLOWED);
      g_assert_cmpint (from->position.state, ==, TILL_CHECKOUT_DIGITS);
    }
  if (effects & TILL_EFFECT_CHARGE && from->onlooker.pass)
    g_assert_true (facts & TILL_FACT_PASS_GOOD);
  if (!(effects & TILL_EFFECT_CONFIRM_PASS))
    return;
  g_assert_true (from->onlooker.pass);
  g_assert_false (facts & TILL_FACT_PASS_GOOD);
  g_assert_true (is_confirmed (facts));
  g_assert_cmpuint (facts & all_else, ==, all_else);
  g_assert_cmpint (to->position.state, ==, from->position.state);
}

/* Invariant 3, and that the table's memory is what really happened. */
static void
check_camera (const Node *to)
{
  g_assert_cmpint (to->onlooker.camera, ==, looks_at_customer (to->position.state));
  if (to->onlooker.camera)
    g_assert_true (to->onlooker.agreed);
  g_assert_cmpint (to->position.look.camera, ==, to->onlooker.camera);
  g_assert_cmpint (to->position.look.prompted, ==, to->onlooker.prompted);
  g_assert_cmpint (to->position.look.consent, ==, to->onlooker.agreed);
  g_assert_cmpint (to->position.look.trying, ==, to->onlooker.tries);
  g_assert_cmpint (to->position.look.pin, ==, to->onlooker.asked);
  g_assert_cmpint (to->position.look.codes, ==, to->onlooker.codes);
  g_assert_cmpint (to->position.look.pass, ==, to->onlooker.pass);
  if (to->onlooker.codes)
    g_assert_cmpint (to->position.state, ==, TILL_CHECKOUT_DIGITS);
  if (to->onlooker.pass)
    g_assert_true (to->onlooker.agreed);
  g_assert_cmpint (to->onlooker.tries, ==, to->onlooker.camera && to->position.state != TILL_CHECKOUT_DIGITS);
  g_assert_cmpint (to->position.charge == TILL_CHECKOUT_CHARGE_TAKEN, ==, to->onlooker.taken);
  g_assert_cmpint (to->position.charge == TILL_CHECKOUT_CHARGE_SENT
                       || to->position.charge == TILL_CHECKOUT_CHARGE_IN_DOUBT,
                   ==, to->onlooker.owed);
}

/* Invariant 5: one step back before the charge, none after it. */
static void
check_cancel (const Node *from, TillCheckoutFacts facts, gboolean listed, const TillCheckoutPosition *to)
{
  TillCheckoutState state = from->position.state;
  gboolean money_may_have_moved
      = from->onlooker.taken
        || (from->onlooker.owed && !(facts & TILL_FACT_NOTHING_SENT && state == TILL_CHECKOUT_DOUBT));

  if (state == TILL_CHECKOUT_IDLE || money_may_have_moved)
    g_assert_false (listed);
  else
    {
      g_assert_true (listed);
      g_assert_cmpint (to->state, ==, state == TILL_CHECKOUT_WAYS ? TILL_CHECKOUT_IDLE : TILL_CHECKOUT_WAYS);
    }
}

/* Invariant 6: other goods, other consent. */
static void
check_basket (const Node *from, gboolean listed, const TillCheckoutPosition *to)
{
  if (from->onlooker.owed || from->onlooker.taken)
    {
      g_assert_false (listed);
      return;
    }
  g_assert_true (listed);
  g_assert_false (to->look.consent);
  g_assert_false (to->look.camera);
}

static gboolean
is_paid (TillCheckoutState state)
{
  return state == TILL_CHECKOUT_APPROVED || state == TILL_CHECKOUT_PAID;
}

/* Effects that belong together. */
static void
check_pairs (const Node *from,
             TillCheckoutEvent event,
             TillCheckoutFacts facts,
             TillCheckoutState next,
             TillCheckoutEffects effects)
{
  gboolean asks = from->position.state == TILL_CHECKOUT_DOUBT
                  && (event == TILL_CHECKOUT_ASK_AGAIN || event == TILL_CHECKOUT_TIMEOUT);

  g_assert_cmpint ((effects & TILL_EFFECT_BEGIN_SESSION) != 0, ==,
                   (effects & (TILL_EFFECT_CAMERA_ON | TILL_EFFECT_CHECK_PIN)) != 0);
  g_assert_cmpint ((effects & TILL_EFFECT_END_SESSION) != 0, ==, (effects & TILL_EFFECT_CAMERA_OFF) != 0);
  g_assert_cmpint ((effects & TILL_EFFECT_WRITE_RECEIPT) != 0, ==,
                   is_paid (next) && !is_paid (from->position.state));
  g_assert_cmpint ((effects & TILL_EFFECT_QUERY) != 0, ==, asks);
  if (event == TILL_CHECKOUT_OPEN)
    g_assert_cmpint (effects, ==, TILL_EFFECT_READ_SPENT);
  g_assert_cmpint ((effects & TILL_EFFECT_REVERSE) != 0, ==, event == TILL_CHECKOUT_REVERSE);
  if (effects & TILL_EFFECT_DROP_ATTEMPT)
    g_assert_true (facts & TILL_FACT_NOTHING_SENT);
}

/* A PIN is asked for where it may help whoever it is, or where all else is known of one who has it and needs it. */
static void
check_asking (const Node *from, TillCheckoutFacts facts)
{
  g_assert_false (from->onlooker.asked);
  if (facts & TILL_FACT_PIN_ALLOWED)
    return;
  g_assert_true (is_confirmed (facts));
  g_assert_true (facts & TILL_FACT_PIN_NEEDED);
  g_assert_true (facts & TILL_FACT_HAS_PIN);
}

static void
walk_step (Walk *walk, const Node *from, TillCheckoutEvent event, TillCheckoutFacts facts)
{
  TillCheckoutEffects effects = 0;
  Node to = *from;
  gboolean listed = till_checkout_table_step (&from->position, event, facts, &to.position, &effects);

  walk->steps++;
  if (event == TILL_CHECKOUT_CANCEL)
    check_cancel (from, facts, listed, &to.position);
  if (event == TILL_CHECKOUT_BASKET_CHANGED)
    check_basket (from, listed, &to.position);
  if (!listed)
    return;

  g_assert_true (till_checkout_table_accepts (from->position.state, event));
  walk->listed++;
  g_hash_table_add (walk->pairs,
                    GINT_TO_POINTER ((int) from->position.state * TILL_CHECKOUT_N_EVENTS + (int) event + 1));
  check_money (from, facts, effects);
  check_try (from, event, facts, to.position.state, effects);
  check_rules (from, event, facts, &to, effects);
  check_pass (from, event, facts, &to, effects);
  check_pairs (from, event, facts, to.position.state, effects);
  if (to.position.state == TILL_CHECKOUT_PIN && from->position.state != TILL_CHECKOUT_PIN)
    check_asking (from, facts);
  onlooker_see_event (&to.onlooker, event, effects);
  onlooker_see_effects (&to.onlooker, effects);
  to.onlooker.asked |= to.position.state == TILL_CHECKOUT_PIN;
  check_camera (&to);
  walk_add (walk, &to);
}

static void
assert_same_step (const TillCheckoutPosition *from,
                  TillCheckoutEvent event,
                  TillCheckoutFacts one,
                  TillCheckoutFacts other)
{
  TillCheckoutPosition to[2] = { *from, *from };
  TillCheckoutEffects effects[2] = { 0, 0 };
  gboolean listed[2];

  listed[0] = till_checkout_table_step (from, event, one, &to[0], &effects[0]);
  listed[1] = till_checkout_table_step (from, event, other, &to[1], &effects[1]);
  g_assert_cmpint (listed[0], ==, listed[1]);
  g_assert_cmpint (memcmp (&to[0], &to[1], sizeof to[0]), ==, 0);
  g_assert_cmpint (effects[0], ==, effects[1]);
}

/* Every combination of the facts that the event turns on, and each other fact beside it, alone and with all others. */
static void
walk_event (Walk *walk, const Node *from, TillCheckoutEvent event)
{
  const guint within
      = till_checkout_table_accepts (from->position.state, event) || event != TILL_CHECKOUT_EVIDENCE
            ? facts_of_event (event)
            : 0;
  guint facts = 0;

  do
    {
      walk_step (walk, from, event, facts);
      for (guint other = 1; within != TILL_FACT_ALL && other <= TILL_FACT_ALL; other <<= 1)
        if (!(within & other))
          {
            assert_same_step (&from->position, event, facts, facts | other);
            assert_same_step (&from->position, event, facts, facts | (TILL_FACT_ALL & ~within & ~other));
          }
      facts = next_facts (facts, within);
    }
  while (facts != 0);
}

static Walk *
walk_all (void)
{
  Walk *walk = g_new0 (Walk, 1);
  Node start = { 0 };

  walk->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  walk->seen = g_hash_table_new (NULL, NULL);
  walk->pairs = g_hash_table_new (NULL, NULL);
  walk_add (walk, &start);

  for (guint i = 0; i < walk->nodes->len; i++)
    {
      const Node from = g_array_index (walk->nodes, Node, i);

      for (guint event = 0; event < TILL_CHECKOUT_N_EVENTS; event++)
        walk_event (walk, &from, event);
    }
  return walk;
}

static void
walk_free (Walk *walk)
{
  g_array_unref (walk->nodes);
  g_hash_table_unref (walk->seen);
  g_hash_table_unref (walk->pairs);
  g_free (walk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Walk, walk_free)

static void
test_walk (void)
{
  g_autoptr (Walk) walk = walk_all ();
  gboolean reached[TILL_CHECKOUT_N_STATES] = { FALSE };

  for (guint i = 0; i < walk->nodes->len; i++)
    reached[g_array_index (walk->nodes, Node, i).position.state] = TRUE;
  for (guint state = 0; state < TILL_CHECKOUT_N_STATES; state++)
    if (!reached[state])
      g_error ("state %s can't be reached", till_checkout_state_to_string (state));

  guint listed_pairs = 0;
  for (guint state = 0; state < TILL_CHECKOUT_N_STATES; state++)
    for (guint event = 0; event < TILL_CHECKOUT_N_EVENTS; event++)
      listed_pairs += till_checkout_table_accepts (state, event) ? 1 : 0;
  g_assert_cmpuint (g_hash_table_size (walk->pairs), ==, listed_pairs);

  g_test_message ("visited %d states in %u positions, %u pairs of state and event listed, "
                  "%" G_GUINT64_FORMAT " steps tried, %" G_GUINT64_FORMAT " transitions taken",
                  TILL_CHECKOUT_N_STATES, walk->nodes->len, listed_pairs, walk->steps, walk->listed);
}

/* Invariant 4. */
static void
test_silence (void)
{
  g_autoptr (Walk) walk = walk_all ();

  for (guint i = 0; i < walk->nodes->len; i++)
    for (guint facts = 0; facts <= TILL_FACT_PIN_ALLOWED; facts += TILL_FACT_PIN_ALLOWED)
      {
        TillCheckoutPosition at = g_array_index (walk->nodes, Node, i).position;
        TillCheckoutEffects effects = 0;
        guint steps = 0;

        while (!till_checkout_state_is_resting (at.state))
          {
            g_assert_true (till_checkout_table_step (&at, TILL_CHECKOUT_TIMEOUT, facts, &at, &effects));
            g_assert_false (effects
                            & (TILL_EFFECT_CHARGE | TILL_EFFECT_RECORD_TENDER | TILL_EFFECT_CAMERA_ON));
            g_assert_cmpuint (++steps, <, TILL_CHECKOUT_N_STATES);
          }
        g_assert_false (at.look.camera);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkout/walk/invariants", test_walk);
  g_test_add_func ("/checkout/walk/silence", test_silence);
  return g_test_run ();
}
