/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-installation.h"
#include "ctl/till-ctl.h"
#include "vision/till-vision.h"

#include <math.h>
#include <stdio.h>

static JsonArray *
array_of (const float *values, guint n)
{
  JsonArray *array = json_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    json_array_add_double_element (array, (double) values[i]);
  return array;
}

static JsonObject *
quality_to_json (const TillFaceQuality *quality)
{
  JsonObject *object = json_object_new ();

  json_object_set_double_member (object, "size", (double) quality->size);
  json_object_set_double_member (object, "sharpness", (double) quality->sharpness);
  json_object_set_double_member (object, "brightness", (double) quality->brightness);
  json_object_set_double_member (object, "contrast", (double) quality->contrast);
  json_object_set_double_member (object, "side_light", (double) quality->side_light);
  return object;
}

static JsonObject *
face_to_json (const TillFace *face)
{
  JsonObject *object = json_object_new ();
  JsonObject *pose = json_object_new ();
  JsonArray *landmarks = json_array_sized_new (TILL_VISION_LANDMARKS);
  const float box[] = { face->box.x, face->box.y, face->box.width, face->box.height };

  for (guint i = 0; i < TILL_VISION_LANDMARKS; i++)
    json_array_add_array_element (
        landmarks, array_of ((const float[]){ face->landmarks[i].x, face->landmarks[i].y }, 2));
  json_object_set_double_member (pose, "yaw", (double) face->pose.yaw);
  json_object_set_double_member (pose, "pitch", (double) face->pose.pitch);
  json_object_set_double_member (pose, "roll", (double) face->pose.roll);

  json_object_set_array_member (object, "box", array_of (box, 4));
  json_object_set_double_member (object, "score", (double) face->score);
  json_object_set_array_member (object, "landmarks", landmarks);
  json_object_set_object_member (object, "pose", pose);
  json_object_set_object_member (object, "quality", quality_to_json (&face->quality));
  json_object_set_double_member (object, "live", (double) face->live);
  json_object_set_double_member (object, "live_close", (double) face->live_close);
  json_object_set_double_member (object, "grid", (double) face->grid);
  json_object_set_array_member (object, "eyes_closed", array_of (face->eyes_closed, 2));
  json_object_set_double_member (object, "smile", (double) face->smile);
  json_object_set_double_member (object, "strength", (double) face->strength);
  json_object_set_array_member (object, "embedding", array_of (face->embedding, TILL_VISION_EMBEDDING));
  return object;
}

static void
print_faces_json (const char *file, TillFrame *frame, TillFaces *faces)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < till_faces_get_n (faces); i++)
    json_array_add_object_element (array, face_to_json (till_faces_get (faces, i)));
  json_object_set_string_member (object, "file", file);
  json_object_set_int_member (object, "width", till_frame_get_width (frame));
  json_object_set_int_member (object, "height", till_frame_get_height (frame));
  json_object_set_array_member (object, "faces", array);
  till_ctl_print_json (object);
}

static void
print_faces (const char *file, TillFrame *frame, TillFaces *faces)
{
  printf ("%s: %d×%d, %u face%s\n", file, till_frame_get_width (frame), till_frame_get_height (frame),
          till_faces_get_n (faces), till_faces_get_n (faces) == 1 ? "" : "s");
  for (guint i = 0; i < till_faces_get_n (faces); i++)
    {
      const TillFace *face = till_faces_get (faces, i);

      printf ("  at %.0f,%.0f  %.0f×%.0f px  score %.2f  live %.2f  eyes closed %.2f %.2f  smile %.2f  "
              "yaw %.0f° pitch %.0f° roll %.0f°\n",
              (double) face->box.x, (double) face->box.y, (double) face->box.width, (double) face->box.height,
              (double) face->score, (double) face->live, (double) face->eyes_closed[0],
              (double) face->eyes_closed[1], (double) face->smile, (double) face->pose.yaw,
              (double) face->pose.pitch, (double) face->pose.roll);
    }
}

static void
print_failure (const char *file, gboolean json, const GError *error)
{
  if (!json)
    {
      till_ctl_fail (error);
      return;
    }

  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "file", file);
  json_object_set_string_member (object, "error", error->message);
  till_ctl_print_json (object);
}

static gboolean
analyse_file (TillVision *vision, const char *file, gboolean json)
{
  g_autofree char *shown = g_filename_display_name (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillFrame) frame = till_vision_read_photo (file, &error);
  g_autoptr (TillFaces) faces
      = frame != NULL ? till_vision_analyse (vision, frame, TILL_VISION_WANT_ALL, &error) : NULL;

  if (faces == NULL)
    print_failure (shown, json, error);
  else if (json)
    print_faces_json (shown, frame, faces);
  else
    print_faces (shown, frame, faces);
  return faces != NULL;
}

int
till_ctl_analyse (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE…" },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *models = till_installation_get_models_dir ();
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (!till_ctl_parse (&argc, &argv, "",
                       "Finds the faces in photographs and measures all there is to measure.", &options,
                       entries))
    return TILL_CTL_FAILED;
  if (files == NULL)
    {
      fprintf (stderr, "smiletillctl: name at least one photograph\n");
      return TILL_CTL_FAILED;
    }

  g_autoptr (TillVision) vision = till_vision_new (models, 0, &error);
  if (vision == NULL)
    return till_ctl_fail (error);
  for (guint i = 0; files[i] != NULL; i++)
    if (!analyse_file (vision, files[i], options.json))
      status = TILL_CTL_FAILED;
  return status;
}
