/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-outlet.h"

#include "camera/till-camera-codes.h"

#include <string.h>

/* How often a code that stays in view is told of. */
#define TILL_OUTLET_CODE_US (G_USEC_PER_SEC)

struct _TillCameraOutlet
{
  gatomicrefcount references;
  GWeakRef owner;
  TillCameraDeliver deliver;
  GMainContext *context;
  TillMailbox *mailbox;

  GMutex lock;
  GCond stopping;

  /* Under the lock. */
  gboolean stopped;
  gboolean running; /* between begin and finish */
  gboolean counted; /* among those that are letting go */
  gint64 begun_us;
  gint64 first_us;
  guint64 count;
  GSource *source; /* the one pending delivery */
  TillCameraDelivery pending;
  gboolean reading;
  char *code; /* told of last, NULL for none */
  gint64 code_us;

  /* The camera's thread's. */
  TillCameraCodes *codes;
  gboolean unreadable; /* codes can't be read here, and it was said */
};

static GMutex till_outlets_lock;
static GCond till_outlets_changed;
static guint till_outlets_letting_go;

/* The text of a code may be as good as money. */
static void
till_camera_code_clear (char **code)
{
  if (*code != NULL)
    explicit_bzero (*code, strlen (*code));
  g_clear_pointer (code, g_free);
}

static void
till_camera_delivery_clear (TillCameraDelivery *delivery)
{
  till_camera_code_clear (&delivery->code);
  g_clear_pointer (&delivery->frame, till_frame_unref);
  g_clear_error (&delivery->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillCameraDelivery, till_camera_delivery_clear)

TillCameraOutlet *
till_camera_outlet_new (GObject *owner, TillCameraDeliver deliver, TillMailbox *mailbox)
{
  TillCameraOutlet *self = g_new0 (TillCameraOutlet, 1);

  g_atomic_ref_count_init (&self->references);
  g_weak_ref_init (&self->owner, owner);
  g_mutex_init (&self->lock);
  g_cond_init (&self->stopping);
  self->deliver = deliver;
  self->context = g_main_context_ref_thread_default ();
  self->mailbox = mailbox == NULL ? NULL : till_mailbox_ref (mailbox);
  self->first_us = -1;
  return self;
}

TillCameraOutlet *
till_camera_outlet_ref (TillCameraOutlet *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
till_camera_outlet_unref (TillCameraOutlet *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->source, g_source_unref);
  till_camera_delivery_clear (&self->pending);
  till_camera_code_clear (&self->code);
  g_clear_pointer (&self->mailbox, till_mailbox_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_weak_ref_clear (&self->owner);
  g_cond_clear (&self->stopping);
  g_mutex_clear (&self->lock);
  g_free (self);
}

GMainContext *
till_camera_outlet_get_context (TillCameraOutlet *self)
{
  return self->context;
}

void
till_camera_outlet_begin (TillCameraOutlet *self)
{
  g_mutex_lock (&self->lock);
  self->running = TRUE;
  self->begun_us = g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
}

/* With the lock held. */
static void
till_camera_outlet_count_letting_go (TillCameraOutlet *self)
{
  if (!self->running || self->counted)
    return;
  self->counted = TRUE;
  g_mutex_lock (&till_outlets_lock);
  till_outlets_letting_go++;
  g_mutex_unlock (&till_outlets_lock);
}

void
till_camera_outlet_finish (TillCameraOutlet *self)
{
  g_clear_pointer (&self->codes, till_camera_codes_free);
  g_mutex_lock (&self->lock);
  if (self->counted)
    {
      g_mutex_lock (&till_outlets_lock);
      till_outlets_letting_go--;
      g_cond_broadcast (&till_outlets_changed);
      g_mutex_unlock (&till_outlets_lock);
    }
  self->running = FALSE;
  self->counted = FALSE;
  g_mutex_unlock (&self->lock);
}

gboolean
till_camera_outlet_wait_all_finished (gint64 deadline_us)
{
  gboolean in_time = TRUE;
  gboolean finished;

  g_mutex_lock (&till_outlets_lock);
  while (till_outlets_letting_go > 0 && in_time)
    in_time = g_cond_wait_until (&till_outlets_changed, &till_outlets_lock, deadline_us);
  finished = till_outlets_letting_go == 0;
  g_mutex_unlock (&till_outlets_lock);
  return finished;
}

/* FALSE when there is nothing to deliver any more. Whoever owned the source is the one to destroy it. */
static gboolean
till_camera_outlet_take_pending (TillCameraOutlet *self, TillCameraDelivery *delivery)
{
  gboolean wanted;

  g_mutex_lock (&self->lock);
  wanted = !self->stopped;
  if (wanted)
    {
      *delivery = self->pending;
      self->pending = (TillCameraDelivery){ 0 };
      g_clear_pointer (&self->source, g_source_unref);
    }
  g_mutex_unlock (&self->lock);
  return wanted;
}

static gboolean
till_camera_outlet_dispatch (gpointer user_data)
{
  TillCameraOutlet *self = user_data;
  g_auto (TillCameraDelivery) delivery = { 0 };
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  if (till_camera_outlet_take_pending (self, &delivery) && owner != NULL)
    self->deliver (owner, &delivery);
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
till_camera_outlet_schedule (TillCameraOutlet *self)
{
  if (self->source != NULL)
    return;
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (self->source, "till-camera");
  g_source_set_callback (self->source, till_camera_outlet_dispatch, till_camera_outlet_ref (self),
                         (GDestroyNotify) till_camera_outlet_unref);
  g_source_attach (self->source, self->context);
}

/* With the lock held; gives back the picture nobody saw. */
static TillFrame *
till_camera_outlet_publish (TillCameraOutlet *self, TillFrame *frame)
{
  TillFrame *missed = self->pending.frame;

  if (self->count == 0)
    {
      self->first_us = till_frame_get_captured_us (frame);
      self->pending.started = TRUE;
    }
  self->count++;
  if (self->mailbox != NULL)
    till_mailbox_put (self->mailbox, frame);
  self->pending.frame = till_frame_ref (frame);
  till_camera_outlet_schedule (self);
  return missed;
}

/* In GStreamer's thread. */
static void
till_camera_outlet_on_code (const char *text, gpointer user_data)
{
  TillCameraOutlet *self = user_data;
  const gint64 now_us = g_get_monotonic_time ();

  g_mutex_lock (&self->lock);
  if (self->reading && !self->stopped
      && (g_strcmp0 (text, self->code) != 0 || now_us - self->code_us >= TILL_OUTLET_CODE_US))
    {
      till_camera_code_clear (&self->code);
      till_camera_code_clear (&self->pending.code);
      self->code = g_strdup (text);
      self->code_us = now_us;
      self->pending.code = g_strdup (text);
      till_camera_outlet_schedule (self);
    }
  g_mutex_unlock (&self->lock);
}

static void
till_camera_outlet_open_codes (TillCameraOutlet *self)
{
  g_autoptr (GError) error = NULL;

  if (self->codes != NULL || self->unreadable)
    return;
  self->codes = till_camera_codes_new (till_camera_outlet_on_code, self, &error);
  self->unreadable = self->codes == NULL;
  if (self->unreadable)
    g_warning ("No code can be read: %s", error->message);
}

static void
till_camera_outlet_read (TillCameraOutlet *self, const guint8 *bgr, int width, int height, gsize stride)
{
  if (till_camera_outlet_is_reading (self))
    till_camera_outlet_open_codes (self);
  else
    g_clear_pointer (&self->codes, till_camera_codes_free);
  if (self->codes != NULL)
    till_camera_codes_show (self->codes, bgr, width, height, stride);
}

gboolean
till_camera_outlet_push (TillCameraOutlet *self, const guint8 *bgr, int width, int height, gsize stride)
{
  g_autoptr (TillFrame) frame = NULL;
  g_autoptr (TillFrame) missed = NULL;
  gboolean wanted;

  /* Only the camera's thread counts, so the serial read here is still the next one below. */
  frame = till_frame_new (bgr, width, height, stride, g_get_monotonic_time (),
                          till_camera_outlet_get_count (self) + 1);

  g_mutex_lock (&self->lock);
  wanted = !self->stopped;
  if (wanted)
    missed = till_camera_outlet_publish (self, frame);
  g_mutex_unlock (&self->lock);
  if (wanted)
    till_camera_outlet_read (self, bgr, width, height, stride);
  return wanted;
}

void
till_camera_outlet_set_reading (TillCameraOutlet *self, gboolean reading)
{
  g_mutex_lock (&self->lock);
  self->reading = reading;
  till_camera_code_clear (&self->code);
  till_camera_code_clear (&self->pending.code);
  g_mutex_unlock (&self->lock);
}

gboolean
till_camera_outlet_is_reading (TillCameraOutlet *self)
{
  gboolean reading;

  g_mutex_lock (&self->lock);
  reading = self->reading;
  g_mutex_unlock (&self->lock);
  return reading;
}

void
till_camera_outlet_end (TillCameraOutlet *self, GError *error)
{
  g_autoptr (GError) unwanted = error;

  g_mutex_lock (&self->lock);
  if (!self->stopped && !self->pending.ended)
    {
      till_camera_outlet_count_letting_go (self);
      self->pending.ended = TRUE;
      self->pending.error = g_steal_pointer (&unwanted);
      till_camera_outlet_schedule (self);
    }
  g_mutex_unlock (&self->lock);
}

void
till_camera_outlet_stop (TillCameraOutlet *self)
{
  g_auto (TillCameraDelivery) unseen = { 0 };
  g_autoptr (GSource) source = NULL;

  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  till_camera_outlet_count_letting_go (self);
  unseen = self->pending;
  self->pending = (TillCameraDelivery){ 0 };
  source = g_steal_pointer (&self->source);
  g_cond_broadcast (&self->stopping);
  g_mutex_unlock (&self->lock);

  if (source != NULL)
    g_source_destroy (source);
}

gboolean
till_camera_outlet_is_stopped (TillCameraOutlet *self)
{
  gboolean stopped;

  g_mutex_lock (&self->lock);
  stopped = self->stopped;
  g_mutex_unlock (&self->lock);
  return stopped;
}

gboolean
till_camera_outlet_wait_until (TillCameraOutlet *self, gint64 when_us)
{
  gboolean waiting = TRUE;
  gboolean stopped;

  g_mutex_lock (&self->lock);
  while (!self->stopped && waiting)
    waiting = g_cond_wait_until (&self->stopping, &self->lock, when_us);
  stopped = self->stopped;
  g_mutex_unlock (&self->lock);
  return !stopped;
}

gint64
till_camera_outlet_get_start_delay_us (TillCameraOutlet *self)
{
  gint64 delay;

  g_mutex_lock (&self->lock);
  delay = self->first_us < 0 ? -1 : self->first_us - self->begun_us;
  g_mutex_unlock (&self->lock);
  return delay;
}

guint64
till_camera_outlet_get_count (TillCameraOutlet *self)
{
  guint64 count;

  g_mutex_lock (&self->lock);
  count = self->count;
  g_mutex_unlock (&self->lock);
  return count;
}
