/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-looking.h"
#include "vault/till-pin.h"

G_BEGIN_DECLS

/*
 * A look spans several files: what is seen and what of it is evidence (till-looking.c), the camera (-camera.c), consent
 * (-consent.c), who it may be and how often that was wrong (-try.c), face passes (-pass.c).
 */
struct _TillLooking
{
  GObject parent_instance;

  TillCheckoutRooms rooms;
  TillCameraSource *source;
  TillLookingRules rules;
  char *shop; /* of the terms */
  TillConsentTerms terms;

  /* one customer; all of it goes with its cancellable */
  GCancellable *face;
  char *consent;
  gboolean consent_written;
  char digits[TILL_CUSTOMER_SUFFIX_DIGITS + 1];
  char pin[TILL_PIN_MOST_DIGITS + 1];
  TillCamera *camera;
  guint session;
  gboolean digits_wait; /* these digits were wrong too often: nobody is found by them, and nobody is told */
  TillGallery *candidates; /* of the digits; once a PIN was checked, of those the ones whose PIN it is */
  gboolean by_pin;
  TillSighting *sighting;
  guint looks; /* sightings of a face since the candidates came */

  /* face passes */
  char *code;            /* the newest that was shown */
  TillFacePass *pass;    /* accepted */
  GTask *asking_pass;    /* borrowed: the question whose answer counts */
  gboolean pass_good;    /* while its answer is reported */
  const char *pass_word; /* static */

  /* stages, monotonic microseconds, 0 until they happened */
  gint64 camera_on_us;
  gint64 first_face_us;
  gint64 digits_us;
};

void till_looking_report (TillLooking *self, TillCheckoutEvent event, const char *reason);
void till_looking_trouble (TillLooking *self, const GError *error);
void till_looking_stage (TillLooking *self, const char *name, gint64 began_us, gint64 ended_us);
/* The till's own trouble, which ends the look. */
void till_looking_give_up (TillLooking *self, const GError *error);

/* Forgets who it may be, and what is on its way to say so. */
void till_looking_forget_candidates (TillLooking *self);
void till_looking_forget_pass (TillLooking *self);
/* The digits were typed: a code that is still being read is not waited for. */
void till_looking_settle_pass (TillLooking *self);

/* A code was seen (streaming cameras show the same one many times). */
void till_looking_see_code (TillLooking *self, const char *code);

G_END_DECLS
