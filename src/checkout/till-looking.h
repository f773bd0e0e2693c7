/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"

G_BEGIN_DECLS

#define TILL_TYPE_LOOKING (till_looking_get_type ())
G_DECLARE_FINAL_TYPE (TillLooking, till_looking, TILL, LOOKING, GObject)

/**
 * TillLooking: looks at one customer after the other, for whoever wants to know who it is: a payment, or a proof of
 * presence. Camera, recognition, digits, face pass, PIN, and the count of misses; what is asked for and decided is its
 * owner's. Main context only.
 *
 * Signals:
 *   "event"    (guint event, const char *reason)  what the owner's table may have to do with; @reason (nullable)
 *   "sighting" (TillSighting *)                   before its event
 *   "written"  (gint64 seq)                       the consent's row is on disk
 *   "pass", "camera", "frame", "stage", "trouble" as those of #TillCheckout
 */
TillLooking *till_looking_new (const TillCheckoutRooms *rooms) G_GNUC_WARN_UNUSED_RESULT;

/* Ends what is under way, as a miss where somebody tries, and lets go of the rooms. */
void till_looking_close (TillLooking *self, gboolean trying);

/* Whose match counts only with their PIN. */
typedef enum
{
  TILL_LOOKING_PIN_OF_NOBODY,
  TILL_LOOKING_PIN_OF_LOOK_ALIKES, /* who have one */
  TILL_LOOKING_PIN_OF_ALL,         /* who have one, and of look-alikes even if they have none */
} TillLookingPin;

typedef struct
{
  TillLookingPin pin;
  guint patience; /* as till_checkout_set_patience() */
} TillLookingRules;

void till_looking_set_rules (TillLooking *self, const TillLookingRules *rules);
void till_looking_set_camera_source (TillLooking *self, TillCameraSource *source);
TillCameraSource *till_looking_get_camera_source (TillLooking *self);
void till_looking_set_terms (TillLooking *self, const TillConsentTerms *terms);
const TillConsentTerms *till_looking_get_terms (TillLooking *self);

/* What the customer typed, for the effect that follows. */
void till_looking_set_digits (TillLooking *self, const char *digits);
void till_looking_set_pin (TillLooking *self, const char *pin);

/*
 * Whether a consent could be signed now: asked before the camera goes on. Otherwise %TILL_ERROR_LOCKED with what to do.
 */
gboolean till_looking_can_consent (TillLooking *self, GError **error);

/* Effects */
/* @sale, most: (nullable) for a payment, which is what the consent is for. */
void till_looking_write_consent (TillLooking *self,
                                 TillConsentPurpose purpose,
                                 const char *sale,
                                 const TillMoney *most);
/* Forgets all of the customer: nothing that is under way for them comes back. */
void till_looking_void_consent (TillLooking *self);
void till_looking_camera_on (TillLooking *self);
void till_looking_camera_off (TillLooking *self);
void till_looking_read_codes (TillLooking *self);
void till_looking_stop_codes (TillLooking *self);
void till_looking_check_pass (TillLooking *self);
void till_looking_confirm_pass (TillLooking *self);
void till_looking_begin_session (TillLooking *self);
void till_looking_end_session (TillLooking *self);
void till_looking_begin_try (TillLooking *self);
void till_looking_check_pin (TillLooking *self);
void till_looking_end_try_right (TillLooking *self);
void till_looking_end_try_missed (TillLooking *self);
void till_looking_end_try_void (TillLooking *self);
/* Drops what was seen, the digits, and who it may be; a charge goes on without. */
void till_looking_drop_evidence (TillLooking *self);

/* What the newest sighting, and all else that is known here, says at this moment. */
TillCheckoutFacts till_looking_get_facts (TillLooking *self);
/* The candidate that the newest sighting is sure of (transfer none) (nullable). */
TillCustomer *till_looking_get_match (TillLooking *self);

/* (transfer none) (nullable) */
const TillSighting *till_looking_get_sighting (TillLooking *self);
TillGallery *till_looking_get_candidates (TillLooking *self);
const char *till_looking_get_consent (TillLooking *self);
/* Id of the pass that was accepted. */
const char *till_looking_get_pass (TillLooking *self);
/* As till_checkout_get_pass(). */
const char *till_looking_get_pass_word (TillLooking *self);

/* Serial of the session of recognition, 0 without one. */
guint till_looking_get_session (TillLooking *self);
/* TRUE once a PIN was checked: the candidates are those whose PIN it is. */
gboolean till_looking_is_by_pin (TillLooking *self);
/* When the digits were typed, monotonic microseconds; 0 before. */
gint64 till_looking_get_digits_us (TillLooking *self);

G_END_DECLS
