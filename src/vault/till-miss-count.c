/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-miss-count.h"

/* The doublings that reach the longest wait. */
#define MOST_LEVEL 6

G_STATIC_ASSERT (TILL_MISS_COUNT_FIRST_US << (MOST_LEVEL - 1) >= TILL_MISS_COUNT_MOST_US);

static void
till_miss_count_note (TillMissCount *self, gint64 now_us)
{
  for (guint i = TILL_MISS_COUNT_FREE - 1; i > 0; i--)
    self->misses_us[i] = self->misses_us[i - 1];
  self->misses_us[0] = now_us;
}

static gboolean
till_miss_count_is_full (const TillMissCount *self, gint64 now_us)
{
  gint64 oldest = self->misses_us[TILL_MISS_COUNT_FREE - 1];

  return oldest != 0 && now_us - oldest <= self->window_us;
}

static void
till_miss_count_add (TillMissCount *self, gint64 now_us)
{
  gboolean in_a_row = self->level > 0 && now_us - self->until_us <= self->window_us;

  till_miss_count_note (self, now_us);
  if (in_a_row)
    self->level = MIN (self->level + 1, MOST_LEVEL);
  else
    self->level = till_miss_count_is_full (self, now_us) ? 1 : 0;
  if (self->level == 0)
    return;
  self->wait_us = MIN (TILL_MISS_COUNT_FIRST_US << (self->level - 1), TILL_MISS_COUNT_MOST_US);
  self->until_us = now_us + self->wait_us;
}

void
till_miss_count_wake (TillMissCount *self, gint64 now_us)
{
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    self->misses_us[i] = MIN (self->misses_us[i], now_us);
  self->until_us = MIN (self->until_us, now_us + self->wait_us);
  if (self->pending_us != 0)
    till_miss_count_miss (self, now_us);
}

gint64
till_miss_count_get_until_us (const TillMissCount *self, gint64 now_us)
{
  return self->until_us > now_us ? self->until_us : 0;
}

gboolean
till_miss_count_begin (TillMissCount *self, gint64 now_us)
{
  till_miss_count_wake (self, now_us);
  if (till_miss_count_get_until_us (self, now_us) != 0)
    return FALSE;
  self->pending_us = now_us;
  return TRUE;
}

void
till_miss_count_miss (TillMissCount *self, gint64 now_us)
{
  self->pending_us = 0;
  till_miss_count_add (self, now_us);
}

void
till_miss_count_spare (TillMissCount *self)
{
  self->pending_us = 0;
}

void
till_miss_count_forgive (TillMissCount *self)
{
  *self = (TillMissCount){ .window_us = self->window_us };
}

gboolean
till_miss_count_is_idle (const TillMissCount *self, gint64 now_us)
{
  return self->pending_us == 0 && MAX (self->until_us, self->misses_us[0]) + self->window_us < now_us;
}
