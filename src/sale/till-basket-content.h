/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-article.h"

G_BEGIN_DECLS

/**
 * TillBasketContent: what a basket holds at one moment, goods and the cashier's discounts, so that it can be priced
 * before it is shown and kept for undoing. Reference-counted; not changed any more once it is a basket's.
 */
typedef struct
{
  TillArticle *article;
  guint quantity;
  int rate;   /* taken off the line: hundredths of a per cent, or … */
  gint64 off; /* … minor units; at most one of both is above 0 */
} TillBasketItem;

typedef struct
{
  GArray *items; /* (element-type TillBasketItem) */
  int rate;      /* the same off everything */
  gint64 off;
} TillBasketContent;

TillBasketContent *till_basket_content_new (void) G_GNUC_WARN_UNUSED_RESULT;
TillBasketContent *till_basket_content_copy (const TillBasketContent *self) G_GNUC_WARN_UNUSED_RESULT;
TillBasketContent *till_basket_content_ref (TillBasketContent *self);
void till_basket_content_unref (TillBasketContent *self);

TillBasketItem *till_basket_content_get (const TillBasketContent *self, guint index);
/* Where article @id is, or -1. */
int till_basket_content_find (const TillBasketContent *self, const char *id);
void till_basket_content_append (TillBasketContent *self, TillArticle *article, guint quantity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillBasketContent, till_basket_content_unref)

G_END_DECLS
