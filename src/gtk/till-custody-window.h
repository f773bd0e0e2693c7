/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_CUSTODY_WINDOW (till_custody_window_get_type ())
G_DECLARE_FINAL_TYPE (TillCustodyWindow, till_custody_window, TILL, CUSTODY_WINDOW, AdwWindow)

/** TillCustodyWindow: how it stands with keyring, owner's PIN, recovery phrase, keys and books, and what can be done. */
GtkWindow *till_custody_window_new (TillApplication *application,
                                    GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
