/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-clock.h"
#include "camera/till-camera.h"
#include "checkout/till-checkout-table.h"
#include "customers/till-customers.h"
#include "customers/till-lockout.h"
#include "payment/till-payment.h"
#include "recognition/till-recognizer.h"
#include "sale/till-basket.h"
#include "sale/till-receipt.h"

G_BEGIN_DECLS

#define TILL_TYPE_CHECKOUT (till_checkout_get_type ())
G_DECLARE_FINAL_TYPE (TillCheckout, till_checkout, TILL, CHECKOUT, GObject)

/**
 * TillCheckout: runs the checkout table: turns people's choices, sightings, answers and time-outs into its events,
 * and its effects into work for the rooms below. Main context only; nothing blocks.
 *
 * Signals:
 *   "state"    (guint state)          after every step that changed it, its reason or, in doubt, what may be done
 *   "camera"   (gboolean on)          the camera was switched on or off
 *   "frame"    (TillFrame *)          the preview, while the camera is on
 *   "sighting" (TillSighting *)       while the camera is on
 *   "stage"    (const char *, gint64) a stage of the machine's own work is done and took so many microseconds:
 *                                     "camera-start", "first-face", "identified", "smile-decided", "charge-sent",
 *                                     "answer", "ledger"
 *   "trouble"  (const GError *)       something an engineer should see; the state says what people see
 */

/* The rooms it works with; references are taken. */
typedef struct
{
  TillCustomers *customers;
  TillLockout *lockout;
  TillPayment *payment;
  TillLedger *ledger;
  TillRecognizer *recognizer; /* works on @mailbox */
  TillMailbox *mailbox;
  TillClock *clock;
} TillCheckoutRooms;

TillCheckout *till_checkout_new (const TillCheckoutRooms *rooms) G_GNUC_WARN_UNUSED_RESULT;

/* Where to look from the next time the camera goes on; NULL: the first real camera. */
void till_checkout_set_camera_source (TillCheckout *self, TillCameraSource *source);
TillCameraSource *till_checkout_get_camera_source (TillCheckout *self);

/* What the receipt is headed with. */
void till_checkout_set_shop_name (TillCheckout *self, const char *name);

/* What the shop asks for beyond one smile. */
typedef struct
{
  gint64
      second_smile_minor; /* amounts from here on need two smiles, in the currency's minor units; 0: none does */
  gboolean pin;           /* whoever can't be confirmed is asked for a PIN, which can make up for it */
} TillCheckoutPolicy;

/* From the next customer on who agrees to be looked at. Zeroed at first. */
void till_checkout_set_policy (TillCheckout *self, const TillCheckoutPolicy *policy);

/* Which operating point decides, for the ledger; (nullable). */
void till_checkout_set_operating_point_id (TillCheckout *self, const char *id);

/*
 * After how many looks somebody who looks like another customer is asked for their PIN although the face matches. As many
 * as it takes to give up a face that matches nobody, so that being asked sooner does not tell that the digits were right;
 * 0, as at first: at once.
 */
void till_checkout_set_patience (TillCheckout *self, guint looks);

/* How long @state may last without anything happening; 0: for ever. */
void till_checkout_set_timeout (TillCheckout *self, TillCheckoutState state, guint seconds);

TillCheckoutState till_checkout_get_state (TillCheckout *self);
gboolean till_checkout_is_camera_on (TillCheckout *self);

/* Monotonic microseconds when the present state times out, 0 if it does not. */
gint64 till_checkout_get_deadline_us (TillCheckout *self);

/* When the wait for too many misses is over, monotonic microseconds of the rooms' clock; 0: there is none. */
gint64 till_checkout_get_locked_until_us (TillCheckout *self);

/* Starts this state's time anew: "I need more time". */
void till_checkout_extend (TillCheckout *self);

/* TRUE if @event can happen now; what a person does while it can't is %TILL_ERROR_REFUSED and changes nothing. */
gboolean till_checkout_accepts (TillCheckout *self, TillCheckoutEvent event);

/*
 * What people do. The basket stays the cashier's; what changes in it while the sale is open voids the consent.
 * %TILL_ERROR_INVALID for an empty basket or a total that is not above zero.
 */
gboolean till_checkout_open (TillCheckout *self, TillBasket *basket, GError **error);
gboolean till_checkout_choose_face (TillCheckout *self, GError **error);
/* @tender: "cash" or "card". */
gboolean till_checkout_choose_counter (TillCheckout *self, const char *tender, GError **error);
gboolean till_checkout_agree (TillCheckout *self, GError **error);
gboolean till_checkout_type_digits (TillCheckout *self, const char *digits, GError **error);
/* %TILL_ERROR_INVALID, and nothing happens, for what can't be a PIN. A wrong one looks like any other miss. */
gboolean till_checkout_type_pin (TillCheckout *self, const char *pin, GError **error);
gboolean till_checkout_cancel (TillCheckout *self, GError **error);
/* @given: what was handed over; NULL: exactly the amount. %TILL_ERROR_INVALID if it is too little. */
gboolean till_checkout_take_tender (TillCheckout *self, const TillMoney *given, GError **error);
gboolean till_checkout_ask_again (TillCheckout *self, GError **error);
gboolean till_checkout_set_aside (TillCheckout *self, GError **error);
gboolean till_checkout_dismiss (TillCheckout *self, GError **error);

/* Of the open sale; NULL when idle. */
const char *till_checkout_get_sale (TillCheckout *self);
const TillMoney *till_checkout_get_amount (TillCheckout *self);
/* "cash" or "card" while at the counter; otherwise NULL. */
const char *till_checkout_get_tender (TillCheckout *self);
/* Digits typed so far are the page's own; this is how many the customer must type. */
guint till_checkout_get_n_digits (TillCheckout *self);
/* The customer's chosen name once approved, else NULL: nothing about who it might be is told before. */
const char *till_checkout_get_customer_name (TillCheckout *self);

/*
 * Why the present state was entered, a stable word: the provider's decline code; "not-confirmed" (one word for an
 * unknown face, wrong digits, a wrong PIN, a look-alike, an attack, a sleeper and digits that have to wait); "locked-out"
 * (the till has to wait, see till_checkout_get_locked_until_us()); "timed-out"; "no-smile"; "no-camera";
 * "camera-ended"; "consent-not-written"; "recognition"; "cancelled"; for doubt the codes of #TillChargeResult.
 * NULL when there is nothing to say.
 */
const char *till_checkout_get_reason (TillCheckout *self);

/* The newest row of the ledger about the open sale: consent, the charge's end or doubt, or the tender. 0: none yet. */
gint64 till_checkout_get_ledger_seq (TillCheckout *self);

/* The receipt once approved or paid (transfer none) (nullable). */
TillReceipt *till_checkout_get_receipt (TillCheckout *self);

/* TRUE if the charge in doubt certainly never left this machine, so that another way may be chosen. */
gboolean till_checkout_is_nothing_sent (TillCheckout *self);

G_END_DECLS
