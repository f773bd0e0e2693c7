/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-refund-case.h"
#include "sale/till-sale-story.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TILL_TYPE_HISTORY_DETAIL (till_history_detail_get_type ())
G_DECLARE_FINAL_TYPE (TillHistoryDetail, till_history_detail, TILL, HISTORY_DETAIL, GtkWidget)

/**
 * TillHistoryDetail: one sale: how it stands, what happened, its receipt, and what can be done about it.
 *
 * Signals: "give-back" (guint #TillRefundKind) when a button for that was pressed; "print" () and "save" () likewise.
 */
void till_history_detail_set_story (TillHistoryDetail *self, TillSaleStory *story);
/* Puts the focus on the first thing that can be done. */
void till_history_detail_focus (TillHistoryDetail *self);

G_END_DECLS
