/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop-audit.h"
#include "shop/till-shop-custody.h"

G_BEGIN_DECLS

#define TILL_TYPE_CUSTODY_CASE (till_custody_case_get_type ())
G_DECLARE_FINAL_TYPE (TillCustodyCase, till_custody_case, TILL, CUSTODY_CASE, GObject)

/* What can be asked for. */
typedef enum
{
  TILL_CUSTODY_NOTHING, /* nothing was yet */
  TILL_CUSTODY_UNLOCK,
  TILL_CUSTODY_RETRY,
  TILL_CUSTODY_MAKE,
  TILL_CUSTODY_CONFIRM,
  TILL_CUSTODY_CHECK,
  TILL_CUSTODY_RECOVER,
  TILL_CUSTODY_ROTATE,
  TILL_CUSTODY_ACCEPT,
  TILL_CUSTODY_AUDIT,
} TillCustodyDeed;

/**
 * TillCustodyCase: what an owner does about the keys, the recovery phrase and the books; one thing at a time, each as
 * till-shop-custody.h has it. Main context.
 *
 * Signals: "changed" () when the custody, the phrase, the progress or what is under way is another; "ended" (gboolean
 * done) when something asked for has its end, see till_custody_case_get_deed() and _get_words().
 */
TillCustodyCase *till_custody_case_new (TillShop *shop) G_GNUC_WARN_UNUSED_RESULT;

/* While somebody holds it, what things come to is told by whoever does so, and nobody else has to. */
void till_custody_case_hold (TillCustodyCase *self);
void till_custody_case_release (TillCustodyCase *self);
gboolean till_custody_case_is_held (TillCustodyCase *self);

void till_custody_case_unlock (TillCustodyCase *self);
void till_custody_case_retry (TillCustodyCase *self);
/* @owner_pin: (nullable) */
void till_custody_case_make (TillCustodyCase *self, const char *owner_pin);
void till_custody_case_confirm (TillCustodyCase *self, const char *phrase);
void till_custody_case_check (TillCustodyCase *self, const char *phrase);
void till_custody_case_recover (TillCustodyCase *self, const char *phrase);
void till_custody_case_rotate (TillCustodyCase *self, const char *owner_pin, gboolean void_passes);
void till_custody_case_accept (TillCustodyCase *self, const char *pin);
void till_custody_case_audit (TillCustodyCase *self);

TillShop *till_custody_case_get_shop (TillCustodyCase *self);
gboolean till_custody_case_is_busy (TillCustodyCase *self);
/* What is under way, or was last. */
TillCustodyDeed till_custody_case_get_deed (TillCustodyCase *self);
/* What it came to: "", "busy", "done" or "refused", and that in words. */
const char *till_custody_case_get_end (TillCustodyCase *self);
const char *till_custody_case_get_words (TillCustodyCase *self);
/* How far a change of keys is, 0 to 1. */
double till_custody_case_get_progress (TillCustodyCase *self);

/* The phrase that was made and is not in force yet (transfer none) (nullable). */
TillSecret *till_custody_case_get_phrase (TillCustodyCase *self);
/* Wipes it, as confirming it does. */
void till_custody_case_forget_phrase (TillCustodyCase *self);

/* TRUE while all is well but for a recovery phrase. */
gboolean till_custody_case_wants_phrase (TillCustodyCase *self);
/* What the books were last found to be (transfer none) (nullable). */
TillAudit *till_custody_case_get_audit (TillCustodyCase *self);

G_END_DECLS
