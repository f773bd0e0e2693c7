/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-steady-hint.h"

void
till_steady_hint_init (TillSteadyHint *self, const TillOperatingPoint *point)
{
  gint64 stay_us = (gint64) (point->hint_seconds * G_USEC_PER_SEC);

  *self = (TillSteadyHint){
    .stay_us = stay_us,
    .settle_us = stay_us / 4,
    .shown = TILL_HINT_NONE,
    .wanted = TILL_HINT_NONE,
  };
}

static gboolean
is_due (const TillSteadyHint *self, gint64 captured_us)
{
  gboolean settled = captured_us - self->wanted_us >= self->settle_us;
  gboolean read = self->shown == TILL_HINT_NONE || captured_us - self->shown_us >= self->stay_us;
  gboolean stale = captured_us - self->agreed_us >= 2 * self->stay_us;

  return (settled && read) || stale;
}

void
till_steady_hint_add (TillSteadyHint *self, TillHint hint, gint64 captured_us)
{
  if (self->agreed_us == 0)
    self->agreed_us = captured_us;
  if (hint != self->wanted)
    {
      self->wanted = hint;
      self->wanted_us = captured_us;
    }
  if (hint == self->shown)
    {
      self->agreed_us = captured_us;
      return;
    }
  if (is_due (self, captured_us))
    {
      self->shown = hint;
      self->shown_us = captured_us;
      self->agreed_us = captured_us;
    }
}

TillHint
till_steady_hint_get (const TillSteadyHint *self)
{
  return self->shown;
}
