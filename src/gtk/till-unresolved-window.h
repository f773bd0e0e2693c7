/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_UNRESOLVED_WINDOW (till_unresolved_window_get_type ())
G_DECLARE_FINAL_TYPE (TillUnresolvedWindow, till_unresolved_window, TILL, UNRESOLVED_WINDOW, AdwWindow)

/* TillUnresolvedWindow: the payments and refunds whose outcome is unknown, and what a cashier can do about them. */
GtkWindow *till_unresolved_window_new (TillApplication *application,
                                       GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
