/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_RECOVERY_WINDOW (till_recovery_window_get_type ())
G_DECLARE_FINAL_TYPE (TillRecoveryWindow, till_recovery_window, TILL, RECOVERY_WINDOW, AdwWindow)

/**
 * TillRecoveryWindow: takes the owner through making the recovery phrase: why, the owner's PIN, the words to be written
 * down, typing them back. The words are on no page but the second, and nowhere once the window goes.
 */
GtkWindow *till_recovery_window_new (TillApplication *application,
                                     GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
