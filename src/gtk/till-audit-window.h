/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_AUDIT_WINDOW (till_audit_window_get_type ())
G_DECLARE_FINAL_TYPE (TillAuditWindow, till_audit_window, TILL, AUDIT_WINDOW, AdwWindow)

/** TillAuditWindow: what checking books and records came to: each finding with what to do about it. */
GtkWindow *till_audit_window_new (TillApplication *application, GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
