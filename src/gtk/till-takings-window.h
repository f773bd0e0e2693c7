/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_TAKINGS_WINDOW (till_takings_window_get_type ())
G_DECLARE_FINAL_TYPE (TillTakingsWindow, till_takings_window, TILL, TAKINGS_WINDOW, AdwWindow)

/** TillTakingsWindow: the takings since the day was last closed, hour by hour and sum by sum; the drawer; closing. */
GtkWindow *till_takings_window_new (TillApplication *application,
                                    GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
