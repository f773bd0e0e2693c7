/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_POLICY_WINDOW (till_policy_window_get_type ())
G_DECLARE_FINAL_TYPE (TillPolicyWindow, till_policy_window, TILL, POLICY_WINDOW, AdwPreferencesWindow)

/**
 * TillPolicyWindow: what the shop asks for when somebody pays by face. Changes count at once, from the next customer on.
 * Who opens it has asked for the manager's PIN.
 */
GtkWindow *till_policy_window_new (TillApplication *application, GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
