/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-catalogue.h"

/* A catalogue of @n articles with ids "a0", "a1", …, of three tax classes in turn, prices as given (transfer full). */
TillCatalogue *sale_shop_new (const char *currency, gboolean inclusive, const gint64 *minor_prices, guint n);

/* (transfer none) */
TillArticle *sale_shop_article (TillCatalogue *shop, guint index);
