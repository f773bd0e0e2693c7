/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drawn-face.h"

#include <math.h>

/* Shares of the square's side. */
#define EYE_Y        0.40
#define EYE_DISTANCE 0.40
#define MOUTH_Y      0.75
#define MOUTH_WIDTH  (0.75 * EYE_DISTANCE)

typedef struct
{
  TillPoint *points;
  double x;
  double y;
  double size;
} Drawing;

static void
put (const Drawing *drawing, guint index, double x, double y)
{
  drawing->points[index]
      = (TillPoint){ (float) (drawing->x + x * drawing->size), (float) (drawing->y + y * drawing->size) };
}

/* @n points from @first on, once around. */
static void
put_ring (const Drawing *drawing, guint first, guint n, double x, double y, double width, double height)
{
  for (guint i = 0; i < n; i++)
    {
      double angle = G_PI + 2 * G_PI * i / n;

      put (drawing, first + i, x + width / 2 * cos (angle), y + height / 2 * sin (angle));
    }
}

static void
put_line (const Drawing *drawing, guint first, guint n, double x0, double y0, double x1, double y1)
{
  for (guint i = 0; i < n; i++)
    put (drawing, first + i, x0 + (x1 - x0) * i / (n - 1), y0 + (y1 - y0) * i / (n - 1));
}

void
drawn_face_fill (TillPoint landmarks[TILL_VISION_LANDMARKS], double x, double y, double size, double widening)
{
  Drawing drawing = { landmarks, x, y, size };
  double left = 0.5 - EYE_DISTANCE / 2;
  double right = 0.5 + EYE_DISTANCE / 2;
  double width = MOUTH_WIDTH + widening * EYE_DISTANCE;

  for (guint i = 0; i < 17; i++)
    {
      double angle = G_PI * (1 - i / 16.0);

      put (&drawing, i, 0.5 + 0.45 * cos (angle), 0.4 + 0.55 * sin (angle));
    }
  put_line (&drawing, 17, 5, left - 0.1, 0.28, left + 0.1, 0.28);
  put_line (&drawing, 22, 5, right - 0.1, 0.28, right + 0.1, 0.28);
  put_line (&drawing, 27, 4, 0.5, 0.4, 0.5, 0.58);
  put_line (&drawing, 31, 5, 0.43, 0.62, 0.57, 0.62);
  put_ring (&drawing, 36, 6, left, EYE_Y, 0.14, 0.05);
  put_ring (&drawing, 42, 6, right, EYE_Y, 0.14, 0.05);
  put_ring (&drawing, 48, 12, 0.5, MOUTH_Y, width, 0.08);
  put_ring (&drawing, 60, 8, 0.5, MOUTH_Y, width - 0.04, 0.02);
}
