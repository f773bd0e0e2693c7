/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "set-clock.h"

struct _SetClock
{
  TillClock parent_instance;

  /* Read by the store's thread too. */
  GMutex mutex;
  gint64 utc_us;
  gint64 monotonic_us;
};

G_DEFINE_FINAL_TYPE (SetClock, set_clock, TILL_TYPE_CLOCK)

static gint64
set_clock_read (SetClock *self, const gint64 *hand)
{
  g_mutex_lock (&self->mutex);
  gint64 us = *hand;
  g_mutex_unlock (&self->mutex);
  return us;
}

static void
set_clock_set (SetClock *self, gint64 *hand, gint64 us)
{
  g_mutex_lock (&self->mutex);
  *hand = us;
  g_mutex_unlock (&self->mutex);
}

static gint64
set_clock_utc (TillClock *clock)
{
  SetClock *self = SET_CLOCK (clock);

  return set_clock_read (self, &self->utc_us);
}

static gint64
set_clock_monotonic (TillClock *clock)
{
  SetClock *self = SET_CLOCK (clock);

  return set_clock_read (self, &self->monotonic_us);
}

static void
set_clock_class_init (SetClockClass *klass)
{
  TILL_CLOCK_CLASS (klass)->utc = set_clock_utc;
  TILL_CLOCK_CLASS (klass)->monotonic = set_clock_monotonic;
}

static void
set_clock_init (SetClock *self)
{
  g_mutex_init (&self->mutex);
  self->utc_us = 1795329660 * (gint64) G_USEC_PER_SEC;
  self->monotonic_us = G_USEC_PER_SEC;
}

SetClock *
set_clock_new (void)
{
  return g_object_new (SET_TYPE_CLOCK, NULL);
}

void
set_clock_advance (SetClock *self, gint64 us)
{
  set_clock_set_utc (self, set_clock_read (self, &self->utc_us) + us);
  set_clock_set_monotonic (self, set_clock_read (self, &self->monotonic_us) + us);
}

void
set_clock_set_monotonic (SetClock *self, gint64 us)
{
  set_clock_set (self, &self->monotonic_us, us);
}

void
set_clock_set_utc (SetClock *self, gint64 us)
{
  set_clock_set (self, &self->utc_us, us);
}
