/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-discount.h"

#include "sale/till-rate.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *word;
  const char *label;
} kinds[TILL_N_DISCOUNT_KINDS] = {
  [TILL_DISCOUNT_LINE] = { "line", N_ ("Discount") },
  [TILL_DISCOUNT_BASKET] = { "basket", N_ ("Discount on everything") },
  [TILL_DISCOUNT_THRESHOLD] = { "threshold", N_ ("Large purchase discount") },
  [TILL_DISCOUNT_GIFT] = { "gift", N_ ("Gift from the shop") },
  [TILL_DISCOUNT_SMILE] = { "smile", N_ ("Smile discount") },
  [TILL_DISCOUNT_EQUAL] = { "equal", N_ ("Same offer without a smile") },
};

void
till_discount_clear (TillDiscount *discount)
{
  g_clear_pointer (&discount->article, g_free);
}

const char *
till_discount_kind_to_string (TillDiscountKind kind)
{
  g_return_val_if_fail ((guint) kind < TILL_N_DISCOUNT_KINDS, NULL);
  return kinds[kind].word;
}

gboolean
till_discount_kind_from_string (const char *word, TillDiscountKind *kind)
{
  for (guint i = 0; i < TILL_N_DISCOUNT_KINDS; i++)
    if (g_strcmp0 (word, kinds[i].word) == 0)
      {
        *kind = (TillDiscountKind) i;
        return TRUE;
      }
  return FALSE;
}

const char *
till_discount_kind_get_label (TillDiscountKind kind)
{
  g_return_val_if_fail ((guint) kind < TILL_N_DISCOUNT_KINDS, NULL);
  return _ (kinds[kind].label);
}

char *
till_discount_format (const TillDiscount *discount)
{
  const char *label = till_discount_kind_get_label (discount->kind);

  if (discount->rate == 0)
    return g_strdup (label);

  g_autofree char *rate = till_rate_format (discount->rate);
  /* Translators: what is taken off, and its rate: "Smile discount 3.2 %". */
  return g_strdup_printf (_ ("%s %s %%"), label, rate);
}
