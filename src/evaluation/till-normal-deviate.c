/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-normal-deviate.h"

#include <math.h>

/* Beyond it the share is less than a double can hold. */
#define FURTHEST 38.0

double
till_normal_deviate (double share)
{
  double least = -FURTHEST;
  double most = FURTHEST;

  g_return_val_if_fail (share >= 0 && share <= 1, (double) NAN);

  if (share == 0)
    return -INFINITY;
  if (share == 1)
    return INFINITY;
  /* Near 1 the error function has no digits left, near 0 it has all of them. */
  if (share > 0.5)
    return -till_normal_deviate (1 - share);
  while (most - least > 1e-12)
    {
      double middle = (least + most) / 2;

      if (erfc (-middle / M_SQRT2) / 2 < share)
        least = middle;
      else
        most = middle;
    }
  return (least + most) / 2;
}
