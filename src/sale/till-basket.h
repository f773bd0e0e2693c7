/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket-line.h"
#include "sale/till-catalogue.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TILL_TYPE_BASKET (till_basket_get_type ())
G_DECLARE_FINAL_TYPE (TillBasket, till_basket, TILL, BASKET, GObject)

/**
 * TillBasket: what a customer is about to pay for. Main thread.
 *
 * Signal "changed" () after any change, when lines, total and revision are the new ones. Properties, read-only:
 * "revision" (uint64), "can-undo", "empty".
 *
 * A change that can't be made leaves the basket as it was.
 */

#define TILL_BASKET_MAX_QUANTITY 999
#define TILL_BASKET_MAX_LINES    500

/* Of the catalogue's currency and taxes (a reference is taken). */
TillBasket *till_basket_new (TillCatalogue *catalogue) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type TillBasketLine) (transfer none), in the order rung up. */
GListModel *till_basket_get_lines (TillBasket *self);
gboolean till_basket_is_empty (TillBasket *self);
/* How many pieces there are in all. */
guint till_basket_count_pieces (TillBasket *self);

/*
 * Puts @quantity (1 or more) of @article in, onto its line if it has one. %TILL_ERROR_REFUSED beyond
 * %TILL_BASKET_MAX_QUANTITY or %TILL_BASKET_MAX_LINES, %TILL_ERROR_OVERFLOW for a total that can't be counted,
 * %TILL_ERROR_CURRENCY or %TILL_ERROR_NOT_FOUND for an article of another currency or tax table.
 */
gboolean till_basket_add (TillBasket *self, TillArticle *article, guint quantity, GError **error);

/* Sets the quantity of the line of article @id; 0 takes the line out. %TILL_ERROR_NOT_FOUND, and as above. */
gboolean till_basket_set_quantity (TillBasket *self, const char *id, guint quantity, GError **error);
gboolean till_basket_remove (TillBasket *self, const char *id, GError **error);

/* Empties the basket; can be undone. */
void till_basket_clear (TillBasket *self);

/* Takes back the last change, then the one before it, up to 100; FALSE if there is none. */
gboolean till_basket_undo (TillBasket *self);
gboolean till_basket_can_undo (TillBasket *self);

/* Empties it for the next customer: nothing is left to undo. */
void till_basket_reset (TillBasket *self);

const char *till_basket_get_currency (TillBasket *self);
/* What the customer pays, tax and all (transfer none). */
const TillMoney *till_basket_get_total (TillBasket *self);
/* (element-type TillTaxSum) (transfer full), see till_tax_sum(). */
GArray *till_basket_get_taxes (TillBasket *self);
gboolean till_basket_is_tax_inclusive (TillBasket *self);

/* Counts up with every change, never back: whoever agreed to one revision has not agreed to another. */
guint64 till_basket_get_revision (TillBasket *self);

G_END_DECLS
