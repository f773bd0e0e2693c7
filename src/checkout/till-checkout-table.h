/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * The state machine of one sale as a pure function: no main loop, no I/O, no clock, no memory of its own.
 */

typedef enum
{
  TILL_CHECKOUT_IDLE,       /* nothing is being paid */
  TILL_CHECKOUT_WAYS,       /* the ways to pay are on offer */
  TILL_CHECKOUT_CONSENT,    /* the customer is asked whether the camera may look */
  TILL_CHECKOUT_DIGITS,     /* camera on; the customer types the last digits of the phone */
  TILL_CHECKOUT_CONFIRMING, /* digits typed; it is not clear yet who it is */
  TILL_CHECKOUT_PIN,   /* the face alone does not do, or not for so much: the customer is asked for a PIN */
  TILL_CHECKOUT_SMILE, /* recognised; a smile is asked for */
  TILL_CHECKOUT_CHARGING, /* the charge is journalled or sent */
  TILL_CHECKOUT_APPROVED, /* paid by face */
  TILL_CHECKOUT_DECLINED, /* the provider said no, or a rule of the shop did once it was known who pays */
  TILL_CHECKOUT_NOT_CONFIRMED, /* the customer could not be confirmed */
  TILL_CHECKOUT_LOCKED,        /* too many could not be confirmed: face payment waits */
  TILL_CHECKOUT_NO_CAMERA,     /* there is no camera, or it went away */
  TILL_CHECKOUT_DOUBT,         /* whether money moved is not known */
  TILL_CHECKOUT_COUNTER,       /* the cashier takes cash or a card */
  TILL_CHECKOUT_RECORDING,     /* what the cashier took is being written down */
  TILL_CHECKOUT_PAID,          /* paid at the counter */
  TILL_CHECKOUT_N_STATES,
} TillCheckoutState;

typedef enum
{
  TILL_CHECKOUT_OPEN,               /* cashier: charge this basket */
  TILL_CHECKOUT_CHOOSE_FACE,        /* customer: pay with a smile */
  TILL_CHECKOUT_CHOOSE_COUNTER,     /* customer or cashier: cash or card */
  TILL_CHECKOUT_AGREE,              /* customer: yes, look */
  TILL_CHECKOUT_CANCEL,             /* anybody: back, one step to the ways to pay, from there to the basket */
  TILL_CHECKOUT_DIGITS_TYPED,       /* customer: all digits are there */
  TILL_CHECKOUT_PIN_TYPED,          /* customer: a PIN */
  TILL_CHECKOUT_PASS_SHOWN,         /* camera: a code that may be a face pass */
  TILL_CHECKOUT_PASS_ACCEPTED,      /* it is one of this shop's, and good */
  TILL_CHECKOUT_PASS_REFUSED,       /* it is none, or was revoked since it was accepted */
  TILL_CHECKOUT_EVIDENCE,           /* recognition: the facts may have changed */
  TILL_CHECKOUT_CONSENT_FAILED,     /* the consent could not be written down */
  TILL_CHECKOUT_CAMERA_FAILED,      /* no camera, unplugged, or its clip is over */
  TILL_CHECKOUT_RECOGNITION_FAILED, /* the networks, the customers' records, the count of misses or what was spent
                                       can't be used */
  TILL_CHECKOUT_CHARGE_APPROVED,
  TILL_CHECKOUT_CHARGE_DECLINED,
  TILL_CHECKOUT_CHARGE_UNKNOWN,
  TILL_CHECKOUT_ASK_AGAIN,    /* cashier: ask the provider how it ended */
  TILL_CHECKOUT_REVERSE,      /* cashier: see to it that no money is taken */
  TILL_CHECKOUT_SET_ASIDE,    /* cashier: leave it open in the ledger, go on with the next customer */
  TILL_CHECKOUT_TENDER_TAKEN, /* cashier: the money is in the drawer */
  TILL_CHECKOUT_TENDER_RECORDED,
  TILL_CHECKOUT_TENDER_FAILED,
  TILL_CHECKOUT_BASKET_CHANGED, /* other goods or another amount */
  TILL_CHECKOUT_DISMISS,        /* anybody: the receipt or the message has been seen */
  TILL_CHECKOUT_TIMEOUT,        /* nothing happened for this state's time */
  TILL_CHECKOUT_N_EVENTS,
} TillCheckoutEvent;

/* What is true when the event comes. The caller works these out anew each time. */
typedef enum
{
  TILL_FACT_ALONE = 1 << 0, /* one person in view */
  TILL_FACT_LIVE = 1 << 1,  /* a living face, decided */
  TILL_FACT_EYES_OPEN = 1 << 2,
  TILL_FACT_MATCHED = 1 << 3,      /* one candidate, by threshold and margin */
  TILL_FACT_DIGITS_RIGHT = 1 << 4, /* that candidate's digits are the ones typed */
  TILL_FACT_SMILED = 1 << 5, /* as many smiles made after their prompts as this customer and amount need */
  TILL_FACT_WITHIN_CONSENT = 1 << 6,  /* what would be charged is not above what was consented to */
  TILL_FACT_CONSENT_WRITTEN = 1 << 7, /* the consent's ledger row is on disk */
  TILL_FACT_AGAINST = 1 << 8,         /* decided: an attack, asleep, or none of the candidates */
  TILL_FACT_NOTHING_SENT = 1 << 9,    /* the charge in doubt certainly never left this machine */
  TILL_FACT_LOCKED_OUT = 1 << 10,     /* too many misses at this till: it has to wait */
  TILL_FACT_PIN_ALLOWED = 1 << 11,    /* the shop lets a PIN help where the face alone does not do */
  TILL_FACT_PIN_NEEDED = 1 << 12, /* the candidate looks like another customer, or the amount asks for a PIN:
                                        without the candidate's no match counts */
  TILL_FACT_PIN_RIGHT = 1 << 13,  /* the PIN that was typed is the candidate's */
  TILL_FACT_HAS_PIN = 1 << 14,    /* the candidate has one */
  TILL_FACT_FACE_ALLOWED = 1 << 15, /* the shop takes this amount by face, whoever pays */
  TILL_FACT_SPENT_KNOWN
  = 1 << 16, /* what the candidate and the till have spent today, where there is a limit to it */
  TILL_FACT_WITHIN_LIMITS = 1 << 17, /* with this amount, too, every limit is kept */
  TILL_FACT_PASS_ALLOWED = 1 << 18,  /* the shop takes face passes */
  TILL_FACT_PASS_GOOD = 1 << 19, /* the pass that was accepted was asked about just now, and still is good */
  TILL_FACT_ALL = (1 << 20) - 1,
} TillCheckoutFacts;

/* The customer is confirmed. Only who is may hear of a PIN that is missing or a limit that is reached. */
#define TILL_FACTS_FOR_SMILE                                                                                 \
  (TILL_FACT_ALONE | TILL_FACT_LIVE | TILL_FACT_EYES_OPEN | TILL_FACT_MATCHED | TILL_FACT_DIGITS_RIGHT)

/* What a charge rests on, all of it at the moment it is sent. */
#define TILL_FACTS_FOR_CHARGE                                                                                \
  (TILL_FACTS_FOR_SMILE | TILL_FACT_SMILED | TILL_FACT_WITHIN_CONSENT | TILL_FACT_CONSENT_WRITTEN            \
   | TILL_FACT_SPENT_KNOWN | TILL_FACT_WITHIN_LIMITS | TILL_FACT_PASS_GOOD)

/* What a proof of presence rests on: all that confirms a customer who pays, but no smile. */
#define TILL_FACTS_FOR_PRESENCE (TILL_FACTS_FOR_SMILE | TILL_FACT_CONSENT_WRITTEN | TILL_FACT_PASS_GOOD)

/* Who needs a PIN is asked for it once all else is known: the match itself counts only with it. */
#define TILL_FACTS_FOR_PIN ((TILL_FACTS_FOR_SMILE & ~TILL_FACT_MATCHED) | TILL_FACT_PIN_NEEDED)

/* What to do. */
typedef enum
{
  TILL_EFFECT_END_SESSION = 1 << 0, /* recognition: wipe the evidence */
  TILL_EFFECT_CAMERA_OFF = 1 << 1,
  TILL_EFFECT_VOID_CONSENT = 1 << 2, /* also forgets the digits */
  TILL_EFFECT_WRITE_CONSENT = 1 << 3,
  TILL_EFFECT_CAMERA_ON = 1 << 4,
  TILL_EFFECT_BEGIN_SESSION = 1 << 5,
  TILL_EFFECT_BEGIN_TRY = 1 << 6, /* write down that somebody tries, and only then look for who it may be */
  TILL_EFFECT_PROMPT_SMILE = 1 << 7,
  TILL_EFFECT_CHARGE = 1 << 8,
  TILL_EFFECT_QUERY = 1 << 9, /* ask the provider how the open attempt ended */
  TILL_EFFECT_RECORD_TENDER = 1 << 10,
  TILL_EFFECT_WRITE_RECEIPT = 1 << 11,
  TILL_EFFECT_DROP_ATTEMPT = 1 << 12, /* end the attempt that never left this machine */
  TILL_EFFECT_CLOSE_SALE = 1 << 13,   /* the sale has its end or is set aside: the next one is a new one */
  TILL_EFFECT_TRY_RIGHT = 1 << 14,    /* the try has its end: confirmed, … */
  TILL_EFFECT_TRY_MISSED = 1 << 15,   /* … not confirmed, or given up, … */
  TILL_EFFECT_TRY_VOID = 1 << 16,     /* … or stopped by the till's own trouble */
  TILL_EFFECT_CHECK_PIN
  = 1 << 17, /* look for those of the digits whose PIN it is, and no longer for the others */
  TILL_EFFECT_READ_SPENT
  = 1 << 18, /* add up what the till, and the candidate if there is one, have spent today */
  TILL_EFFECT_REVERSE = 1 << 19,      /* have the attempt in doubt cancelled, or its money given back */
  TILL_EFFECT_READ_CODES = 1 << 20,   /* camera: look for codes, too, … */
  TILL_EFFECT_STOP_CODES = 1 << 21,   /* … and no longer */
  TILL_EFFECT_CHECK_PASS = 1 << 22,   /* read the code that was shown */
  TILL_EFFECT_CONFIRM_PASS = 1 << 23, /* ask whether the pass that was accepted still is good */
} TillCheckoutEffects;

/* How the one charge of this sale stands. */
typedef enum
{
  TILL_CHECKOUT_CHARGE_NONE,
  TILL_CHECKOUT_CHARGE_SENT,
  TILL_CHECKOUT_CHARGE_IN_DOUBT,
  TILL_CHECKOUT_CHARGE_TAKEN,
} TillCheckoutCharge;

/* What is remembered of a look at a customer. */
typedef struct
{
  gboolean consent;  /* given, for this basket if there is one */
  gboolean camera;   /* on */
  gboolean codes;    /* and looking for codes */
  gboolean pass;     /* a face pass was accepted: without it still being good nobody is confirmed */
  gboolean prompted; /* a smile was asked for since the camera went on */
  gboolean trying;   /* digits were typed: the try has no end yet */
  gboolean pin;      /* a PIN was asked for in this try: from here on no match counts without the right one */
} TillLookMemory;

/* Everything the machine remembers. Start with a zeroed one. */
typedef struct
{
  TillCheckoutState state;
  TillCheckoutCharge charge;
  TillLookMemory look;
} TillCheckoutPosition;

/**
 * The step from @from under @event: fills in @to and @effects and returns TRUE. A pair that is not listed is not
 * possible in that state: FALSE, nothing is filled in. @to may be @from.
 */
gboolean till_checkout_table_step (const TillCheckoutPosition *from,
                                   TillCheckoutEvent event,
                                   TillCheckoutFacts facts,
                                   TillCheckoutPosition *to,
                                   TillCheckoutEffects *effects);

/* TRUE if @event is listed for @state. */
gboolean till_checkout_table_accepts (TillCheckoutState state, TillCheckoutEvent event);

/* States that may last, with the camera off: somebody at the counter, or the disk, is next. */
gboolean till_checkout_state_is_resting (TillCheckoutState state);

/* Stable names for logs, JSON and tests: "idle", "ways", … and "open", "choose-face", … */
const char *till_checkout_state_to_string (TillCheckoutState state);
const char *till_checkout_event_to_string (TillCheckoutEvent event);

G_END_DECLS
