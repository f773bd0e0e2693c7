/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TILL_TYPE_DIGITS (till_digits_get_type ())
G_DECLARE_FINAL_TYPE (TillDigits, till_digits, TILL, DIGITS, GObject)

/**
 * TillDigits: digits being typed on a keypad, kept in memory that is wiped. Property "length" (uint), read-only,
 * notifies each change.
 */
TillDigits *till_digits_new (guint capacity) G_GNUC_WARN_UNUSED_RESULT;

/* FALSE for what is no ASCII digit, or when it is full. */
gboolean till_digits_append (TillDigits *self, char digit);
void till_digits_erase (TillDigits *self);
void till_digits_clear (TillDigits *self);
guint till_digits_get_length (TillDigits *self);
guint till_digits_get_capacity (TillDigits *self);
gboolean till_digits_is_full (TillDigits *self);
/* (transfer none) */
const char *till_digits_get_text (TillDigits *self);

G_END_DECLS
