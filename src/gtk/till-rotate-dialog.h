/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_ROTATE_DIALOG (till_rotate_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TillRotateDialog, till_rotate_dialog, TILL, ROTATE_DIALOG, AdwWindow)

/** TillRotateDialog: changes every key, after the owner was told what that means and gave their PIN; shows how far it is. */
GtkWindow *till_rotate_dialog_new (TillApplication *application, GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
