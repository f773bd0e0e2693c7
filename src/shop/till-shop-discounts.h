/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-discount-rules.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What the shop takes off without being asked, as its settings say it: "smile-discount", "threshold-from" and
 * "threshold-off", "gift-amount", "gift-one-in" and "gift-daily-budget".
 *
 * @given: (nullable) what was given away as gifts today; NULL while that is not known: then there are none.
 *
 * Fills in @rules. FALSE with the error of the first amount that can't be read; nothing is taken off by a rule of which
 * an amount can't be read or that is at odds with itself.
 */
gboolean till_shop_discounts_read (GSettings *settings,
                                   const char *currency,
                                   const TillMoney *given,
                                   TillDiscountRules *rules,
                                   GError **error);

/* TRUE if the settings ask for gifts: then what was given today has to be known. */
gboolean till_shop_discounts_have_gifts (GSettings *settings);

G_END_DECLS
