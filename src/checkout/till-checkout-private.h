/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"
#include "vault/till-pin.h"

G_BEGIN_DECLS

/*
 * The runner spans several files: its steps (till-checkout.c), the face tender (-face.c), who it may be and how often
 * that was wrong (-try.c), what a charge rested on (-evidence.c), money (-money.c).
 */
struct _TillCheckout
{
  GObject parent_instance;

  TillCheckoutRooms rooms;
  TillCameraSource *source;
  char *shop_name;
  char *operating_point;
  TillCheckoutPolicy next_policy;         /* for whoever agrees next */
  guint patience;                         /* looks before one who needs a PIN is asked for it */
  guint timeouts[TILL_CHECKOUT_N_STATES]; /* seconds */

  TillCheckoutPosition position;
  gboolean stepping; /* a step is being taken: effects must not take another */
  guint timer;
  gint64 deadline_us;
  char *reason;

  /* the open sale */
  char *sale;
  TillBasket *basket;
  gulong basket_changed;
  TillMoney amount;
  char *tender; /* at the counter */
  TillMoney given;

  /* the face tender under way; all of it goes with its cancellable */
  GCancellable *face;
  char *consent;
  TillMoney consent_most;
  gboolean consent_written;
  char digits[TILL_CUSTOMER_SUFFIX_DIGITS + 1];
  TillCheckoutPolicy policy;
  char pin[TILL_PIN_MOST_DIGITS + 1];
  TillCamera *camera;
  guint session;
  gboolean digits_wait; /* these digits were wrong too often: nobody is found by them, and nobody is told */
  TillGallery *candidates; /* of the digits; once a PIN was checked, of those the ones whose PIN it is */
  gboolean by_pin;
  TillSighting *sighting;
  guint smiles_made; /* as of that sighting */
  guint looks;       /* sightings of a face since the candidates came */

  /* how the sale ended */
  TillCustomer *customer; /* whom the charge was for */
  char *attempt;
  char *reference;
  gboolean nothing_sent;
  gboolean asking;
  gint64 ledger_seq;
  TillReceipt *receipt;

  /* stages, monotonic microseconds, 0 until they happened */
  gint64 camera_on_us;
  gint64 first_face_us;
  gint64 digits_us;
  gint64 charge_us;
  gint64 sent_us;
  gint64 answered_us;

  /* an attempt that never left this machine: its end is written before other money of this sale moves */
  char *unsent;
  gboolean dropping;
  gboolean money_waits;
};

/* Takes the step for @event; %TILL_ERROR_REFUSED when it can't happen now. @reason: why, if the state changes. */
gboolean till_checkout_step (TillCheckout *self, TillCheckoutEvent event, const char *reason, GError **error);

/* The same for what comes from the rooms below: too late is no error, it is dropped. */
void till_checkout_report (TillCheckout *self, TillCheckoutEvent event, const char *reason);

/* Emits "state": it, its reason or what may be done in it is another one. */
void till_checkout_tell_state (TillCheckout *self);

void till_checkout_trouble (TillCheckout *self, const GError *error);
void till_checkout_stage (TillCheckout *self, const char *name, gint64 began_us, gint64 ended_us);

/* The facts of this moment. */
TillCheckoutFacts till_checkout_face_facts (TillCheckout *self);

/* Effects of the face tender. */
void till_checkout_face_end_session (TillCheckout *self);
void till_checkout_face_camera_off (TillCheckout *self);
void till_checkout_face_void_consent (TillCheckout *self);
void till_checkout_face_write_consent (TillCheckout *self);
void till_checkout_face_camera_on (TillCheckout *self);
void till_checkout_face_begin_session (TillCheckout *self);
void till_checkout_face_prompt_smile (TillCheckout *self);
void till_checkout_face_connect (TillCheckout *self);
void till_checkout_face_disconnect (TillCheckout *self);

/* The candidate that the newest sighting is sure of (transfer none) (nullable). */
TillCustomer *till_checkout_face_get_match (TillCheckout *self);
/* How many smiles it takes: more for much money, and for one whom another person looks like. */
guint till_checkout_face_count_smiles (TillCheckout *self);

/* Effects of a try. */
void till_checkout_try_begin (TillCheckout *self);
void till_checkout_try_check_pin (TillCheckout *self);
void till_checkout_try_end_right (TillCheckout *self);
void till_checkout_try_end_missed (TillCheckout *self);
void till_checkout_try_end_void (TillCheckout *self);
/* Forgets who it may be, and what is on its way to say so. */
void till_checkout_try_forget (TillCheckout *self);

/* What the newest sighting says for charging its match, without anything of the face itself (transfer full). */
JsonObject *till_checkout_evidence_to_json (TillCheckout *self);

/* Effects on money. */
void till_checkout_money_charge (TillCheckout *self);
void till_checkout_money_query (TillCheckout *self);
void till_checkout_money_record_tender (TillCheckout *self);
void till_checkout_money_write_receipt (TillCheckout *self);
void till_checkout_money_drop_attempt (TillCheckout *self);
void till_checkout_money_connect (TillCheckout *self);
void till_checkout_money_disconnect (TillCheckout *self);

G_END_DECLS
