/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-bezel-evidence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The picture is looked at this wide, and at most as high: fine enough for a bar of a fiftieth of its width. */
#define SIDE 160

/* A screen's frame is about black even where light falls on it. */
#define DARKEST 60

/* How far the line reaches beyond the square, and how far beside the line is another thing, as shares of its side. */
#define REACH        0.3F
#define BESIDE       0.16F
#define LEAST_BESIDE 4

/* Columns a line may lean per row, either way: 15 degrees. */
#define MOST_LEAN 0.26
#define LEAN_STEP 0.04

/* Of the rows, how many must be dark, and light on either side; and how many of those sides must be in view. */
#define MOST_ROWS 0.65
#define IN_VIEW   0.8

#define LEAST_ROWS 20

/* The picture made small; lines are searched from its upper edge to its lower. */
typedef struct
{
  guint8 grey[SIDE][SIDE];
  int width;
  int height;
  int left; /* of the square */
  int right;
  int top; /* rows to search */
  int bottom;
  int beside;
} Miniature;

void
till_bezel_evidence_init (TillBezelEvidence *self)
{
  *self = (TillBezelEvidence){ .n = 0 };
}

static guint8
get_mean (TillFrame *frame, int left, int right, int top, int bottom)
{
  const guint8 *pixels = till_frame_get_pixels (frame);
  gsize stride = till_frame_get_stride (frame);
  guint sum = 0;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      sum += pixels[(gsize) y * stride + (gsize) x * 3 + 1];
  return (guint8) (sum / (guint) ((right - left) * (bottom - top)));
}

/* FALSE if the picture is too small or too tall. */
static gboolean
shrink (Miniature *self, TillFrame *frame)
{
  int width = till_frame_get_width (frame);
  int height = till_frame_get_height (frame);

  self->width = SIDE;
  self->height = SIDE * height / MAX (width, 1);
  if (width < SIDE || self->height < LEAST_ROWS || self->height > SIDE)
    return FALSE;
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < SIDE; x++)
      self->grey[y][x] = get_mean (frame, x * width / SIDE, (x + 1) * width / SIDE, y * height / self->height,
                                   (y + 1) * height / self->height);
  return TRUE;
}

/* On its side, so that what lies stands. */
static void
turn (const Miniature *self, Miniature *turned)
{
  turned->width = self->height;
  turned->height = self->width;
  for (int y = 0; y < turned->height; y++)
    for (int x = 0; x < turned->width; x++)
      turned->grey[y][x] = self->grey[x][y];
}

/* Where the face is: @from and @length along the lines, @across and @breadth across them, as shares of the picture's width. */
static void
place (Miniature *self, float from, float length, float across, float breadth)
{
  self->left = (int) (SIDE * across);
  self->right = (int) (SIDE * (across + breadth));
  self->top = MAX (0, (int) (SIDE * (from - REACH * length)));
  self->bottom = MIN (self->height, (int) (SIDE * (from + (1 + REACH) * length)));
  self->beside = MAX (LEAST_BESIDE, (int) (SIDE * BESIDE * breadth));
}

static int
get_column (const Miniature *self, int middle, double lean, int y)
{
  return (int) lround (middle + lean * (y - (self->top + self->bottom) / 2.0));
}

/* Most lines are found not to be dark within a few rows. */
static gboolean
is_dark (const Miniature *self, int middle, double lean)
{
  int light = (int) ((1 - MOST_ROWS) * (self->bottom - self->top));

  for (int y = self->top; y < self->bottom; y++)
    {
      int x = get_column (self, middle, lean, y);

      if (x < 0 || x >= self->width || (self->grey[y][x] > DARKEST && --light < 0))
        return FALSE;
    }
  return TRUE;
}

/* The grey that @share of the line are not above; -1 if too little of it is in view. */
static int
get_quantile (const Miniature *self, int middle, double lean, double share)
{
  int counts[256] = { 0 };
  int n = 0;
  int below = 0;

  for (int y = self->top; y < self->bottom; y++)
    {
      int x = get_column (self, middle, lean, y);

      if (x < 0 || x >= self->width)
        continue;
      counts[self->grey[y][x]]++;
      n++;
    }
  if (n < IN_VIEW * (self->bottom - self->top))
    return -1;
  for (int grey = 0; grey < 256; grey++)
    {
      below += counts[grey];
      if (below >= share * n)
        return grey;
    }
  return 255;
}

static int
get_contrast (const Miniature *self, int middle, double lean)
{
  int bar = get_quantile (self, middle, lean, MOST_ROWS);
  int left = get_quantile (self, middle - self->beside, lean, 1 - MOST_ROWS);
  int right = get_quantile (self, middle + self->beside, lean, 1 - MOST_ROWS);

  return left < 0 || right < 0 ? 0 : MIN (left, right) - bar;
}

static int
search_between (const Miniature *self, int from, int to)
{
  int most = 0;

  for (double lean = -MOST_LEAN; lean <= MOST_LEAN; lean += LEAN_STEP)
    for (int x = MAX (from, 0); x < MIN (to, self->width); x++)
      if (is_dark (self, x, lean))
        most = MAX (most, get_contrast (self, x, lean));
  return most;
}

static int
search (const Miniature *self)
{
  if (self->bottom - self->top < LEAST_ROWS)
    return 0;
  return MAX (search_between (self, 0, self->left), search_between (self, self->right, self->width));
}

void
till_bezel_evidence_add (TillBezelEvidence *self, TillFrame *frame, const TillBox *square)
{
  float scale = 1 / (float) till_frame_get_width (frame);
  gint64 captured_us = till_frame_get_captured_us (frame);
  Miniature upright;
  Miniature lying;

  if ((self->n > 0 && captured_us - self->captured_us < TILL_BEZEL_EVIDENCE_US) || !shrink (&upright, frame))
    return;
  turn (&upright, &lying);
  place (&upright, scale * square->y, scale * square->height, scale * square->x, scale * square->width);
  place (&lying, scale * square->x, scale * square->width, scale * square->y, scale * square->height);
  self->contrasts[self->next] = MAX (search (&upright), search (&lying));
  self->captured_us = captured_us;
  self->next = (self->next + 1) % TILL_BEZEL_EVIDENCE_WINDOW;
  self->n = MIN (self->n + 1, TILL_BEZEL_EVIDENCE_WINDOW);
  explicit_bzero (&upright, sizeof upright);
  explicit_bzero (&lying, sizeof lying);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
till_bezel_evidence_get (const TillBezelEvidence *self)
{
  double sorted[TILL_BEZEL_EVIDENCE_WINDOW];

  if (self->n == 0)
    return 0;
  memcpy (sorted, self->contrasts, sizeof sorted);
  qsort (sorted, self->n, sizeof sorted[0], compare_doubles);
  return sorted[self->n / 2];
}
