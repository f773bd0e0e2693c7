/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket-content.h"
#include "sale/till-discount-rules.h"
#include "sale/till-pricing.h"

G_BEGIN_DECLS

/*
 * For the basket alone. @offer: %TILL_DISCOUNT_SMILE for @smile thousandths of a whole one, %TILL_DISCOUNT_EQUAL for what
 * a whole one takes off without any. Errors as till_tax_sum() (transfer full).
 */
TillPricing *till_pricing_new (const TillBasketContent *content,
                               const TillTaxTable *taxes,
                               const char *currency,
                               const TillDiscountRules *rules,
                               gboolean gift,
                               TillDiscountKind offer,
                               guint smile,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type TillTaxSum) (transfer full) */
GArray *till_pricing_copy_taxes (const TillPricing *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
