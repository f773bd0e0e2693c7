/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop.h"

G_BEGIN_DECLS

/*
 * What was sold and what became of it: (element-type TillSaleStory) (transfer full), newest first.
 *
 * @since_us: UTC microseconds from which on something happened to the sale; 0: since the day was last closed. A sale
 * of before that which was refunded, disputed or resolved since is among them, with all of its story.
 */
void till_shop_list_history_async (TillShop *self,
                                   gint64 since_us,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *till_shop_list_history_finish (TillShop *self, GAsyncResult *result, GError **error);

G_END_DECLS
