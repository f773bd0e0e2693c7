/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_HISTORY_WINDOW (till_history_window_get_type ())
G_DECLARE_FINAL_TYPE (TillHistoryWindow, till_history_window, TILL, HISTORY_WINDOW, AdwWindow)

/*
 * TillHistoryWindow: the sales of the day beside the one that is chosen. It leaves the other windows usable, and none of
 * the till's own keys work in it: Escape closes it and nothing else.
 */
GtkWindow *till_history_window_new (TillApplication *application,
                                    GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
