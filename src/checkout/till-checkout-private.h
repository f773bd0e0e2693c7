/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"

G_BEGIN_DECLS

/* The runner spans several files: its steps (till-checkout.c), the face tender (-face.c), money (-money.c). */
struct _TillCheckout
{
  GObject parent_instance;

  TillCheckoutRooms rooms;
  TillCameraSource *source;
  char *shop_name;
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
  TillCamera *camera;
  guint session;
  TillGallery *candidates;
  TillSighting *sighting;

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
void till_checkout_face_find_candidates (TillCheckout *self);
void till_checkout_face_prompt_smile (TillCheckout *self);
void till_checkout_face_connect (TillCheckout *self);
void till_checkout_face_disconnect (TillCheckout *self);

/* Effects on money. */
void till_checkout_money_charge (TillCheckout *self);
void till_checkout_money_query (TillCheckout *self);
void till_checkout_money_record_tender (TillCheckout *self);
void till_checkout_money_write_receipt (TillCheckout *self);
void till_checkout_money_drop_attempt (TillCheckout *self);
void till_checkout_money_connect (TillCheckout *self);
void till_checkout_money_disconnect (TillCheckout *self);

G_END_DECLS
