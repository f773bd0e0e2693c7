/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_MANAGER_DIALOG (till_manager_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TillManagerDialog, till_manager_dialog, TILL, MANAGER_DIALOG, AdwWindow)

/**
 * TillManagerDialog: asks for the manager's PIN, or the owner's; where there is none yet, for one to be set first. It stays
 * open until the PIN was right or it is closed. Signal "confirmed" (const char *pin) before it closes.
 */
TillManagerDialog *till_manager_dialog_new (TillApplication *application,
                                            GtkWindow *parent,
                                            const char *heading,
                                            const char *words,
                                            const char *confirm) G_GNUC_WARN_UNUSED_RESULT;

/* The same for what only the owner may. */
TillManagerDialog *till_manager_dialog_new_for_owner (TillApplication *application,
                                                      GtkWindow *parent,
                                                      const char *heading,
                                                      const char *words,
                                                      const char *confirm) G_GNUC_WARN_UNUSED_RESULT;

/* Asks for a new PIN too, and replaces the present one by it. */
void till_manager_dialog_change (TillManagerDialog *self);

G_END_DECLS
