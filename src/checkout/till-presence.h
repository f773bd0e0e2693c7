/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"
#include "checkout/till-presence-table.h"

G_BEGIN_DECLS

#define TILL_TYPE_PRESENCE (till_presence_get_type ())
G_DECLARE_FINAL_TYPE (TillPresence, till_presence, TILL, PRESENCE, GObject)

/**
 * TillPresence: a customer proves to be here in person, without paying: to see or erase what is kept of them. Made for
 * one proof; it begins at CONSENT with the camera off. The evidence is a payment's without the smile, from the same file;
 * a guess counts as one at a payment does, and is answered with as little. Who has a PIN must give it, and so who looks
 * like another customer: without one they can't be confirmed by face.
 *
 * Not beside a sale whose camera is on: both work with the same recognizer. Main context only; nothing blocks.
 *
 * Signals, as those of #TillCheckout: "state" (guint state), "camera" (gboolean on), "frame" (TillFrame *),
 * "sighting" (TillSighting *), "pass" (), "trouble" (const GError *).
 */

/* The rooms as of a checkout; references are taken. */
TillPresence *till_presence_new (const TillCheckoutRooms *rooms) G_GNUC_WARN_UNUSED_RESULT;

/* Before the customer agrees. */
void till_presence_set_camera_source (TillPresence *self,
                                      TillCameraSource *source); /* NULL: the first real camera */
void till_presence_set_terms (TillPresence *self, const TillConsentTerms *terms); /* copied */
/* Of the rules for paying by face those count that say who is asked for a PIN (pin), and whether passes are taken. */
void till_presence_set_policy (TillPresence *self, const TillCheckoutPolicy *policy);
/* As till_checkout_set_patience(). */
void till_presence_set_patience (TillPresence *self, guint looks);
/* How long @state may last without anything happening; 0: for ever. */
void till_presence_set_timeout (TillPresence *self, TillPresenceState state, guint seconds);

/* What people do; %TILL_ERROR_REFUSED, and nothing happens, while it can't be done. */
/* As till_checkout_agree(), %TILL_ERROR_LOCKED while the keyring is locked. */
gboolean till_presence_agree (TillPresence *self, GError **error);
/* %TILL_ERROR_INVALID for what is not %TILL_CUSTOMER_SUFFIX_DIGITS digits. */
gboolean till_presence_type_digits (TillPresence *self, const char *digits, GError **error);
/* %TILL_ERROR_INVALID for what can't be a PIN. */
gboolean till_presence_type_pin (TillPresence *self, const char *pin, GError **error);
/* To ENDED from wherever it is; once digits were typed giving up counts as a miss. Done twice it does nothing. */
void till_presence_cancel (TillPresence *self);
/* Starts this state's time anew. */
void till_presence_extend (TillPresence *self);

TillPresenceState till_presence_get_state (TillPresence *self);
gboolean till_presence_is_camera_on (TillPresence *self);
gboolean till_presence_accepts (TillPresence *self, TillCheckoutEvent event);
/* Monotonic microseconds when the present state times out, 0 if it does not. */
gint64 till_presence_get_deadline_us (TillPresence *self);
/* When the wait for too many misses is over, monotonic microseconds of the rooms' clock; 0: there is none. */
gint64 till_presence_get_locked_until_us (TillPresence *self);
/*
 * Why the present state was entered, a stable word (nullable). Not confirmed: "not-confirmed", or "pass-revoked" and
 * "pass-expired" for a pass that is no longer good. Failed: "recognition", "consent-not-written". "locked-out";
 * "no-camera", "camera-ended"; "timed-out"; "cancelled".
 */
const char *till_presence_get_reason (TillPresence *self);
/* As till_checkout_get_pass(). */
const char *till_presence_get_pass (TillPresence *self);

/* Who was confirmed (transfer none) (nullable: nobody was, or it has ended). A pass holder's id is the pass's. */
TillCustomer *till_presence_get_customer (TillPresence *self);
/* When, monotonic microseconds of the rooms' clock; 0: nobody was. */
gint64 till_presence_get_confirmed_us (TillPresence *self);
/* Id of the consent that the look rested on (transfer none) (nullable: nobody agreed). */
const char *till_presence_get_consent (TillPresence *self);

G_END_DECLS
