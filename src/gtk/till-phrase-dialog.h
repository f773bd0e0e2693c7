/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_PHRASE_DIALOG (till_phrase_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TillPhraseDialog, till_phrase_dialog, TILL, PHRASE_DIALOG, AdwWindow)

/**
 * TillPhraseDialog: asks the owner for the recovery phrase. @deed: %TILL_CUSTODY_RECOVER brings the lost key back,
 * %TILL_CUSTODY_CHECK only tells whether the phrase is the one in force.
 */
GtkWindow *till_phrase_dialog_new (TillApplication *application,
                                   GtkWindow *parent,
                                   TillCustodyDeed deed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
