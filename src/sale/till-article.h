/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define TILL_TYPE_ARTICLE (till_article_get_type ())
G_DECLARE_FINAL_TYPE (TillArticle, till_article, TILL, ARTICLE, GObject)

/**
 * TillArticle: something the shop sells. Immutable; any thread.
 *
 * Properties, all read-only, for lists in a window: "id", "name", "barcode", "category", "emoji", "price-text".
 */

/**
 * @id: the shop's own, 1 to 64 of a-z, 0-9 and "-".
 * @name: see till_name_check().
 * @barcode: (nullable) EAN-13, EAN-8 or UPC-A (12 digits) with a right check digit.
 * @price: zero or more.
 * @tax_class: id of a class of the shop's tax table.
 * @category: see till_name_check().
 * @emoji: (nullable) a picture for the tile, at most 16 bytes.
 *
 * %TILL_ERROR_INVALID names what is wrong (transfer full).
 */
TillArticle *till_article_new (const char *id,
                               const char *name,
                               const char *barcode,
                               const TillMoney *price,
                               const char *tax_class,
                               const char *category,
                               const char *emoji,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All (transfer none). */
const char *till_article_get_id (TillArticle *self);
const char *till_article_get_name (TillArticle *self);
const char *till_article_get_barcode (TillArticle *self); /* (nullable) */
const TillMoney *till_article_get_price (TillArticle *self);
const char *till_article_get_tax_class (TillArticle *self);
const char *till_article_get_category (TillArticle *self);
const char *till_article_get_emoji (TillArticle *self); /* (nullable) */

/* TRUE for 8, 12 or 13 digits of which the last is the GS1 check digit of the others; else %TILL_ERROR_INVALID. */
gboolean till_barcode_check (const char *barcode, GError **error);

G_END_DECLS
