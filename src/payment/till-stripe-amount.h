/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

G_BEGIN_DECLS

/*
 * That API counts a few currencies in another smallest unit than ISO 4217 does: krónur and shillings in hundredths
 * that do not exist (ISK, UGX), ariary whole (MGA). %TILL_ERROR_UNSUPPORTED for an amount it can't write,
 * %TILL_ERROR_OVERFLOW for one too large.
 */
gboolean till_stripe_amount (const TillMoney *money, gint64 *amount, GError **error);

G_END_DECLS
