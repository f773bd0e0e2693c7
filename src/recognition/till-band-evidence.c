/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-band-evidence.h"

#include <math.h>

/* Width of a strip, as a share of the square's side. */
#define STRIP 0.25F

void
till_band_evidence_init (TillBandEvidence *self)
{
  *self = (TillBandEvidence){ .n = 0 };
}

/* Mean of the green channel, which is most of what is grey, over a few lines between two columns. */
static float
get_mean (TillFrame *frame, int left, int right, int top, int bottom)
{
  const guint8 *pixels = till_frame_get_pixels (frame);
  gsize stride = till_frame_get_stride (frame);
  guint64 sum = 0;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      sum += pixels[(gsize) y * stride + (gsize) x * 3 + 1];
  return (float) ((double) sum / ((double) (right - left) * (bottom - top)));
}

/* FALSE if the strip has too little left inside the picture. */
static gboolean
look_at_strip (TillFrame *frame, const TillBox *square, float from, float *rows)
{
  int width = till_frame_get_width (frame);
  int height = till_frame_get_height (frame);
  int left = CLAMP ((int) from, 0, width);
  int right = CLAMP ((int) (from + STRIP * square->width), 0, width);
  int top = CLAMP ((int) (square->y - STRIP * square->height), 0, height);
  int bottom = CLAMP ((int) (square->y + square->height), 0, height);

  if (right - left < 4 || bottom - top < TILL_BAND_EVIDENCE_ROWS)
    return FALSE;
  for (int i = 0; i < TILL_BAND_EVIDENCE_ROWS; i++)
    rows[i] = get_mean (frame, left, right, top + (bottom - top) * i / TILL_BAND_EVIDENCE_ROWS,
                        top + (bottom - top) * (i + 1) / TILL_BAND_EVIDENCE_ROWS);
  return TRUE;
}

void
till_band_evidence_add (TillBandEvidence *self, TillFrame *frame, const TillBox *square)
{
  gint64 captured_us = till_frame_get_captured_us (frame);

  if (self->n > 0 && captured_us - self->captured_us < TILL_BAND_EVIDENCE_US)
    return;
  if (!(self->square.width > 0))
    self->square = *square;
  if (!look_at_strip (frame, &self->square, self->square.x - STRIP * self->square.width,
                      self->rows[self->next][0])
      || !look_at_strip (frame, &self->square, self->square.x + self->square.width,
                         self->rows[self->next][1]))
    return;
  self->captured_us = captured_us;
  self->next = (self->next + 1) % TILL_BAND_EVIDENCE_WINDOW;
  self->n = MIN (self->n + 1, TILL_BAND_EVIDENCE_WINDOW);
}

/* What is left of one strip in one look once the rows' middles over time and the look's own are taken away. */
static void
get_rest (const TillBandEvidence *self, const double *middles, guint look, guint side, double *rest)
{
  double mean = 0;

  for (guint i = 0; i < TILL_BAND_EVIDENCE_ROWS; i++)
    {
      rest[i] = (double) self->rows[look][side][i] - middles[i];
      mean += rest[i] / TILL_BAND_EVIDENCE_ROWS;
    }
  for (guint i = 0; i < TILL_BAND_EVIDENCE_ROWS; i++)
    rest[i] -= mean;
}

static void
get_middles (const TillBandEvidence *self, guint side, double *middles)
{
  for (guint i = 0; i < TILL_BAND_EVIDENCE_ROWS; i++)
    {
      middles[i] = 0;
      for (guint look = 0; look < TILL_BAND_EVIDENCE_WINDOW; look++)
        middles[i] += (double) self->rows[look][side][i] / TILL_BAND_EVIDENCE_WINDOW;
    }
}

double
till_band_evidence_get (const TillBandEvidence *self, double *alike)
{
  double middles[2][TILL_BAND_EVIDENCE_ROWS];
  double rest[2][TILL_BAND_EVIDENCE_ROWS];
  double both = 0;
  double own[2] = { 0 };

  if (alike != NULL)
    *alike = 0;
  if (self->n < TILL_BAND_EVIDENCE_WINDOW)
    return 0;
  for (guint side = 0; side < 2; side++)
    get_middles (self, side, middles[side]);
  for (guint look = 0; look < TILL_BAND_EVIDENCE_WINDOW; look++)
    {
      for (guint side = 0; side < 2; side++)
        get_rest (self, middles[side], look, side, rest[side]);
      for (guint i = 0; i < TILL_BAND_EVIDENCE_ROWS; i++)
        {
          both += rest[0][i] * rest[1][i];
          own[0] += rest[0][i] * rest[0][i];
          own[1] += rest[1][i] * rest[1][i];
        }
    }
  if (alike != NULL && own[0] > 0 && own[1] > 0)
    *alike = both / sqrt (own[0] * own[1]);
  return both / (TILL_BAND_EVIDENCE_ROWS * TILL_BAND_EVIDENCE_WINDOW);
}
