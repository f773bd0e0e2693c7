/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket-line.h"
#include "sale/till-catalogue.h"
#include "sale/till-discount-rules.h"
#include "sale/till-pricing.h"

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

/*
 * Takes @rate (hundredths of a per cent) or @amount off the line of article @id, instead of what was taken off it
 * before; rate 0 and @amount NULL or 0: nothing. An amount stays when the quantity changes, but takes no more than the
 * line comes to. %TILL_ERROR_NOT_FOUND without such a line, %TILL_ERROR_INVALID for a rate above 100 %, a rate and an
 * amount together, or less than nothing; %TILL_ERROR_CURRENCY; %TILL_ERROR_REFUSED for more than the line comes to.
 */
gboolean till_basket_discount_line (
    TillBasket *self, const char *id, int rate, const TillMoney *amount, GError **error);
/* The same off everything, after the lines' own discounts. */
gboolean till_basket_discount (TillBasket *self, int rate, const TillMoney *amount, GError **error);
/* What till_basket_discount() set; both 0 for nothing. @amount may be NULL. */
void till_basket_get_discount (TillBasket *self, int *rate, TillMoney *amount);

/*
 * What the shop takes off without being asked, from now on and for later customers too; not undone. It is a
 * programming error if till_discount_rules_check() does not pass them.
 */
void till_basket_set_rules (TillBasket *self, const TillDiscountRules *rules);

/*
 * Draws the gift, once for each customer (until till_basket_reset()), when the basket is first charged: later calls
 * and other goods change nothing about it. TRUE if this basket has it. Nothing is drawn for an empty basket, without a
 * rule for gifts, or when the budget does not hold one.
 */
gboolean till_basket_draw_gift (TillBasket *self);

/* Empties the basket of goods and discounts; can be undone. */
void till_basket_clear (TillBasket *self);

/* Takes back the last change, then the one before it, up to 100; FALSE if there is none. */
gboolean till_basket_undo (TillBasket *self);
gboolean till_basket_can_undo (TillBasket *self);

/* Empties it for the next customer: nothing is left to undo. */
void till_basket_reset (TillBasket *self);

const char *till_basket_get_currency (TillBasket *self);
/* What the customer pays without a smile, tax and all: the most that can be asked for (transfer none). */
const TillMoney *till_basket_get_total (TillBasket *self);
/*
 * All of it worked out for @smile thousandths of a whole smile (more counts as whole), 0 for none. Errors as
 * till_tax_sum() (transfer full).
 */
TillPricing *till_basket_price (TillBasket *self, guint smile, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/*
 * The same for whoever pays without showing a face: as much off as a whole smile takes off, with nothing to do for it.
 */
TillPricing *till_basket_price_equal (TillBasket *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Without a smile (element-type TillTaxSum) (transfer full), see till_tax_sum(). */
GArray *till_basket_get_taxes (TillBasket *self);
gboolean till_basket_is_tax_inclusive (TillBasket *self);

/* Counts up with every change, never back: whoever agreed to one revision has not agreed to another. */
guint64 till_basket_get_revision (TillBasket *self);

G_END_DECLS
