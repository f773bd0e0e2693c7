/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-presence-table.h"

#include "checkout/till-look-rules.h"

#define S(name) TILL_PRESENCE_##name
#define V(name) TILL_CHECKOUT_##name
#define F(name) TILL_FACT_##name
#define E(name) TILL_EFFECT_##name
#define LEAVE   TILL_LOOK_LEAVE
#define MISS    TILL_LOOK_MISS
#define SPARE   TILL_LOOK_SPARE

static const TillLookRow rows[] = {
  { S (CONSENT), V (AGREE), F (LOCKED_OUT), S (LOCKED), 0 },
  { S (CONSENT), V (AGREE), F (PASS_ALLOWED), S (DIGITS),
    E (WRITE_CONSENT) | E (CAMERA_ON) | E (BEGIN_SESSION) | E (READ_CODES) },
  { S (CONSENT), V (AGREE), 0, S (DIGITS), E (WRITE_CONSENT) | E (CAMERA_ON) | E (BEGIN_SESSION) },
  { S (CONSENT), V (CANCEL), 0, S (ENDED), 0 },
  { S (CONSENT), V (TIMEOUT), 0, S (ENDED), 0 },

  { S (DIGITS), V (DIGITS_TYPED), F (LOCKED_OUT), S (LOCKED), LEAVE },
  { S (DIGITS), V (DIGITS_TYPED), 0, S (LOOKING), E (BEGIN_TRY) | E (STOP_CODES) },
  { S (DIGITS), V (PASS_SHOWN), F (PASS_ALLOWED), S (DIGITS), E (CHECK_PASS) },
  { S (DIGITS), V (PASS_ACCEPTED), 0, S (DIGITS), 0 },
  { S (DIGITS), V (PASS_REFUSED), 0, S (DIGITS), 0 },
  { S (DIGITS), V (EVIDENCE), 0, S (DIGITS), 0 },
  { S (DIGITS), V (CONSENT_FAILED), 0, S (FAILED), LEAVE },
  { S (DIGITS), V (CAMERA_FAILED), 0, S (NO_CAMERA), LEAVE },
  { S (DIGITS), V (RECOGNITION_FAILED), 0, S (FAILED), LEAVE },
  { S (DIGITS), V (CANCEL), 0, S (ENDED), LEAVE },
  { S (DIGITS), V (TIMEOUT), 0, S (ENDED), LEAVE },

  { S (LOOKING), V (EVIDENCE), F (AGAINST) | F (PIN_ALLOWED), S (PIN), 0 },
  { S (LOOKING), V (EVIDENCE), F (AGAINST), S (NOT_CONFIRMED), MISS },
  { S (LOOKING), V (EVIDENCE), TILL_FACTS_FOR_PIN | F (HAS_PIN), S (PIN), 0 },
  { S (LOOKING), V (EVIDENCE), TILL_FACTS_FOR_PIN, S (NOT_CONFIRMED), MISS },
  { S (LOOKING), V (EVIDENCE), TILL_FACTS_FOR_PRESENCE, S (CONFIRMED),
    E (END_SESSION) | E (CAMERA_OFF) | E (VOID_CONSENT) | E (TRY_RIGHT) },
  { S (LOOKING), V (EVIDENCE), TILL_FACTS_FOR_PRESENCE & ~F (PASS_GOOD), S (LOOKING), E (CONFIRM_PASS) },
  { S (LOOKING), V (EVIDENCE), 0, S (LOOKING), 0 },
  { S (LOOKING), V (PASS_REFUSED), 0, S (NOT_CONFIRMED), SPARE },
  { S (LOOKING), V (CONSENT_FAILED), 0, S (FAILED), SPARE },
  { S (LOOKING), V (CAMERA_FAILED), 0, S (NO_CAMERA), SPARE },
  { S (LOOKING), V (RECOGNITION_FAILED), 0, S (FAILED), SPARE },
  { S (LOOKING), V (CANCEL), 0, S (ENDED), MISS },
  { S (LOOKING), V (TIMEOUT), F (PIN_ALLOWED), S (PIN), 0 },
  { S (LOOKING), V (TIMEOUT), 0, S (NOT_CONFIRMED), MISS },

  { S (PIN), V (PIN_TYPED), 0, S (LOOKING), E (BEGIN_SESSION) | E (CHECK_PIN) },
  { S (PIN), V (EVIDENCE), 0, S (PIN), 0 },
  { S (PIN), V (CONSENT_FAILED), 0, S (FAILED), SPARE },
  { S (PIN), V (CAMERA_FAILED), 0, S (NO_CAMERA), SPARE },
  { S (PIN), V (RECOGNITION_FAILED), 0, S (FAILED), SPARE },
  { S (PIN), V (CANCEL), 0, S (ENDED), MISS },
  { S (PIN), V (TIMEOUT), 0, S (NOT_CONFIRMED), MISS },

  { S (NOT_CONFIRMED), V (CANCEL), 0, S (ENDED), 0 },
  { S (NOT_CONFIRMED), V (TIMEOUT), 0, S (ENDED), 0 },
  { S (LOCKED), V (CANCEL), 0, S (ENDED), 0 },
  { S (LOCKED), V (TIMEOUT), 0, S (ENDED), 0 },
  { S (NO_CAMERA), V (CANCEL), 0, S (ENDED), 0 },
  { S (NO_CAMERA), V (TIMEOUT), 0, S (ENDED), 0 },
  { S (FAILED), V (CANCEL), 0, S (ENDED), 0 },
  { S (FAILED), V (TIMEOUT), 0, S (ENDED), 0 },
  { S (CONFIRMED), V (CANCEL), 0, S (ENDED), 0 },
};

#undef S
#undef V
#undef F
#undef E
#undef LEAVE
#undef MISS
#undef SPARE

static const TillLookRow *
find_row (TillPresenceState state, TillCheckoutEvent event, TillCheckoutFacts facts)
{
  return till_look_rows_find (rows, G_N_ELEMENTS (rows), state, event, facts);
}

gboolean
till_presence_table_step (const TillPresencePosition *from,
                          TillCheckoutEvent event,
                          TillCheckoutFacts facts,
                          TillPresencePosition *to,
                          TillCheckoutEffects *effects)
{
  const TillLookRow *row = find_row (from->state, event, till_look_memory_count (&from->look, facts));
  if (row == NULL)
    return FALSE;

  *to = (TillPresencePosition){
    .state = row->next,
    .look = till_look_memory_after (&from->look, event, row->effects, row->next == TILL_PRESENCE_PIN),
  };
  *effects = row->effects;
  return TRUE;
}

gboolean
till_presence_table_accepts (TillPresenceState state, TillCheckoutEvent event)
{
  return find_row (state, event, TILL_FACT_ALL) != NULL;
}

const char *
till_presence_state_to_string (TillPresenceState state)
{
  static const char *const names[] = { "consent",       "digits", "looking",   "pin",    "confirmed",
                                       "not-confirmed", "locked", "no-camera", "failed", "ended" };
  G_STATIC_ASSERT (G_N_ELEMENTS (names) == TILL_PRESENCE_N_STATES);

  g_return_val_if_fail (state < TILL_PRESENCE_N_STATES, NULL);
  return names[state];
}
