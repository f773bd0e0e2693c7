/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-pass-template.h"

#include <math.h>
#include <string.h>

/* Steps that are tried, each this much wider than the one before. */
#define STEPS      40
#define STEP_RATIO 1.1

G_STATIC_ASSERT (TILL_VISION_EMBEDDING % 8 == 0);

/* Which of the 2^@bits levels is nearest to @value; the lowest is 0. */
static guint
till_pass_template_level (double value, double step, guint bits)
{
  const int levels = 1 << bits;
  const int level = (int) floor (value / step) + levels / 2;

  return (guint) CLAMP (level, 0, levels - 1);
}

/* The odd number that level stands for. */
static int
till_pass_template_odd (guint level, guint bits)
{
  return 2 * (int) level + 1 - (1 << bits);
}

/* The cosine between the vector and what would be read of it, but for the vector's own length. */
static double
till_pass_template_likeness (const float *vector, double step, guint bits)
{
  double along = 0, square = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      int odd = till_pass_template_odd (till_pass_template_level ((double) vector[i], step, bits), bits);

      along += (double) vector[i] * odd;
      square += (double) odd * odd;
    }
  return along / sqrt (square);
}

/* From one at which the largest component is alone in its level down to where almost all are cut off. */
static double
till_pass_template_choose_step (const float *vector, guint bits)
{
  double largest = 0, best = 0, best_likeness = -1;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    largest = MAX (largest, fabs ((double) vector[i]));

  double step = MAX (largest, (double) G_MINFLOAT) / (1 << (bits - 1));
  for (guint i = 0; i < STEPS; i++, step /= STEP_RATIO)
    {
      double likeness = till_pass_template_likeness (vector, step, bits);

      if (likeness > best_likeness)
        {
          best_likeness = likeness;
          best = step;
        }
    }
  return best;
}

void
till_pass_template_write (const float *vector, guint bits, guint8 *bytes)
{
  g_return_if_fail (bits >= TILL_PASS_TEMPLATE_LEAST_BITS && bits <= TILL_PASS_TEMPLATE_MOST_BITS);

  const double step = till_pass_template_choose_step (vector, bits);

  memset (bytes, 0, TILL_PASS_TEMPLATE_SIZE (bits));
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      guint level = till_pass_template_level ((double) vector[i], step, bits);

      for (guint j = 0; j < bits; j++)
        if ((level >> j & 1) != 0)
          bytes[(i * bits + j) / 8] |= (guint8) (1 << (i * bits + j) % 8);
    }
}

void
till_pass_template_read (const guint8 *bytes, guint bits, float *vector)
{
  double square = 0;

  g_return_if_fail (bits >= TILL_PASS_TEMPLATE_LEAST_BITS && bits <= TILL_PASS_TEMPLATE_MOST_BITS);

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      guint level = 0;

      for (guint j = 0; j < bits; j++)
        level |= (guint) (bytes[(i * bits + j) / 8] >> (i * bits + j) % 8 & 1) << j;

      int odd = till_pass_template_odd (level, bits);
      square += (double) odd * odd;
      vector[i] = (float) odd;
    }
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    vector[i] = (float) ((double) vector[i] / sqrt (square));
}
