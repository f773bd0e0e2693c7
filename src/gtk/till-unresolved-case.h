/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop-unresolved.h"

G_BEGIN_DECLS

#define TILL_TYPE_UNRESOLVED_CASE (till_unresolved_case_get_type ())
G_DECLARE_FINAL_TYPE (TillUnresolvedCase, till_unresolved_case, TILL, UNRESOLVED_CASE, GObject)

/**
 * TillUnresolvedCase: one attempt without an end, and what people do about it: one thing at a time. Main context only.
 *
 * Signals: "changed" () when it is busy or no longer, or more is known; "ended" (const char *words) when its end is
 *          known or a manager has settled it.
 */
TillUnresolvedCase *till_unresolved_case_new (TillShop *shop,
                                              TillUnresolved *unresolved) G_GNUC_WARN_UNUSED_RESULT;

/* What was read anew about the same attempt. */
void till_unresolved_case_set_known (TillUnresolvedCase *self, TillUnresolved *unresolved);
const TillUnresolved *till_unresolved_case_get_known (TillUnresolvedCase *self);

/* Nothing happens while it is busy. */
void till_unresolved_case_ask (TillUnresolvedCase *self);
void till_unresolved_case_reverse (TillUnresolvedCase *self);
void till_unresolved_case_settle (TillUnresolvedCase *self,
                                  gboolean taken,
                                  const char *evidence,
                                  const char *manager_pin);

gboolean till_unresolved_case_is_busy (TillUnresolvedCase *self);
gboolean till_unresolved_case_is_over (TillUnresolvedCase *self);
/* What the last thing done about it came to (transfer none); "" before that. */
const char *till_unresolved_case_get_words (TillUnresolvedCase *self);
/* TRUE if that was a refusal. */
gboolean till_unresolved_case_was_refused (TillUnresolvedCase *self);

G_END_DECLS
