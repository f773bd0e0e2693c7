/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-enlargement.h"

#include <math.h>
#include <string.h>

#define CHANNELS 3

/* Between which two pixels of a row or column of @n a place lies, and how near the second. */
typedef struct
{
  int first;
  int second;
  double share;
} Between;

static Between
between (double place, int n)
{
  double inside = CLAMP (place, 0, n - 1);
  int first = (int) floor (inside);

  return (Between){ first, MIN (first + 1, n - 1), inside - first };
}

static guint8
sample (TillFrame *frame, const Between *x, const Between *y, int channel)
{
  gsize stride = till_frame_get_stride (frame);
  const guint8 *above = till_frame_get_pixels (frame) + (gsize) y->first * stride;
  const guint8 *below = till_frame_get_pixels (frame) + (gsize) y->second * stride;
  int left = x->first * CHANNELS + channel;
  int right = x->second * CHANNELS + channel;
  double top = above[left] * (1 - x->share) + above[right] * x->share;
  double bottom = below[left] * (1 - x->share) + below[right] * x->share;

  return (guint8) lround (top * (1 - y->share) + bottom * y->share);
}

TillFrame *
till_enlargement_new (TillFrame *frame, int factor, double margin)
{
  int inner_width = till_frame_get_width (frame) * factor;
  int inner_height = till_frame_get_height (frame) * factor;
  int side = (int) lround (inner_width * margin);
  int top = (int) lround (inner_height * margin);
  int width = inner_width + 2 * side;
  int height = inner_height + 2 * top;
  gsize size = (gsize) width * (gsize) height * CHANNELS;
  guint8 *pixels = g_malloc (size);
  guint8 *next = pixels;

  for (int row = 0; row < height; row++)
    {
      Between y = between ((row - top + 0.5) / factor - 0.5, till_frame_get_height (frame));

      for (int column = 0; column < width; column++)
        {
          Between x = between ((column - side + 0.5) / factor - 0.5, till_frame_get_width (frame));

          for (int channel = 0; channel < CHANNELS; channel++)
            *next++ = sample (frame, &x, &y, channel);
        }
    }

  TillFrame *large = till_frame_new (pixels, width, height, (gsize) width * CHANNELS,
                                     till_frame_get_captured_us (frame), till_frame_get_serial (frame));
  explicit_bzero (pixels, size);
  g_free (pixels);
  return large;
}
