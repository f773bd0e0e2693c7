/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-article.h"
#include "sale/till-tax.h"

G_BEGIN_DECLS

/**
 * TillBasketContent: what a basket holds at one moment, as a plain list that can be worked out before it is shown and
 * kept for undoing.
 */
typedef struct
{
  TillArticle *article;
  guint quantity;
  TillMoney total; /* price times quantity, filled in by till_basket_content_price() */
} TillBasketItem;

/* (element-type TillBasketItem) (transfer full) */
GArray *till_basket_content_new (void) G_GNUC_WARN_UNUSED_RESULT;
GArray *till_basket_content_copy (GArray *content) G_GNUC_WARN_UNUSED_RESULT;
TillBasketItem *till_basket_content_get (GArray *content, guint index);
/* Where article @id is, or -1. */
int till_basket_content_find (GArray *content, const char *id);
void till_basket_content_append (GArray *content, TillArticle *article, guint quantity);

/*
 * Works out each item's total and what the whole comes to, tax and all. Errors as till_tax_sum().
 */
gboolean till_basket_content_price (
    GArray *content, const TillTaxTable *taxes, const char *currency, TillMoney *total, GError **error);

/* The content's taxes (transfer full); its items must have been priced. */
GArray *till_basket_content_sum_taxes (GArray *content,
                                       const TillTaxTable *taxes,
                                       const char *currency,
                                       GError **error);

G_END_DECLS
