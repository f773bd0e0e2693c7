/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout-table.h"

G_BEGIN_DECLS

/**
 * What a payment's table and a proof of presence's have in common: how a row is found, which facts count, and what is
 * remembered of a look at a customer. Pure.
 */

/* Rows of a pair of state and event are tried in order; the first whose facts fit is taken. */
typedef struct
{
  guint state; /* of the table's own */
  TillCheckoutEvent event;
  TillCheckoutFacts needs; /* all of these must be true; 0: always */
  guint next;
  TillCheckoutEffects effects;
} TillLookRow;

/* (transfer none) (nullable) */
const TillLookRow *till_look_rows_find (
    const TillLookRow *rows, gsize n_rows, guint state, TillCheckoutEvent event, TillCheckoutFacts facts);

/* Of @facts those that are evidence for whom this is remembered of. */
TillCheckoutFacts till_look_memory_count (const TillLookMemory *self, TillCheckoutFacts facts);

/* What is remembered after @event had @effects. @asks_pin: and led to where a PIN is asked for. */
TillLookMemory till_look_memory_after (const TillLookMemory *self,
                                       TillCheckoutEvent event,
                                       TillCheckoutEffects effects,
                                       gboolean asks_pin);

/* Leaving before the digits were typed: nothing of the customer stays. */
#define TILL_LOOK_LEAVE (TILL_EFFECT_END_SESSION | TILL_EFFECT_CAMERA_OFF | TILL_EFFECT_VOID_CONSENT)

/*
 * Leaving it after that. Giving up is a miss like any other, or a guess would cost nothing to whoever cancels when no
 * answer comes; only the till's own trouble, and the shop's rules for one who was confirmed, are not held against anybody.
 */
#define TILL_LOOK_MISS  (TILL_LOOK_LEAVE | TILL_EFFECT_TRY_MISSED)
#define TILL_LOOK_SPARE (TILL_LOOK_LEAVE | TILL_EFFECT_TRY_VOID)

G_END_DECLS
