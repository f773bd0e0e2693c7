/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-mailbox.h"

struct _TillMailbox
{
  gatomicrefcount references;
  GMutex lock;
  GCond changed;

  /* Under the lock. */
  TillFrame *frame;
  gboolean woken;
  guint64 dropped;
};

TillMailbox *
till_mailbox_new (void)
{
  TillMailbox *self = g_new0 (TillMailbox, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  return self;
}

TillMailbox *
till_mailbox_ref (TillMailbox *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
till_mailbox_unref (TillMailbox *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->frame, till_frame_unref);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Frames are let go of outside the lock: wiping a large one takes a while. */
static TillFrame *
till_mailbox_swap (TillMailbox *self, TillFrame *frame)
{
  TillFrame *old = self->frame;

  self->frame = frame;
  return old;
}

void
till_mailbox_put (TillMailbox *self, TillFrame *frame)
{
  g_autoptr (TillFrame) missed = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (frame != NULL);

  g_mutex_lock (&self->lock);
  missed = till_mailbox_swap (self, till_frame_ref (frame));
  if (missed != NULL)
    self->dropped++;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

TillFrame *
till_mailbox_take (TillMailbox *self, gint64 deadline_us)
{
  TillFrame *frame;
  gboolean in_time = deadline_us > 0;

  g_return_val_if_fail (self != NULL, NULL);

  g_mutex_lock (&self->lock);
  while (self->frame == NULL && !self->woken && in_time)
    in_time = g_cond_wait_until (&self->changed, &self->lock, deadline_us);
  frame = till_mailbox_swap (self, NULL);
  self->woken = FALSE;
  g_mutex_unlock (&self->lock);
  return frame;
}

void
till_mailbox_wake (TillMailbox *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->woken = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
till_mailbox_clear (TillMailbox *self)
{
  g_autoptr (TillFrame) unseen = NULL;

  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  unseen = till_mailbox_swap (self, NULL);
  g_mutex_unlock (&self->lock);
}

guint64
till_mailbox_get_dropped (TillMailbox *self)
{
  guint64 dropped;

  g_return_val_if_fail (self != NULL, 0);

  g_mutex_lock (&self->lock);
  dropped = self->dropped;
  g_mutex_unlock (&self->lock);
  return dropped;
}
