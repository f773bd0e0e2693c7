/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TILL_TYPE_CLOCK (till_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (TillClock, till_clock, TILL, CLOCK, GObject)

/**
 * TillClock: where every room gets the time from, so that a test can give it.
 *
 * The class as it is reads the system's clocks; a test derives from it. Thread-safe.
 */
struct _TillClockClass
{
  GObjectClass parent_class;

  gint64 (*utc) (TillClock *self);
  gint64 (*monotonic) (TillClock *self);
};

/* The system's clock (transfer none, lives as long as the process). */
TillClock *till_clock_system (void);

/* Microseconds since 1970-01-01 00:00 UTC. */
gint64 till_clock_utc (TillClock *self);

/* Microseconds that never go back, as g_get_monotonic_time(). */
gint64 till_clock_monotonic (TillClock *self);

/* ISO 8601 in UTC with milliseconds, "2026-11-22T06:41:00.123Z" (transfer full). */
char *till_clock_format_utc (gint64 utc_us);

G_END_DECLS
