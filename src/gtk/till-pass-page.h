/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-sitting.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_PASS_PAGE (till_pass_page_get_type ())
G_DECLARE_FINAL_TYPE (TillPassPage, till_pass_page, TILL, PASS_PAGE, GtkWidget)

/**
 * TillPassPage: the one time a face pass is on show: its code to photograph or print, its number and last day, and
 * whether it is safe before it is gone for good.
 */
GtkWidget *till_pass_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @sitting: (nullable) whose pass to show from now on; nothing of one stays after it ended. */
void till_pass_page_set_sitting (TillPassPage *self, TillSitting *sitting);

G_END_DECLS
