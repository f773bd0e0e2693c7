/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-face-marks.h"

#define BOX_LINE    2.0f
#define SQUARE_LINE 1.0f
#define DOT         3.0f

static const GdkRGBA judged = { 0.30f, 0.90f, 1.0f, 1.0f };
static const GdkRGBA other = { 1.0f, 0.35f, 0.35f, 1.0f };

static void
append_outline (
    GtkSnapshot *snapshot, const TillBox *box, float across, float down, float line, const GdkRGBA *colour)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
      &outline, &GRAPHENE_RECT_INIT (box->x * across, box->y * down, box->width * across, box->height * down),
      0);
  gtk_snapshot_append_border (snapshot, &outline, (const float[]){ line, line, line, line },
                              (const GdkRGBA[]){ *colour, *colour, *colour, *colour });
}

static void
append_landmarks (
    GtkSnapshot *snapshot, const TillFace *face, float across, float down, const GdkRGBA *colour)
{
  for (guint i = 0; i < TILL_VISION_LANDMARKS; i++)
    gtk_snapshot_append_color (snapshot, colour,
                               &GRAPHENE_RECT_INIT (face->landmarks[i].x * across - DOT / 2,
                                                    face->landmarks[i].y * down - DOT / 2, DOT, DOT));
}

void
till_face_marks_snapshot (GtkSnapshot *snapshot, const TillSighting *sighting, float width, float height)
{
  if (sighting->faces == NULL || sighting->frame_width <= 0 || sighting->frame_height <= 0)
    return;

  float across = width / (float) sighting->frame_width;
  float down = height / (float) sighting->frame_height;

  for (guint i = 0; i < till_faces_get_n (sighting->faces); i++)
    {
      const TillFace *face = till_faces_get (sighting->faces, i);
      const GdkRGBA *colour = i == 0 ? &judged : &other;

      append_outline (snapshot, &face->box, across, down, BOX_LINE, colour);
      if (face->square.width > 0)
        append_outline (snapshot, &face->square, across, down, SQUARE_LINE, colour);
      if (face->measured & TILL_VISION_WANT_LANDMARKS)
        append_landmarks (snapshot, face, across, down, colour);
    }
}
