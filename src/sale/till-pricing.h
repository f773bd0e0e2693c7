/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-discount.h"
#include "sale/till-tax.h"

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A whole smile, in the unit of smiles: thousandths. */
#define TILL_SMILE_WHOLE 1000

/**
 * TillPricing: what a basket costs at one moment, with every discount and tax worked out: the one place where that is
 * done. Immutable, reference-counted, any thread. It has its own copy of everything.
 *
 * How it is worked out, in minor units and whole numbers throughout:
 *
 *   1. Discounts, each on what those before it have left and never more than that: on lines, on the basket, above the
 *      threshold, the gift, and last the smile or, for whoever pays another way, as much as a whole one takes off. A rate
 *      is rounded once, half away from zero.
 *   2. A discount on the whole basket is spread over the lines by what each has left (till_apportion()), so that the
 *      lines' parts add up to it exactly and no line falls below zero.
 *   3. Tax, once per class on what the class's lines come to after all discounts (till_tax_sum()).
 *
 * So lines - discounts = what is taxed, and net + tax = gross = the total, to the minor unit; no discount raises a
 * total, and a larger smile never costs more than a smaller one.
 */
typedef struct _TillPricing TillPricing;

/* One article's line. total - off = what is paid for it as prices are marked (before tax where they don't hold it). */
typedef struct
{
  const char *article; /* id */
  const char *name;
  const char *tax_class; /* id */
  guint quantity;
  TillMoney price; /* of one, as marked */
  TillMoney total; /* price times quantity */
  TillMoney off;   /* of all discounts, what falls on this line */
} TillPricingLine;

#define TILL_TYPE_PRICING (till_pricing_get_type ())
GType till_pricing_get_type (void);

TillPricing *till_pricing_ref (TillPricing *self);
void till_pricing_unref (TillPricing *self);

/* All (transfer none); an index is below the number of its kind. */
gboolean till_pricing_is_tax_inclusive (const TillPricing *self);
/* How much of a whole smile it was worked out for: 0..%TILL_SMILE_WHOLE. */
guint till_pricing_get_smile (const TillPricing *self);
guint till_pricing_get_n_lines (const TillPricing *self);
const TillPricingLine *till_pricing_get_line (const TillPricing *self, guint index);
/* The lines' totals: goods as marked, before discounts. */
const TillMoney *till_pricing_get_goods (const TillPricing *self);
/* All that is taken off that. */
const TillMoney *till_pricing_get_off (const TillPricing *self);
/* What the customer pays, tax and all. It can be 0: what nothing is asked for can't be charged to a face. */
const TillMoney *till_pricing_get_total (const TillPricing *self);
/* In the order of their kinds, those on lines in the lines' order; none of 0. */
guint till_pricing_get_n_discounts (const TillPricing *self);
const TillDiscount *till_pricing_get_discount (const TillPricing *self, guint index);
/* In the order of the shop's tax table. */
guint till_pricing_get_n_taxes (const TillPricing *self);
const TillTaxSum *till_pricing_get_tax (const TillPricing *self, guint index);

/* For a row of the ledger: [{"kind", ["article"], ["rate"], "amount"}] (transfer full). */
JsonArray *till_pricing_discounts_to_json (const TillPricing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPricing, till_pricing_unref)

G_END_DECLS
