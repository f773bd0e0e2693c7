/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "camera/till-camera-pace.h"
#include "camera/till-camera-pipeline.h"
#include "camera/till-camera-play.h"
#include "camera/till-camera-source-private.h"

#define TILL_STILLS_RATE 25 /* pictures a second */

typedef struct
{
  TillCameraOutlet *outlet;
  TillCameraPace pace;
  GPtrArray *paths;
  gboolean single; /* one still, shown until it is stopped */
} TillStills;

/* A picture being decoded behind the one that is shown. */
typedef struct
{
  const char *path;
  TillCameraPipeline *pipeline;
  GError *error;
} TillStill;

static void
till_still_clear (TillStill *still)
{
  g_clear_pointer (&still->pipeline, till_camera_pipeline_free);
  g_clear_error (&still->error);
}

static void
till_still_open (TillStill *still, const char *path)
{
  still->path = path;
  still->pipeline = till_camera_pipeline_new_file (path, &still->error);
  if (still->pipeline != NULL)
    till_camera_pipeline_load (still->pipeline);
}

/* FALSE without an error when the outlet was stopped. */
static gboolean
till_still_wait (TillStill *still, TillCameraOutlet *outlet, TillCameraPicture *picture)
{
  return still->pipeline != NULL && till_camera_pipeline_wait_loaded (still->pipeline, outlet, &still->error)
         && till_camera_pipeline_pull_loaded (still->pipeline, picture, &still->error)
                == TILL_CAMERA_PULL_PICTURE;
}

/* FALSE when the outlet was stopped. */
static gboolean
till_stills_show (TillStills *self, const TillCameraPicture *picture)
{
  for (guint shown = 0; self->single || shown < TILL_STILLS_RATE; shown++)
    {
      if (!till_camera_pace_wait (&self->pace, self->outlet)
          || !till_camera_picture_push (picture, self->outlet))
        return FALSE;
      till_camera_pace_advance (&self->pace, G_USEC_PER_SEC / TILL_STILLS_RATE);
    }
  return TRUE;
}

/* Shows every still once. Returns how many there were, -1 when the outlet was stopped; @error is of the last bad one. */
static int
till_stills_show_all (TillStills *self, GError **error)
{
  TillStill next = { 0 };
  int shown = 0;

  till_still_open (&next, self->paths->pdata[0]);
  for (guint i = 0; i < self->paths->len && shown >= 0; i++)
    {
      g_auto (TillCameraPicture) picture = { 0 };
      TillStill still = next;

      if (!till_still_wait (&still, self->outlet, &picture) && still.error != NULL && !self->single)
        g_warning ("Left out: %s", still.error->message);
      next = (TillStill){ 0 };
      if (i + 1 < self->paths->len)
        till_still_open (&next, self->paths->pdata[i + 1]);

      if (picture.sample != NULL)
        shown = till_stills_show (self, &picture) ? shown + 1 : -1;
      else if (still.error == NULL)
        shown = -1;
      if (still.error != NULL)
        {
          g_clear_error (error);
          g_propagate_error (error, g_steal_pointer (&still.error));
        }
      till_still_clear (&still);
    }
  till_still_clear (&next);
  return shown;
}

static int
till_stills_compare (gconstpointer a, gconstpointer b)
{
  g_autofree char *name_a = g_filename_display_basename (*(const char *const *) a);
  g_autofree char *name_b = g_filename_display_basename (*(const char *const *) b);
  g_autofree char *key_a = g_utf8_collate_key_for_filename (name_a, -1);
  g_autofree char *key_b = g_utf8_collate_key_for_filename (name_b, -1);

  return g_strcmp0 (key_a, key_b);
}

static void
till_stills_add (GPtrArray *paths, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *shown = g_filename_display_name (path);

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && till_camera_source_file_is_still (path))
    g_ptr_array_add (paths, g_steal_pointer (&path));
  else
    g_warning ("Left out: “%s” is no picture", shown);
}

/* The pictures of a folder in the order of their names (transfer full), NULL when there is none. */
static GPtrArray *
till_stills_list (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *shown = g_filename_display_name (folder);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &reason);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "The folder “%s” can't be read: %s", shown,
                   reason->message);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    till_stills_add (paths, folder, name);
  if (paths->len == 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "There is no picture (JPEG, PNG, ...) in the folder “%s”", shown);
      return NULL;
    }
  g_ptr_array_sort (paths, till_stills_compare);
  return g_steal_pointer (&paths);
}

static void
till_stills_run (TillStills *self, gboolean loop)
{
  g_autoptr (GError) error = NULL;
  int shown;

  do
    {
      g_clear_error (&error);
      shown = till_stills_show_all (self, &error);
    }
  while (loop && shown > 0);

  if (shown == 0)
    till_camera_outlet_end (self->outlet, g_steal_pointer (&error));
  else if (shown > 0 && till_camera_outlet_wait_until (self->outlet, self->pace.due_us))
    till_camera_outlet_end (self->outlet, NULL);
}

void
till_camera_play_stills (TillCameraSource *source, TillCameraOutlet *outlet)
{
  const char *path = till_camera_source_get_path (source);
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (GError) error = NULL;
  TillStills self = { .outlet = outlet };

  self.single = !g_file_test (path, G_FILE_TEST_IS_DIR);
  if (self.single)
    {
      paths = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (paths, g_strdup (path));
    }
  else if ((paths = till_stills_list (path, &error)) == NULL)
    {
      till_camera_outlet_end (outlet, g_steal_pointer (&error));
      return;
    }
  self.paths = paths;
  till_stills_run (&self, till_camera_source_get_loop (source));
}
