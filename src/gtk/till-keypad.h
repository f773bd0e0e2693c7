/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_KEYPAD (till_keypad_get_type ())
G_DECLARE_FINAL_TYPE (TillKeypad, till_keypad, TILL, KEYPAD, GtkWidget)

/**
 * TillKeypad: ten digit keys and one to erase, laid out as on a phone, that activate app.digit and app.erase-digit.
 */
GtkWidget *till_keypad_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a key that ends the typing by activating @action_name; gives the key (transfer none). */
GtkWidget *till_keypad_add_enter (TillKeypad *self, const char *action_name);

G_END_DECLS
