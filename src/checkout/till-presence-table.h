/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout-table.h"

G_BEGIN_DECLS

/**
 * The state machine of one proof of presence as a pure function, on the events, facts and effects of the checkout's.
 */

typedef enum
{
  TILL_PRESENCE_CONSENT, /* the customer is asked whether the camera may look */
  TILL_PRESENCE_DIGITS, /* camera on; the customer types the last digits of the phone, or shows a face pass first */
  TILL_PRESENCE_LOOKING,       /* digits typed; it is not clear yet who it is */
  TILL_PRESENCE_PIN,           /* the face alone does not do: the customer is asked for a PIN */
  TILL_PRESENCE_CONFIRMED,     /* it is the customer whom till_presence_get_customer() gives */
  TILL_PRESENCE_NOT_CONFIRMED, /* one answer for all reasons */
  TILL_PRESENCE_LOCKED,        /* too many could not be confirmed at this till: it has to wait */
  TILL_PRESENCE_NO_CAMERA,     /* there is no camera, or it went away */
  TILL_PRESENCE_FAILED,        /* the till's own trouble */
  TILL_PRESENCE_ENDED,         /* given up */
  TILL_PRESENCE_N_STATES,
} TillPresenceState;

/* Everything the machine remembers. Start with a zeroed one. */
typedef struct
{
  TillPresenceState state;
  TillLookMemory look;
} TillPresencePosition;

/* As till_checkout_table_step(). Whoever is confirmed stays so until it is ended. */
gboolean till_presence_table_step (const TillPresencePosition *from,
                                   TillCheckoutEvent event,
                                   TillCheckoutFacts facts,
                                   TillPresencePosition *to,
                                   TillCheckoutEffects *effects);

/* TRUE if @event is listed for @state. */
gboolean till_presence_table_accepts (TillPresenceState state, TillCheckoutEvent event);

/* "consent", "digits", … */
const char *till_presence_state_to_string (TillPresenceState state);

G_END_DECLS
