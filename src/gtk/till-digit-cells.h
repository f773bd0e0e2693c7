/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-digits.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_DIGIT_CELLS (till_digit_cells_get_type ())
G_DECLARE_FINAL_TYPE (TillDigitCells, till_digit_cells, TILL, DIGIT_CELLS, GtkWidget)

/** TillDigitCells: a cell for each digit that is to be typed, a dot in those that are, and never the digit. */
GtkWidget *till_digit_cells_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Once. A reference is taken. */
void till_digit_cells_follow (TillDigitCells *self, TillDigits *digits);

G_END_DECLS
