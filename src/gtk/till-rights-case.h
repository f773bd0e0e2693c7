/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop-erasure.h"
#include "shop/till-shop-export.h"
#include "shop/till-shop-pass.h"

G_BEGIN_DECLS

#define TILL_TYPE_RIGHTS_CASE (till_rights_case_get_type ())
G_DECLARE_FINAL_TYPE (TillRightsCase, till_rights_case, TILL, RIGHTS_CASE, GObject)

/**
 * TillRightsCase: what people whose face is known here have a right to, done by those who run the till on a manager's
 * word: to be erased, to get all that is held on them, to have a lost pass ended. One thing at a time. Main context.
 *
 * Signals: "changed" () when what is under way is another; "ended" (gboolean done) when something asked for has its end.
 */
TillRightsCase *till_rights_case_new (TillShop *shop) G_GNUC_WARN_UNUSED_RESULT;

/* While somebody holds it, what things come to is told by whoever does so, and nobody else has to. */
void till_rights_case_hold (TillRightsCase *self);
void till_rights_case_release (TillRightsCase *self);
gboolean till_rights_case_is_held (TillRightsCase *self);

/* @id: of a customer or a face pass. */
void till_rights_case_erase (TillRightsCase *self, const char *id, const char *manager_pin);
/* Writes two files into @folder, which only their owner can read: for programs, and as a page for people. */
void
till_rights_case_export (TillRightsCase *self, const char *id, const char *folder, const char *manager_pin);
/* @pass: its id, or its number as printed on it. */
void till_rights_case_revoke (TillRightsCase *self, const char *pass, const char *manager_pin);
/* Erases whoever is due, where the till would not do so by itself. */
void till_rights_case_confirm_expiry (TillRightsCase *self, const char *manager_pin);

TillShop *till_rights_case_get_shop (TillRightsCase *self);
gboolean till_rights_case_is_busy (TillRightsCase *self);
/* What the last thing asked for came to: "", "busy", "done" or "refused", and that in words. */
const char *till_rights_case_get_end (TillRightsCase *self);
const char *till_rights_case_get_words (TillRightsCase *self);
/* The receipt of the last erasure since the program began (transfer none) (nullable). */
TillErasure *till_rights_case_get_erasure (TillRightsCase *self);

G_END_DECLS
