/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-sighting-outbox.h"

struct _TillSightingOutbox
{
  GMainContext *context;
  TillSightingDeliver deliver;
  gpointer data;

  GMutex mutex; /* for what follows */
  gboolean closed;
  TillSightingPost post;
  GSource *source; /* pending, or NULL */
};

TillSightingOutbox *
till_sighting_outbox_new (TillSightingDeliver deliver, gpointer data)
{
  TillSightingOutbox *self = g_atomic_rc_box_new0 (TillSightingOutbox);

  self->context = g_main_context_ref_thread_default ();
  self->deliver = deliver;
  self->data = data;
  g_mutex_init (&self->mutex);
  return self;
}

TillSightingOutbox *
till_sighting_outbox_ref (TillSightingOutbox *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_post (TillSightingPost *post)
{
  post->ready = FALSE;
  g_clear_pointer (&post->sighting, till_sighting_unref);
  g_clear_error (&post->error);
}

static void
till_sighting_outbox_clear (gpointer data)
{
  TillSightingOutbox *self = data;

  clear_post (&self->post);
  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
}

void
till_sighting_outbox_unref (TillSightingOutbox *self)
{
  g_atomic_rc_box_release_full (self, till_sighting_outbox_clear);
}

static gboolean
deliver_post (gpointer data)
{
  TillSightingOutbox *self = data;
  TillSightingPost post = { 0 };

  g_mutex_lock (&self->mutex);
  post = self->post;
  self->post = (TillSightingPost){ 0 };
  g_clear_pointer (&self->source, g_source_unref);
  gboolean closed = self->closed;
  g_mutex_unlock (&self->mutex);

  if (!closed)
    self->deliver (&post, self->data);
  clear_post (&post);
  return G_SOURCE_REMOVE;
}

static void
destroy_reference (gpointer data)
{
  till_sighting_outbox_unref (data);
}

/* With the mutex held. */
static void
schedule (TillSightingOutbox *self)
{
  if (self->source != NULL)
    return;
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, deliver_post, till_sighting_outbox_ref (self), destroy_reference);
  g_source_attach (self->source, self->context);
}

static void
put (TillSightingOutbox *self, gboolean ready, TillSighting *sighting, GError *error)
{
  TillSighting *late = sighting;

  g_mutex_lock (&self->mutex);
  if (self->closed)
    g_clear_error (&error);
  else
    {
      self->post.ready = self->post.ready || ready;
      if (error != NULL)
        self->post.error = error;
      if (sighting != NULL)
        {
          late = self->post.sighting;
          self->post.sighting = sighting;
        }
      schedule (self);
    }
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&late, till_sighting_unref);
}

void
till_sighting_outbox_put_ready (TillSightingOutbox *self)
{
  put (self, TRUE, NULL, NULL);
}

void
till_sighting_outbox_put_sighting (TillSightingOutbox *self, TillSighting *sighting)
{
  put (self, FALSE, sighting, NULL);
}

void
till_sighting_outbox_put_error (TillSightingOutbox *self, GError *error)
{
  put (self, FALSE, NULL, error);
}

void
till_sighting_outbox_close (TillSightingOutbox *self)
{
  TillSightingPost post = { 0 };
  GSource *source = NULL;

  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  post = self->post;
  self->post = (TillSightingPost){ 0 };
  source = g_steal_pointer (&self->source);
  g_mutex_unlock (&self->mutex);

  if (source != NULL)
    {
      g_source_destroy (source);
      g_source_unref (source);
    }
  clear_post (&post);
}
