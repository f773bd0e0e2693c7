/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-clock.h"
#include "camera/till-camera.h"
#include "checkout/till-checkout-table.h"
#include "customers/till-consent.h"
#include "customers/till-customers.h"
#include "customers/till-lockout.h"
#include "customers/till-pass-book.h"
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
 *   "pass"     ()                     till_checkout_get_pass() says something else
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
  TillPassBook *passes; /* (nullable) no face passes are taken */
} TillCheckoutRooms;

TillCheckout *till_checkout_new (const TillCheckoutRooms *rooms) G_GNUC_WARN_UNUSED_RESULT;

/* Where to look from the next time the camera goes on; NULL: the first real camera. */
void till_checkout_set_camera_source (TillCheckout *self, TillCameraSource *source);
TillCameraSource *till_checkout_get_camera_source (TillCheckout *self);

/* What the receipt is headed with. */
void till_checkout_set_shop_name (TillCheckout *self, const char *name);

/*
 * The shop's rules for paying by face; zeroed there are none. A limit whose currency is "" is none, and one whose minor
 * is 0 allows nothing. Limits are held against what the goods cost without a smile, and against what was charged by face
 * since local midnight, attempts without an end included.
 */
typedef struct
{
  gint64
      second_smile_minor; /* amounts from here on need two smiles, in the currency's minor units; 0: none does */
  gboolean pin;           /* whoever can't be confirmed is asked for a PIN, which can make up for it */
  gboolean face_off;      /* nobody pays by face */
  TillMoney most_per_payment;
  TillMoney most_per_customer_day;
  TillMoney most_per_till_day;
  TillMoney pin_from; /* amounts from here on need the customer's PIN besides the smile */
  int smile_discount; /* what a whole smile takes off, hundredths of a per cent, as the basket's rules have it; 0: a
                         smile takes nothing off, whatever they say, and who pays another way gets nothing for it */
  gboolean pass_off; /* nobody pays with a face pass */
} TillCheckoutPolicy;

/* From the next customer on who agrees to be looked at. Zeroed at first. */
void till_checkout_set_policy (TillCheckout *self, const TillCheckoutPolicy *policy);
/* The one for the customer who agreed, or else for the next one. */
const TillCheckoutPolicy *till_checkout_get_policy (TillCheckout *self);

/* What the shop fills into the wording that customers agree to, from the next one on who is asked; copied. */
void till_checkout_set_terms (TillCheckout *self, const TillConsentTerms *terms);
/* (transfer none); for the page that shows the wording. */
const TillConsentTerms *till_checkout_get_terms (TillCheckout *self);

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
 * %TILL_ERROR_INVALID for an empty basket or goods that cost nothing. Goods that discounts have brought down to nothing
 * are taken at the counter for nothing. Opening draws the basket's gift.
 */
gboolean till_checkout_open (TillCheckout *self, TillBasket *basket, GError **error);
gboolean till_checkout_choose_face (TillCheckout *self, GError **error);
/* @tender: "cash" or "card". */
gboolean till_checkout_choose_counter (TillCheckout *self, const char *tender, GError **error);
/* %TILL_ERROR_LOCKED, and the camera stays off, while the keyring is locked: a consent that can't be signed is none. */
gboolean till_checkout_agree (TillCheckout *self, GError **error);
gboolean till_checkout_type_digits (TillCheckout *self, const char *digits, GError **error);
/* %TILL_ERROR_INVALID, and nothing happens, for what can't be a PIN. A wrong one looks like any other miss. */
gboolean till_checkout_type_pin (TillCheckout *self, const char *pin, GError **error);
gboolean till_checkout_cancel (TillCheckout *self, GError **error);
/* @given: what was handed over; NULL: exactly the amount. %TILL_ERROR_INVALID if it is too little. */
gboolean till_checkout_take_tender (TillCheckout *self, const TillMoney *given, GError **error);
gboolean till_checkout_ask_again (TillCheckout *self, GError **error);
/*
 * In doubt: has the attempt cancelled, or given back what it took, and goes on trying that instead of asking until it is
 * known to be done: declined then, with reason "reversed"; approved if the provider would not give it back. It waits for
 * an answer that is under way, and does nothing where that one is definite.
 */
gboolean till_checkout_reverse (TillCheckout *self, GError **error);
gboolean till_checkout_set_aside (TillCheckout *self, GError **error);
gboolean till_checkout_dismiss (TillCheckout *self, GError **error);

/* Of the open sale; NULL when idle. */
const char *till_checkout_get_sale (TillCheckout *self);
/*
 * What there is to pay without a smile, the most that is consented to; once charged by face, what was charged; at the
 * counter what is paid there, see till_checkout_get_counter_price().
 */
const TillMoney *till_checkout_get_amount (TillCheckout *self);
/* "cash" or "card" while at the counter; otherwise NULL. */
const char *till_checkout_get_tender (TillCheckout *self);

/*
 * Why this sale can't be paid by face whoever pays, a stable word; NULL: it can, as far as that is known before anybody
 * was looked at. "face-off": the shop does not take faces; "over-payment-limit": the amount is above its limit for one
 * payment; "over-till-limit": with it the till would take more today than its limit; "nothing-to-pay". "state" is
 * emitted when it changes. Without a sale it is "face-off" or NULL.
 */
const char *till_checkout_get_face_refusal (TillCheckout *self);

/*
 * How much of a whole smile (%TILL_SMILE_WHOLE) this customer has made since being asked for it, for the price; it only
 * grows. 0 before, and where smiles take nothing off.
 */
guint till_checkout_get_smile (TillCheckout *self);
/* What the open sale costs with @smile of a whole smile: never more than without. FALSE if none is open. */
gboolean till_checkout_get_price (TillCheckout *self, guint smile, TillMoney *price);

/*
 * What the open sale costs whoever pays in cash or by card: as much off as a whole smile takes off, so that no price
 * depends on showing a face. FALSE if none is open.
 */
gboolean till_checkout_get_counter_price (TillCheckout *self, TillMoney *price);

/*
 * What became of the code that was held up to the camera while digits are typed, a stable word: "reading"; "accepted";
 * or why it is refused: "foreign", "expired", "revoked", "forged", "unknown". NULL: none was shown, or no pass. The
 * newest counts. Accepted, it is the one that the face is compared with, if the digits are right.
 */
const char *till_checkout_get_pass (TillCheckout *self);

/* Digits typed so far are the page's own; this is how many the customer must type. */
guint till_checkout_get_n_digits (TillCheckout *self);
/* The customer's chosen name once approved, else NULL: nothing about who it might be is told before. */
const char *till_checkout_get_customer_name (TillCheckout *self);

/*
 * Why the present state was entered, a stable word. Declined: the provider's decline code; "not-sent"; "reversed", by the
 * cashier; or a rule of the shop, which only a customer hears of who was confirmed: "customer-limit" (with this they
 * would pay more today than they may), "over-till-limit" (the till would take more), "pin-needed" (for so much, and they
 * have none), "pass-revoked", "pass-expired" and "pass-unknown" (their face pass is no longer good). Not confirmed:
 * "not-confirmed" (one word for an unknown face, wrong digits, a wrong PIN, a look-alike, an attack, a sleeper and digits
 * that have to wait); "no-smile"; and the till's own trouble, "recognition", "consent-not-written" and "spent-unknown" (whether limits are kept can't be read). "locked-out" (the till has to wait,
 * see till_checkout_get_locked_until_us()); "no-camera", "camera-ended"; "timed-out"; "cancelled"; for doubt the codes of
 * #TillChargeResult.
 * NULL when there is nothing to say.
 */
const char *till_checkout_get_reason (TillCheckout *self);

/* The newest row of the ledger about the open sale: consent, the charge's end or doubt, or the tender. 0: none yet. */
gint64 till_checkout_get_ledger_seq (TillCheckout *self);

/* The receipt once approved or paid (transfer none) (nullable). */
TillReceipt *till_checkout_get_receipt (TillCheckout *self);

/* TRUE if the charge in doubt certainly never left this machine, so that another way may be chosen. */
gboolean till_checkout_is_nothing_sent (TillCheckout *self);
/* TRUE if the charge in doubt is to be reversed. */
gboolean till_checkout_is_reversing (TillCheckout *self);

G_END_DECLS
