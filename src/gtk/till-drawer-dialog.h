/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_DRAWER_DIALOG (till_drawer_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TillDrawerDialog, till_drawer_dialog, TILL, DRAWER_DIALOG, AdwWindow)

/* What it can be about beside what happens to a drawer: counting it as the last thing of a day. */
#define TILL_DRAWER_DIALOG_CLOSE "close-day"

/**
 * TillDrawerDialog: asks how much, and for the manager's PIN where the shop wants it, and writes it in the books. A
 * count's difference is told before it is written. When the day was closed it shows the report. @what: one of
 * %TILL_SHOP_DRAWER_OPENING and its like, or %TILL_DRAWER_DIALOG_CLOSE.
 */
GtkWindow *till_drawer_dialog_new (TillApplication *application,
                                   GtkWindow *parent,
                                   const char *what) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
