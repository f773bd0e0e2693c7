/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera.h"

#include "base/till-error.h"
#include "camera/till-camera-memory.h"
#include "camera/till-camera-outlet.h"
#include "camera/till-camera-play.h"

struct _TillCamera
{
  GObject parent_instance;

  TillCameraSource *source;
  TillCameraOutlet *outlet;
  gboolean begun;
  gboolean running;
};

G_DEFINE_FINAL_TYPE (TillCamera, till_camera, G_TYPE_OBJECT)

enum
{
  TILL_CAMERA_STARTED,
  TILL_CAMERA_FRAME,
  TILL_CAMERA_CODE,
  TILL_CAMERA_ENDED,
  TILL_CAMERA_FAILED,
  TILL_CAMERA_SIGNALS
};

static guint till_camera_signals[TILL_CAMERA_SIGNALS];

/* What the thread takes with it: the camera itself may be gone before it ends. */
typedef struct
{
  TillCameraSource *source;
  TillCameraOutlet *outlet;
} TillCameraRun;

static void
till_camera_run_play (TillCameraRun *run)
{
  switch (till_camera_source_get_kind (run->source))
    {
    case TILL_CAMERA_SOURCE_DEVICE:
      till_camera_play_device (run->source, run->outlet);
      break;
    case TILL_CAMERA_SOURCE_CLIP:
      till_camera_play_clip (run->source, run->outlet);
      break;
    case TILL_CAMERA_SOURCE_STILLS:
      till_camera_play_stills (run->source, run->outlet);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gpointer
till_camera_thread (gpointer data)
{
  TillCameraRun *run = data;
  g_autoptr (GError) reason = NULL;

  if (till_camera_memory_start (&reason))
    till_camera_run_play (run);
  else
    till_camera_outlet_end (run->outlet, g_error_new (TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                                                      "GStreamer does not start: %s", reason->message));
  till_camera_outlet_finish (run->outlet);
  till_camera_outlet_unref (run->outlet);
  till_camera_source_unref (run->source);
  g_free (run);
  return NULL;
}

static gboolean
till_camera_is_muted (TillCamera *self)
{
  return till_camera_outlet_is_stopped (self->outlet);
}

/* Any handler may stop the camera, so it is asked again before each signal. */
static void
till_camera_deliver (gpointer owner, const TillCameraDelivery *delivery)
{
  TillCamera *self = owner;

  if (delivery->started && !till_camera_is_muted (self))
    g_signal_emit (self, till_camera_signals[TILL_CAMERA_STARTED], 0);
  if (delivery->frame != NULL && !till_camera_is_muted (self))
    g_signal_emit (self, till_camera_signals[TILL_CAMERA_FRAME], 0, delivery->frame);
  if (delivery->code != NULL && !till_camera_is_muted (self) && till_camera_outlet_is_reading (self->outlet))
    g_signal_emit (self, till_camera_signals[TILL_CAMERA_CODE], 0, delivery->code);
  if (!delivery->ended || till_camera_is_muted (self))
    return;

  self->running = FALSE;
  if (delivery->error == NULL)
    g_signal_emit (self, till_camera_signals[TILL_CAMERA_ENDED], 0);
  else
    g_signal_emit (self, till_camera_signals[TILL_CAMERA_FAILED], 0, delivery->error);
}

static void
till_camera_dispose (GObject *object)
{
  till_camera_stop (TILL_CAMERA (object));
  G_OBJECT_CLASS (till_camera_parent_class)->dispose (object);
}

static void
till_camera_finalize (GObject *object)
{
  TillCamera *self = TILL_CAMERA (object);

  g_clear_pointer (&self->outlet, till_camera_outlet_unref);
  g_clear_pointer (&self->source, till_camera_source_unref);
  G_OBJECT_CLASS (till_camera_parent_class)->finalize (object);
}

static void
till_camera_class_init (TillCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = till_camera_dispose;
  object_class->finalize = till_camera_finalize;

  till_camera_signals[TILL_CAMERA_STARTED]
      = g_signal_new ("started", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  till_camera_signals[TILL_CAMERA_FRAME]
      = g_signal_new ("frame", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, TILL_TYPE_FRAME);
  till_camera_signals[TILL_CAMERA_CODE]
      = g_signal_new ("code", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                      G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  till_camera_signals[TILL_CAMERA_ENDED]
      = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  till_camera_signals[TILL_CAMERA_FAILED]
      = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
till_camera_init (TillCamera *self)
{
}

TillCamera *
till_camera_new (TillCameraSource *source, TillMailbox *mailbox)
{
  TillCamera *self;

  g_return_val_if_fail (source != NULL, NULL);

  self = g_object_new (TILL_TYPE_CAMERA, NULL);
  self->source = till_camera_source_ref (source);
  self->outlet = till_camera_outlet_new (G_OBJECT (self), till_camera_deliver, mailbox);
  return self;
}

void
till_camera_start (TillCamera *self)
{
  TillCameraRun *run;

  g_return_if_fail (TILL_IS_CAMERA (self));
  g_return_if_fail (!self->begun);

  self->begun = TRUE;
  self->running = TRUE;
  till_camera_outlet_begin (self->outlet);

  run = g_new0 (TillCameraRun, 1);
  run->source = till_camera_source_ref (self->source);
  run->outlet = till_camera_outlet_ref (self->outlet);
  g_thread_unref (g_thread_new ("till-camera", till_camera_thread, run));
}

void
till_camera_stop (TillCamera *self)
{
  g_return_if_fail (TILL_IS_CAMERA (self));

  self->running = FALSE;
  if (self->begun)
    till_camera_outlet_stop (self->outlet);
}

void
till_camera_set_reading_codes (TillCamera *self, gboolean reading)
{
  g_return_if_fail (TILL_IS_CAMERA (self));

  till_camera_outlet_set_reading (self->outlet, reading);
}

gboolean
till_camera_get_reading_codes (TillCamera *self)
{
  g_return_val_if_fail (TILL_IS_CAMERA (self), FALSE);

  return till_camera_outlet_is_reading (self->outlet);
}

gboolean
till_camera_is_running (TillCamera *self)
{
  g_return_val_if_fail (TILL_IS_CAMERA (self), FALSE);

  return self->running;
}

TillCameraSource *
till_camera_get_source (TillCamera *self)
{
  g_return_val_if_fail (TILL_IS_CAMERA (self), NULL);

  return self->source;
}

gint64
till_camera_get_start_delay_us (TillCamera *self)
{
  g_return_val_if_fail (TILL_IS_CAMERA (self), -1);

  return till_camera_outlet_get_start_delay_us (self->outlet);
}

guint64
till_camera_get_frame_count (TillCamera *self)
{
  g_return_val_if_fail (TILL_IS_CAMERA (self), 0);

  return till_camera_outlet_get_count (self->outlet);
}

gboolean
till_camera_wait_closed (gint64 deadline_us)
{
  return till_camera_outlet_wait_all_finished (deadline_us);
}
