/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-random-delay.h"

#include <sodium.h>

gint64
till_random_delay_draw (gint64 least_us, gint64 most_us, gpointer data)
{
  g_return_val_if_fail (least_us >= 0 && most_us >= least_us && most_us - least_us < G_MAXUINT32, least_us);

  /* Safe to repeat, from any thread. */
  g_assert (sodium_init () >= 0);
  return least_us + (gint64) randombytes_uniform ((guint32) (most_us - least_us) + 1);
}
