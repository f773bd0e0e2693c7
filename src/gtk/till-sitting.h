/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-face-pass.h"
#include "shop/till-shop.h"

G_BEGIN_DECLS

typedef enum
{
  TILL_SITTING_CONSENT, /* the text is shown; the camera is off */
  TILL_SITTING_LOOKING, /* templates are gathered */
  TILL_SITTING_DETAILS, /* name, digits and payer are asked for; the camera is off again */
  TILL_SITTING_PIN,     /* the customer chooses a PIN, where the shop allows one */
  TILL_SITTING_SAVING,
  TILL_SITTING_LOOK_ALIKE, /* too close to somebody enrolled: a manager is asked */
  TILL_SITTING_DONE,
  TILL_SITTING_FAILED, /* see till_sitting_get_error() */
  TILL_SITTING_PASS,   /* the pass is on show, until whoever carries it has it */
} TillSittingState;

/* Where the face is to be kept. */
typedef enum
{
  TILL_SITTING_KEEP_UNDECIDED,
  TILL_SITTING_KEEP_AT_SHOP,
  TILL_SITTING_KEEP_ON_PASS,
} TillSittingKeep;

typedef enum
{
  TILL_SITTING_AGE_UNDECIDED,
  TILL_SITTING_AGE_ADULT,
  TILL_SITTING_AGE_YOUNGER, /* a guardian agrees with them */
} TillSittingAge;

#define TILL_TYPE_SITTING (till_sitting_get_type ())
G_DECLARE_FINAL_TYPE (TillSitting, till_sitting, TILL, SITTING, GObject)

/**
 * TillSitting: the enrolment of one customer in front of the camera, step by step. Main context only.
 *
 * Signals: "state" (guint), see #TillSittingState; "choices" () when what was decided before the consent is another, or
 * when the pass is to be left or shown again; "frame" (TillFrame *) and "sighting" (TillSighting *) while looking.
 */

/* @source: (nullable) NULL for the first real camera. References are taken. */
TillSitting *till_sitting_new (TillShop *shop, TillCameraSource *source) G_GNUC_WARN_UNUSED_RESULT;

TillSittingState till_sitting_get_state (TillSitting *self);

/*
 * In CONSENT: what the customer decides before there is anything to agree to. Nothing is decided at first but what the
 * shop does not ask: it may give out no passes, and may not ask for the age.
 */
void till_sitting_choose_keep (TillSitting *self, TillSittingKeep keep);
void till_sitting_choose_age (TillSitting *self, TillSittingAge age);
/* @name: the guardian's; one that is empty is none. */
void till_sitting_name_guardian (TillSitting *self, const char *name);
/* Decides anew. */
void till_sitting_choose_again (TillSitting *self);
TillSittingKeep till_sitting_get_keep (TillSitting *self);
TillSittingAge till_sitting_get_age (TillSitting *self);
gboolean till_sitting_asks_keep (TillSitting *self);
/* From which age on people agree by themselves; 0: nobody is asked. */
guint till_sitting_get_guardian_age (TillSitting *self);
/* TRUE once there is something to agree to. */
gboolean till_sitting_is_decided (TillSitting *self);

/* The customer has decided, has read the text and agrees: the camera goes on. */
void till_sitting_agree (TillSitting *self);

/* Looks anew, after a failure or to get better views. */
void till_sitting_look_again (TillSitting *self);

/*
 * In DETAILS: asks the customer for a PIN where the shop allows one, then writes the consent and the record: DONE,
 * LOOK_ALIKE or FAILED; look again or save again after that.
 */
void till_sitting_save (TillSitting *self, const char *name, const char *suffix, const char *payer);

/* In PIN: the customer's own, wiped after use; NULL for none. One that is refused leaves it in PIN with an error. */
void till_sitting_choose_pin (TillSitting *self, const char *pin);
/* In PIN: what was typed twice was not the same. */
void till_sitting_refuse_pin (TillSitting *self);
/* TRUE for somebody whom a face alone does not tell from another customer: then there must be a PIN. */
gboolean till_sitting_needs_pin (TillSitting *self);

/*
 * In LOOK_ALIKE: a manager says that it is not the same person again. A wrong PIN leaves it in LOOK_ALIKE with an
 * error; the right one goes on to saving, or to PIN first if there is none yet.
 */
void till_sitting_confirm_look_alike (TillSitting *self, const char *manager_pin);

/*
 * In PASS: what is on show (transfer none) (nullable), and the text of its code, wiped when it ends. It can't be shown
 * again then, so leaving is asked first; ending it goes to DONE.
 */
TillFacePass *till_sitting_get_pass (TillSitting *self);
const char *till_sitting_get_pass_text (TillSitting *self);
void till_sitting_ask_to_leave_pass (TillSitting *self, gboolean ask);
gboolean till_sitting_asks_to_leave_pass (TillSitting *self);
void till_sitting_end_pass (TillSitting *self);

/* Ends it wherever it is: camera off, templates and pass wiped. */
void till_sitting_cancel (TillSitting *self);

/* Why it failed, or why a PIN was refused (transfer none) (nullable). */
const GError *till_sitting_get_error (TillSitting *self);

/* TRUE once templates are there, so that after FAILED the details can be mended. */
gboolean till_sitting_has_templates (TillSitting *self);

/* Whom it enrolled (transfer none) (nullable: nobody yet, or somebody who carries a pass). */
TillCustomer *till_sitting_get_customer (TillSitting *self);

G_END_DECLS
