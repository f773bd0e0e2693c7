/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-catalogue.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_GOODS_VIEW (till_goods_view_get_type ())
G_DECLARE_FINAL_TYPE (TillGoodsView, till_goods_view, TILL, GOODS_VIEW, GtkWidget)

/**
 * TillGoodsView: the shop's goods as tiles, by category and search. A tile activates app.add-article; a barcode typed
 * or scanned into the search, with Enter, app.add-barcode.
 */
GtkWidget *till_goods_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_goods_view_set_catalogue (TillGoodsView *self, TillCatalogue *catalogue);

/* While set, what is typed anywhere in @widget goes to the search; NULL ends that. */
void till_goods_view_capture_keys (TillGoodsView *self, GtkWidget *widget);

G_END_DECLS
