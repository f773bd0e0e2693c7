/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-look-rules.h"

const TillLookRow *
till_look_rows_find (
    const TillLookRow *rows, gsize n_rows, guint state, TillCheckoutEvent event, TillCheckoutFacts facts)
{
  for (gsize i = 0; i < n_rows; i++)
    if (rows[i].state == state && rows[i].event == event && (facts & rows[i].needs) == rows[i].needs)
      return &rows[i];
  return NULL;
}

static guint
facts_of_pin (const TillLookMemory *self, guint count)
{
  /* It is the candidate's PIN that is needed. */
  if (!(count & TILL_FACT_MATCHED))
    count &= ~(guint) TILL_FACT_PIN_NEEDED;
  /* One that nobody asked for is none. */
  if (!self->pin)
    count &= ~(guint) TILL_FACT_PIN_RIGHT;
  /* Where it is needed, or was asked for, the face alone matches nobody. */
  if ((self->pin || count & TILL_FACT_PIN_NEEDED) && !(count & TILL_FACT_PIN_RIGHT))
    count &= ~(guint) TILL_FACT_MATCHED;
  /* It is asked for once. */
  if (self->pin)
    count &= ~(guint) (TILL_FACT_PIN_ALLOWED | TILL_FACT_PIN_NEEDED);
  return count;
}

TillCheckoutFacts
till_look_memory_count (const TillLookMemory *self, TillCheckoutFacts facts)
{
  guint count = facts;

  /* Evidence of a smile that nobody asked for, or without consent, is no evidence. */
  if (!self->prompted)
    count &= ~(guint) TILL_FACT_SMILED;
  if (!self->consent)
    count &= ~(guint) (TILL_FACT_WITHIN_CONSENT | TILL_FACT_CONSENT_WRITTEN);
  /* A limit is kept only if it is known what was spent. */
  if (!(count & TILL_FACT_SPENT_KNOWN))
    count &= ~(guint) TILL_FACT_WITHIN_LIMITS;
  /* Who shows no pass needs none that is good. */
  if (!self->pass)
    count |= TILL_FACT_PASS_GOOD;
  return facts_of_pin (self, count);
}

TillLookMemory
till_look_memory_after (const TillLookMemory *self,
                        TillCheckoutEvent event,
                        TillCheckoutEffects effects,
                        gboolean asks_pin)
{
  TillLookMemory next = *self;

  if (event == TILL_CHECKOUT_PASS_ACCEPTED)
    next.pass = TRUE;
  if (event == TILL_CHECKOUT_PASS_REFUSED)
    next.pass = FALSE;
  if (effects & TILL_EFFECT_VOID_CONSENT)
    next.consent = next.pass = FALSE;
  if (effects & TILL_EFFECT_WRITE_CONSENT)
    next.consent = TRUE;
  if (effects & TILL_EFFECT_CAMERA_OFF)
    next.camera = next.prompted = FALSE;
  if (effects & TILL_EFFECT_CAMERA_ON)
    next.camera = TRUE;
  if (effects & (TILL_EFFECT_CAMERA_OFF | TILL_EFFECT_STOP_CODES))
    next.codes = FALSE;
  if (effects & TILL_EFFECT_READ_CODES)
    next.codes = TRUE;
  if (effects & TILL_EFFECT_PROMPT_SMILE)
    next.prompted = TRUE;
  if (effects & TILL_EFFECT_BEGIN_TRY)
    next.trying = TRUE;
  if (effects & (TILL_EFFECT_TRY_RIGHT | TILL_EFFECT_TRY_MISSED | TILL_EFFECT_TRY_VOID))
    next.trying = next.pin = FALSE;
  if (asks_pin)
    next.pin = TRUE;
  return next;
}
