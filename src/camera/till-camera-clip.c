/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "camera/till-camera-pace.h"
#include "camera/till-camera-pipeline.h"
#include "camera/till-camera-play.h"

/* How long stopping may go unnoticed while no picture comes. */
#define TILL_CLIP_SLICE_US (100 * 1000)

/* A file that runs but gives no picture for so long lies on something that broke. */
#define TILL_CLIP_STALL_US (5 * G_USEC_PER_SEC)

/* WebM rounds times to milliseconds: a picture that ends within one of the segment's start is before it. */
#define TILL_CLIP_ROUNDING GST_MSECOND

/* Clips may have holes; a longer one than this is taken for broken timestamps. */
#define TILL_CLIP_HOLE_US (10 * G_USEC_PER_SEC)

typedef struct
{
  TillCameraSource *source;
  TillCameraOutlet *outlet;
  TillCameraPipeline *pipeline;
  TillCameraPace pace;

  GstClockTime start;
  GstClockTime end;   /* GST_CLOCK_TIME_NONE to the end of the clip */
  GstClockTime last;  /* time of the picture shown last in this pass, or NONE */
  GstClockTime shown; /* how long that one lasts */
  GstClockTime next;  /* where a picture without a time belongs */
  GstClockTime reach; /* where the clip turned out to go to */
} TillClip;

typedef enum
{
  TILL_CLIP_GO_ON,
  TILL_CLIP_PASS_OVER, /* the end of the clip or of the segment */
  TILL_CLIP_DONE,      /* stopped, or the failure was told */
} TillClipStep;

static TillClipStep
till_clip_fail (TillClip *self, GError *error)
{
  if (error != NULL)
    till_camera_outlet_end (self->outlet, error);
  return TILL_CLIP_DONE;
}

static GError *
till_clip_error_beyond (TillClip *self, GstClockTime length)
{
  g_autofree char *shown = g_filename_display_name (till_camera_source_get_path (self->source));

  return g_error_new (TILL_ERROR, TILL_ERROR_INVALID, "“%s” is %.3f s long: a segment can't start at %.3f s",
                      shown, (double) length / (double) GST_SECOND,
                      (double) self->start / (double) GST_SECOND);
}

static GError *
till_clip_error_stalled (TillClip *self)
{
  g_autofree char *shown = g_filename_display_name (till_camera_source_get_path (self->source));

  return g_error_new (TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                      "“%s” gives no more pictures: check the drive it is on", shown);
}

/* A file that can't be sought in is played from its front, and what comes before the start is passed over. */
static gboolean
till_clip_open (TillClip *self, GError **error)
{
  g_clear_pointer (&self->pipeline, till_camera_pipeline_free);
  self->pipeline = till_camera_pipeline_new_file (till_camera_source_get_path (self->source), error);
  if (self->pipeline == NULL)
    return FALSE;
  till_camera_pipeline_load (self->pipeline);
  return till_camera_pipeline_wait_loaded (self->pipeline, self->outlet, error);
}

/* What a container says of its length may be a guess from its first bytes: it is believed only when all else fails. */
static GstClockTime
till_clip_length (TillClip *self)
{
  GstClockTime told = till_camera_pipeline_get_duration (self->pipeline);

  return told == GST_CLOCK_TIME_NONE ? self->reach : MAX (told, self->reach);
}

static gboolean
till_clip_begin (TillClip *self, GError **error)
{
  GstClockTime length;

  if (!till_clip_open (self, error))
    return FALSE;
  if (self->start > 0 && till_camera_pipeline_seek (self->pipeline, self->start))
    self->next = self->start;
  else if (self->start > 0 && (length = till_clip_length (self)) > 0 && self->start >= length)
    {
      g_propagate_error (error, till_clip_error_beyond (self, length));
      return FALSE;
    }
  till_camera_pipeline_play (self->pipeline);
  return TRUE;
}

static gboolean
till_clip_begin_again (TillClip *self, GError **error)
{
  self->last = GST_CLOCK_TIME_NONE;
  self->next = self->start;
  if (till_camera_pipeline_seek (self->pipeline, self->start))
    return TRUE;
  self->next = 0;
  if (!till_clip_open (self, error))
    return FALSE;
  till_camera_pipeline_play (self->pipeline);
  return TRUE;
}

/* How long the picture before @time is to be seen. */
static gint64
till_clip_gap_us (TillClip *self, GstClockTime time)
{
  gint64 gap = GST_TIME_AS_USECONDS ((gint64) self->shown);

  if (time > self->last)
    gap = GST_TIME_AS_USECONDS ((gint64) (time - self->last));
  return MIN (gap, TILL_CLIP_HOLE_US);
}

static TillClipStep
till_clip_show (TillClip *self, const TillCameraPicture *picture)
{
  GstClockTime time = picture->time == GST_CLOCK_TIME_NONE ? self->next : picture->time;

  self->next = time + picture->duration;
  self->reach = MAX (self->reach, self->next);
  if (self->next < self->start + TILL_CLIP_ROUNDING && self->start > 0)
    return till_camera_outlet_is_stopped (self->outlet) ? TILL_CLIP_DONE : TILL_CLIP_GO_ON;
  if (self->end != GST_CLOCK_TIME_NONE && time >= self->end)
    return TILL_CLIP_PASS_OVER;

  if (self->last != GST_CLOCK_TIME_NONE)
    till_camera_pace_advance (&self->pace, till_clip_gap_us (self, time));
  if (!till_camera_pace_wait (&self->pace, self->outlet) || !till_camera_picture_push (picture, self->outlet))
    return TILL_CLIP_DONE;
  self->last = time;
  self->shown = picture->duration;
  return TILL_CLIP_GO_ON;
}

static TillClipStep
till_clip_step (TillClip *self, gint64 *deadline_us)
{
  g_auto (TillCameraPicture) picture = { 0 };
  g_autoptr (GError) error = NULL;

  switch (till_camera_pipeline_pull (self->pipeline, TILL_CLIP_SLICE_US, &picture, &error))
    {
    case TILL_CAMERA_PULL_PICTURE:
      {
        TillClipStep step = till_clip_show (self, &picture);

        *deadline_us = g_get_monotonic_time () + TILL_CLIP_STALL_US;
        return step;
      }
    case TILL_CAMERA_PULL_END:
      return TILL_CLIP_PASS_OVER;
    case TILL_CAMERA_PULL_FAILED:
      return till_clip_fail (self, g_steal_pointer (&error));
    case TILL_CAMERA_PULL_NOTHING:
    default:
      if (till_camera_outlet_is_stopped (self->outlet))
        return TILL_CLIP_DONE;
      if (g_get_monotonic_time () > *deadline_us)
        return till_clip_fail (self, till_clip_error_stalled (self));
      return TILL_CLIP_GO_ON;
    }
}

/* Plays from start to end once; FALSE when there is nothing to follow. */
static gboolean
till_clip_play_pass (TillClip *self)
{
  gint64 deadline_us = g_get_monotonic_time () + TILL_CLIP_STALL_US;
  TillClipStep step;

  do
    step = till_clip_step (self, &deadline_us);
  while (step == TILL_CLIP_GO_ON);
  if (step == TILL_CLIP_DONE)
    return FALSE;

  if (self->last == GST_CLOCK_TIME_NONE)
    {
      till_clip_fail (self, till_clip_error_beyond (self, till_clip_length (self)));
      return FALSE;
    }
  till_camera_pace_advance (&self->pace, GST_TIME_AS_USECONDS ((gint64) self->shown));
  return TRUE;
}

static void
till_clip_run (TillClip *self)
{
  g_autoptr (GError) error = NULL;
  gboolean loop = till_camera_source_get_loop (self->source);

  if (!till_clip_begin (self, &error))
    {
      till_clip_fail (self, g_steal_pointer (&error));
      return;
    }
  while (till_clip_play_pass (self))
    {
      if (!loop)
        {
          /* The last picture, too, is seen as long as it lasts. */
          if (till_camera_outlet_wait_until (self->outlet, self->pace.due_us))
            till_camera_outlet_end (self->outlet, NULL);
          return;
        }
      if (!till_clip_begin_again (self, &error))
        {
          till_clip_fail (self, g_steal_pointer (&error));
          return;
        }
    }
}

static GstClockTime
till_clip_seconds (double seconds)
{
  return seconds < 0 ? GST_CLOCK_TIME_NONE : (GstClockTime) (seconds * (double) GST_SECOND + 0.5);
}

void
till_camera_play_clip (TillCameraSource *source, TillCameraOutlet *outlet)
{
  TillClip self = { .source = source, .outlet = outlet, .last = GST_CLOCK_TIME_NONE };

  self.start = till_clip_seconds (till_camera_source_get_start (source));
  self.end = till_clip_seconds (till_camera_source_get_end (source));
  till_clip_run (&self);
  g_clear_pointer (&self.pipeline, till_camera_pipeline_free);
}
