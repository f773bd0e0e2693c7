/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-camera-view.h"

#include "gtk/till-face-marks.h"

#include <glib/gi18n.h>

#define CORNER_RADIUS 24.0f
#define OUTLINE_WIDTH 4.0f

struct _TillCameraView
{
  GtkWidget parent_instance;

  GdkTexture *picture;
  gboolean has_face;
  gboolean good;        /* nothing to mend about the face */
  graphene_rect_t face; /* shares of the picture's width and height */
  gboolean marks;
  TillSighting *sighting; /* only with marks */
};

G_DEFINE_FINAL_TYPE (TillCameraView, till_camera_view, GTK_TYPE_WIDGET)

GtkWidget *
till_camera_view_new (void)
{
  return g_object_new (TILL_TYPE_CAMERA_VIEW, NULL);
}

void
till_camera_view_show_frame (TillCameraView *self, TillFrame *frame)
{
  g_autoptr (GBytes) pixels = till_frame_get_bytes (frame);

  g_return_if_fail (TILL_IS_CAMERA_VIEW (self));

  g_clear_object (&self->picture);
  self->picture = gdk_memory_texture_new (till_frame_get_width (frame), till_frame_get_height (frame),
                                          GDK_MEMORY_B8G8R8, pixels, till_frame_get_stride (frame));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
till_camera_view_show_sighting (TillCameraView *self, TillSighting *sighting)
{
  g_return_if_fail (TILL_IS_CAMERA_VIEW (self));

  self->has_face = sighting->face && sighting->faces != NULL && till_faces_get_n (sighting->faces) > 0
                   && sighting->frame_width > 0 && sighting->frame_height > 0;
  self->good = sighting->hint == TILL_HINT_NONE && sighting->enrolment_hint <= TILL_ENROLMENT_HINT_NONE;
  if (self->has_face)
    {
      const TillBox *box = &till_faces_get (sighting->faces, 0)->box;
      float width = (float) sighting->frame_width;
      float height = (float) sighting->frame_height;

      graphene_rect_init (&self->face, box->x / width, box->y / height, box->width / width,
                          box->height / height);
    }
  g_clear_pointer (&self->sighting, till_sighting_unref);
  if (self->marks)
    self->sighting = till_sighting_ref (sighting);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
till_camera_view_set_marks (TillCameraView *self, gboolean marks)
{
  g_return_if_fail (TILL_IS_CAMERA_VIEW (self));

  self->marks = marks;
  g_clear_pointer (&self->sighting, till_sighting_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
till_camera_view_clear (TillCameraView *self)
{
  g_return_if_fail (TILL_IS_CAMERA_VIEW (self));

  g_clear_object (&self->picture);
  g_clear_pointer (&self->sighting, till_sighting_unref);
  self->has_face = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
snapshot_face (TillCameraView *self, GtkSnapshot *snapshot, float width, float height)
{
  static const GdkRGBA good = { 0.20f, 0.82f, 0.48f, 1.0f };
  static const GdkRGBA poor = { 0.98f, 0.76f, 0.20f, 1.0f };
  const GdkRGBA *colour = self->good ? &good : &poor;
  graphene_rect_t box = GRAPHENE_RECT_INIT (self->face.origin.x * width, self->face.origin.y * height,
                                            self->face.size.width * width, self->face.size.height * height);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &box, box.size.width * 0.35f);
  gtk_snapshot_append_border (snapshot, &outline,
                              (const float[]){ OUTLINE_WIDTH, OUTLINE_WIDTH, OUTLINE_WIDTH, OUTLINE_WIDTH },
                              (const GdkRGBA[]){ *colour, *colour, *colour, *colour });
}

static void
snapshot_picture (TillCameraView *self, GtkSnapshot *snapshot, float width, float height)
{
  float picture_width = (float) gdk_texture_get_width (self->picture);
  float picture_height = (float) gdk_texture_get_height (self->picture);
  float across = width / picture_width;
  float down = height / picture_height;
  float scale = self->marks ? MIN (across, down) : MAX (across, down);
  float shown_width = picture_width * scale;
  float shown_height = picture_height * scale;

  /* Filling the widget, mirrored: people move towards what they see. */
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((width + shown_width) / 2, (height - shown_height) / 2));
  gtk_snapshot_scale (snapshot, -1, 1);
  gtk_snapshot_append_texture (snapshot, self->picture,
                               &GRAPHENE_RECT_INIT (0, 0, shown_width, shown_height));
  if (self->sighting != NULL)
    till_face_marks_snapshot (snapshot, self->sighting, shown_width, shown_height);
  else if (self->has_face)
    snapshot_face (self, snapshot, shown_width, shown_height);
}

static void
till_camera_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA night = { 0.10f, 0.11f, 0.13f, 1.0f };
  TillCameraView *self = TILL_CAMERA_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  GskRoundedRect frame;

  gsk_rounded_rect_init_from_rect (&frame, &GRAPHENE_RECT_INIT (0, 0, width, height), CORNER_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &frame);
  gtk_snapshot_append_color (snapshot, &night, &frame.bounds);
  if (self->picture != NULL)
    snapshot_picture (self, snapshot, width, height);
  gtk_snapshot_pop (snapshot);
}

static void
till_camera_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = across ? 160 : 120;
  *natural = across ? 640 : 480;
  if (!across && for_size > 0)
    *natural = MAX (*minimum, for_size * 3 / 4);
}

static GtkSizeRequestMode
till_camera_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
till_camera_view_dispose (GObject *object)
{
  TillCameraView *self = TILL_CAMERA_VIEW (object);

  g_clear_object (&self->picture);
  g_clear_pointer (&self->sighting, till_sighting_unref);
  G_OBJECT_CLASS (till_camera_view_parent_class)->dispose (object);
}

static void
till_camera_view_class_init (TillCameraViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_camera_view_dispose;
  widget_class->snapshot = till_camera_view_snapshot;
  widget_class->measure = till_camera_view_measure;
  widget_class->get_request_mode = till_camera_view_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "cameraview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
till_camera_view_init (TillCameraView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Your picture in the camera"), -1);
}
