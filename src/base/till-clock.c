/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-clock.h"

G_DEFINE_TYPE (TillClock, till_clock, G_TYPE_OBJECT)

static gint64
till_clock_real_utc (TillClock *self)
{
  return g_get_real_time ();
}

static gint64
till_clock_real_monotonic (TillClock *self)
{
  return g_get_monotonic_time ();
}

static void
till_clock_class_init (TillClockClass *klass)
{
  klass->utc = till_clock_real_utc;
  klass->monotonic = till_clock_real_monotonic;
}

static void
till_clock_init (TillClock *self)
{
}

TillClock *
till_clock_system (void)
{
  static gsize once = 0;
  static TillClock *clock = NULL;

  if (g_once_init_enter (&once))
    {
      clock = g_object_new (TILL_TYPE_CLOCK, NULL);
      g_once_init_leave (&once, 1);
    }
  return clock;
}

gint64
till_clock_utc (TillClock *self)
{
  g_return_val_if_fail (TILL_IS_CLOCK (self), 0);

  return TILL_CLOCK_GET_CLASS (self)->utc (self);
}

gint64
till_clock_monotonic (TillClock *self)
{
  g_return_val_if_fail (TILL_IS_CLOCK (self), 0);

  return TILL_CLOCK_GET_CLASS (self)->monotonic (self);
}

char *
till_clock_format_utc (gint64 utc_us)
{
  gint64 seconds = utc_us / G_USEC_PER_SEC;
  gint64 rest = utc_us % G_USEC_PER_SEC;

  if (rest < 0)
    {
      rest += G_USEC_PER_SEC;
      seconds -= 1;
    }

  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (seconds);
  if (when == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT "us", utc_us);

  g_autofree char *until_seconds = g_date_time_format (when, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03dZ", until_seconds, (int) (rest / 1000));
}
