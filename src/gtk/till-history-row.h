/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-sale-story.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_HISTORY_ROW (till_history_row_get_type ())
G_DECLARE_FINAL_TYPE (TillHistoryRow, till_history_row, TILL, HISTORY_ROW, GtkWidget)

/* TillHistoryRow: one sale in the list of sales. */
GtkWidget *till_history_row_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_history_row_set_story (TillHistoryRow *self, TillSaleStory *story);

G_END_DECLS
