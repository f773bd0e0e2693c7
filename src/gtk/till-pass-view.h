/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-pass-code.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_PASS_VIEW (till_pass_view_get_type ())
G_DECLARE_FINAL_TYPE (TillPassView, till_pass_view, TILL, PASS_VIEW, GtkWidget)

/** TillPassView: the code of a face pass, as large a square as there is room for, black on white whatever the theme. */
GtkWidget *till_pass_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @code: (nullable) A reference is taken. */
void till_pass_view_set_code (TillPassView *self, TillPassCode *code);

G_END_DECLS
