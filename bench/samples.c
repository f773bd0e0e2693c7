/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "samples.h"

#include "camera/till-camera.h"

#include <stdio.h>

void
samples_add (Samples *samples, double value)
{
  if (samples->values == NULL)
    samples->values = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (samples->values, value);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

double
samples_median (Samples *samples)
{
  if (samples->values == NULL || samples->values->len == 0)
    return 0;
  g_array_sort (samples->values, compare);
  guint n = samples->values->len;
  double upper = g_array_index (samples->values, double, n / 2);

  return n % 2 == 1 ? upper : (upper + g_array_index (samples->values, double, n / 2 - 1)) / 2;
}

void
samples_clear (Samples *samples)
{
  g_clear_pointer (&samples->values, g_array_unref);
}

double
samples_print (Samples *samples, const char *name, const char *unit)
{
  double median = samples_median (samples);
  guint n = samples->values != NULL ? samples->values->len : 0;

  printf ("  %-34s %8.2f %-4s", name, median, unit);
  if (n > 1)
    printf (" %8.2f … %.2f  (%u)", g_array_index (samples->values, double, 0),
            g_array_index (samples->values, double, n - 1), n);
  printf ("\n");
  fflush (stdout);
  return median;
}

static void
on_over (gboolean *over)
{
  *over = TRUE;
}

GPtrArray *
sample_frames (const char *clip, const char *segment, guint step, guint n)
{
  g_autofree char *spec = g_strdup_printf ("clip:%s/%s%s", g_getenv ("SMILETILL_MODELS"), clip, segment);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCameraSource) source = till_camera_source_parse (spec, &error);
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify) till_frame_unref);
  gboolean over = FALSE;

  if (source == NULL)
    g_error ("%s", error->message);
  g_autoptr (TillCamera) camera = till_camera_new (source, mailbox);
  g_signal_connect_swapped (camera, "ended", G_CALLBACK (on_over), &over);
  g_signal_connect_swapped (camera, "failed", G_CALLBACK (on_over), &over);
  till_camera_start (camera);
  for (guint seen = 0; frames->len < n && !over;)
    {
      g_autoptr (TillFrame) frame = till_mailbox_take (mailbox, g_get_monotonic_time () + 100000);

      while (g_main_context_iteration (NULL, FALSE))
        ;
      if (frame != NULL && seen++ % step == 0)
        g_ptr_array_add (frames, till_frame_ref (frame));
    }
  till_camera_stop (camera);
  if (frames->len < n)
    g_error ("%s gave %u frames, not %u", spec, frames->len, n);
  return frames;
}
