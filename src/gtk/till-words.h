/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"

G_BEGIN_DECLS

/* What the rooms below say by a code, in the words of the pages. All (transfer none), translated. */

/* What the customer should do; "" when there is nothing to mend. */
const char *till_words_for_hint (TillHint hint);
const char *till_words_for_enrolment_hint (TillEnrolmentHint hint);
/* What to do about the smile, when @made of them were made already. */
const char *till_words_for_smile (TillSmileState smile, guint made);
/* Heading and text of a page that says how a try ended: declined, not confirmed, no camera, in doubt. */
const char *till_words_for_ending (TillCheckoutState state);
const char *till_words_for_reason (TillCheckoutState state, const char *reason);
/* What is being done while a payment in doubt is called off. */
const char *till_words_for_reversal (void);
/* What paying @amount with a smile asks for beyond the one smile; "" when nothing. */
const char *till_words_for_policy (const TillCheckoutPolicy *policy, const TillMoney *amount);
/* The limits that hold for whatever is paid with a smile; "" when there are none (transfer full). */
char *till_words_for_limits (const TillCheckoutPolicy *policy);
/*
 * Why this can't be paid with a smile, see till_checkout_get_face_refusal(): a sentence (transfer full), and two or
 * three words for where that does not fit.
 */
char *till_words_for_refusal (const char *refusal, const TillCheckoutPolicy *policy);
const char *till_words_for_refusal_in_short (const char *refusal);
/* What the cashier is told is going on at the customer's side. */
const char *till_words_for_cashier (TillCheckoutState state);
/* What the cashier can do about it; "" when the buttons say it all. */
const char *till_words_cashier_advice (TillCheckoutState state);

/*
 * What a customer who is to type digits is told of face passes; @pass: as till_checkout_get_pass() (nullable: none was
 * shown yet).
 */
const char *till_words_for_pass (const char *pass);

G_END_DECLS
