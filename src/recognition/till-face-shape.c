/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-face-shape.h"

#include <math.h>

/* iBUG order. */
enum
{
  FIRST_UPPER = 17,
  IMAGE_LEFT_EYE = 36,
  IMAGE_RIGHT_EYE = 42,
  EYE_POINTS = 6,
  CORNER_LEFT = 48,
  LIP_TOP = 51,
  CORNER_RIGHT = 54,
  LIP_BOTTOM = 57,
  INNER_LEFT = 60,
  INNER_TOP = 62,
  INNER_RIGHT = 64,
  INNER_BOTTOM = 66,
};

typedef struct
{
  double x;
  double y;
} Point;

/* Where the eyes are, in the image. */
typedef struct
{
  Point middle;
  Point axis; /* of unit length */
  double distance;
} Frame;

static Point
get_eye (const TillPoint *landmarks, guint first)
{
  Point sum = { 0, 0 };

  for (guint i = first; i < first + EYE_POINTS; i++)
    {
      sum.x += (double) landmarks[i].x / EYE_POINTS;
      sum.y += (double) landmarks[i].y / EYE_POINTS;
    }
  return sum;
}

static Point
normalise (const Frame *frame, TillPoint point)
{
  double dx = ((double) point.x - frame->middle.x) / frame->distance;
  double dy = ((double) point.y - frame->middle.y) / frame->distance;

  return (Point){ dx * frame->axis.x + dy * frame->axis.y, dy * frame->axis.x - dx * frame->axis.y };
}

static double
get_mouth (const Frame *frame, const TillPoint *landmarks)
{
  Point left = normalise (frame, landmarks[CORNER_LEFT]);
  Point right = normalise (frame, landmarks[CORNER_RIGHT]);
  Point inner_left = normalise (frame, landmarks[INNER_LEFT]);
  Point inner_right = normalise (frame, landmarks[INNER_RIGHT]);
  double middle = (normalise (frame, landmarks[LIP_TOP]).y + normalise (frame, landmarks[LIP_BOTTOM]).y
                   + normalise (frame, landmarks[INNER_TOP]).y + normalise (frame, landmarks[INNER_BOTTOM]).y)
                  / 4;
  double corners = (left.y + right.y + inner_left.y + inner_right.y) / 4;

  return (right.x - left.x + inner_right.x - inner_left.x) / 2 + middle - corners;
}

gboolean
till_face_shape_take (TillFaceShape *self, const TillPoint *landmarks)
{
  Point left = get_eye (landmarks, IMAGE_LEFT_EYE);
  Point right = get_eye (landmarks, IMAGE_RIGHT_EYE);
  double distance = hypot (right.x - left.x, right.y - left.y);

  if (!(distance >= 1))
    return FALSE;

  Frame frame = {
    .middle = { (left.x + right.x) / 2, (left.y + right.y) / 2 },
    .axis = { (right.x - left.x) / distance, (right.y - left.y) / distance },
    .distance = distance,
  };
  for (guint i = 0; i < TILL_FACE_SHAPE_UPPER; i++)
    {
      Point point = normalise (&frame, landmarks[FIRST_UPPER + i]);

      self->upper[i] = (TillPoint){ (float) point.x, (float) point.y };
    }
  self->mouth = get_mouth (&frame, landmarks);
  return TRUE;
}

double
till_face_shape_compare (const TillFaceShape *self, const TillFaceShape *other)
{
  double sum = 0;

  for (guint i = 0; i < TILL_FACE_SHAPE_UPPER; i++)
    {
      double dx = (double) self->upper[i].x - (double) other->upper[i].x;
      double dy = (double) self->upper[i].y - (double) other->upper[i].y;

      sum += dx * dx + dy * dy;
    }
  return sqrt (sum / TILL_FACE_SHAPE_UPPER);
}
