/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-clock.h"

G_BEGIN_DECLS

/* A clock whose hands the test sets, each by itself: the one on the wall may jump, a restart begins the other anew. */
#define SET_TYPE_CLOCK (set_clock_get_type ())
G_DECLARE_FINAL_TYPE (SetClock, set_clock, SET, CLOCK, TillClock)

/* At one second after the machine started. */
SetClock *set_clock_new (void) G_GNUC_WARN_UNUSED_RESULT;
void set_clock_advance (SetClock *self, gint64 us);
void set_clock_set_monotonic (SetClock *self, gint64 us);
void set_clock_set_utc (SetClock *self, gint64 us);

G_END_DECLS
