/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_ERASURE_DIALOG (till_erasure_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TillErasureDialog, till_erasure_dialog, TILL, ERASURE_DIALOG, AdwWindow)

/**
 * TillErasureDialog: says what goes and what stays before somebody is erased, asks the manager, and then has the receipt of
 * it, to be printed for the customer.
 */
GtkWindow *till_erasure_dialog_new (TillApplication *application,
                                    GtkWindow *parent,
                                    const char *id,
                                    const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
