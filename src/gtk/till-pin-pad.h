/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-digits.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_PIN_PAD (till_pin_pad_get_type ())
G_DECLARE_FINAL_TYPE (TillPinPad, till_pin_pad, TILL, PIN_PAD, GtkWidget)

/**
 * TillPinPad: where a customer types a PIN: a dot for each digit, and the keypad, with a key that activates
 * app.enter-pin.
 */
GtkWidget *till_pin_pad_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* A reference is taken. */
void till_pin_pad_follow (TillPinPad *self, TillDigits *pin);

/* Puts the focus where typing digits and Enter do what is expected of them. */
void till_pin_pad_focus (TillPinPad *self);

G_END_DECLS
