/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop.h"

G_BEGIN_DECLS

typedef enum
{
  TILL_SITTING_CONSENT, /* the text is shown; the camera is off */
  TILL_SITTING_LOOKING, /* templates are gathered */
  TILL_SITTING_DETAILS, /* name, digits and payer are asked for; the camera is off again */
  TILL_SITTING_SAVING,
  TILL_SITTING_DONE,
  TILL_SITTING_FAILED, /* see till_sitting_get_error() */
} TillSittingState;

#define TILL_TYPE_SITTING (till_sitting_get_type ())
G_DECLARE_FINAL_TYPE (TillSitting, till_sitting, TILL, SITTING, GObject)

/**
 * TillSitting: the enrolment of one customer in front of the camera, step by step. Main context only.
 *
 * Signals: "state" (guint), see #TillSittingState; "frame" (TillFrame *) and "sighting" (TillSighting *) while looking.
 */

/* @source: (nullable) NULL for the first real camera. References are taken. */
TillSitting *till_sitting_new (TillShop *shop, TillCameraSource *source) G_GNUC_WARN_UNUSED_RESULT;

TillSittingState till_sitting_get_state (TillSitting *self);

/* The customer has read the text and agrees: the camera goes on. */
void till_sitting_agree (TillSitting *self);

/* Looks anew, after a failure or to get better views. */
void till_sitting_look_again (TillSitting *self);

/* In DETAILS: writes the consent and the record, then DONE or FAILED; look again or save again after that. */
void till_sitting_save (TillSitting *self, const char *name, const char *suffix, const char *payer);

/* Ends it wherever it is: camera off, templates wiped. */
void till_sitting_cancel (TillSitting *self);

/* Why it failed (transfer none) (nullable). */
const GError *till_sitting_get_error (TillSitting *self);

/* TRUE once templates are there, so that after FAILED the details can be mended. */
gboolean till_sitting_has_templates (TillSitting *self);

/* Whom it enrolled (transfer none) (nullable). */
TillCustomer *till_sitting_get_customer (TillSitting *self);

G_END_DECLS
