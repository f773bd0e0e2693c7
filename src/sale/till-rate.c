/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-rate.h"

#include <locale.h>

char *
till_rate_format (int rate)
{
  const char *point = localeconv ()->decimal_point;
  int whole = rate / 100, rest = rate % 100;

  if (rest == 0)
    return g_strdup_printf ("%d", whole);
  if (rest % 10 == 0)
    return g_strdup_printf ("%d%s%d", whole, point, rest / 10);
  return g_strdup_printf ("%d%s%02d", whole, point, rest);
}
