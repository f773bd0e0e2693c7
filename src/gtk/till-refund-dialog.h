/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"
#include "gtk/till-refund-case.h"
#include "sale/till-sale-story.h"

G_BEGIN_DECLS

#define TILL_TYPE_REFUND_DIALOG (till_refund_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TillRefundDialog, till_refund_dialog, TILL, REFUND_DIALOG, AdwWindow)

/*
 * TillRefundDialog: asks what is given back of a sale, why, and for the manager's PIN; shows how much goes back and by
 * which way before it goes, and what came of it.
 */
GtkWindow *till_refund_dialog_new (TillApplication *application,
                                   GtkWindow *parent,
                                   TillRefundKind kind,
                                   TillSaleStory *story) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
