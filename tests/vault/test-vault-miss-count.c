/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-miss-count.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define WINDOW TILL_MISS_COUNT_SHORT_US
#define START  (1000 * MINUTE)

/* A try at @now that misses; gives how long the next one has to wait. */
static gint64
miss (TillMissCount *count, gint64 now)
{
  g_assert_true (till_miss_count_begin (count, now));
  till_miss_count_miss (count, now);
  gint64 until = till_miss_count_get_until_us (count, now);
  return until == 0 ? 0 : until - now;
}

static gint64
miss_five (TillMissCount *count, gint64 now)
{
  for (guint i = 1; i < TILL_MISS_COUNT_FREE; i++)
    g_assert_cmpint (miss (count, now), ==, 0);
  return miss (count, now);
}

static void
test_five_then_longer (void)
{
  static const gint64 waits[] = { 30, 60, 120, 240, 480, 900, 900, 900 };
  TillMissCount count = { .window_us = WINDOW };
  gint64 now = START;
  gint64 wait = miss_five (&count, now);

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_assert_cmpint (wait, ==, waits[i] * SECOND);
      g_assert_false (till_miss_count_begin (&count, now));
      g_assert_false (till_miss_count_begin (&count, now + wait - 1));
      now += wait;
      wait = miss (&count, now);
    }
}

/* Five within ten minutes, counted back from any of them, not five in some ten minutes of the clock. */
static void
test_window (void)
{
  TillMissCount count = { .window_us = WINDOW };
  gint64 now = START;

  for (guint i = 0; i < 40; i++)
    {
      g_assert_cmpint (miss (&count, now), ==, 0);
      now += WINDOW / 4 + 1;
    }
  now += WINDOW;
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpint (miss (&count, now), ==, 0);
      now += WINDOW / 4;
    }
  g_assert_cmpint (miss (&count, now), ==, TILL_MISS_COUNT_FIRST_US);
}

static void
test_quiet_forgives (void)
{
  TillMissCount count = { .window_us = WINDOW };
  gint64 now = START + miss_five (&count, START);

  g_assert_cmpint (miss (&count, now + WINDOW), ==, 2 * TILL_MISS_COUNT_FIRST_US);
  now = count.until_us + WINDOW + 1;
  g_assert_true (till_miss_count_is_idle (&count, now));
  g_assert_cmpint (miss_five (&count, now), ==, TILL_MISS_COUNT_FIRST_US);
}

static void
test_ends (void)
{
  TillMissCount count = { .window_us = WINDOW };

  for (guint i = 0; i < 50; i++)
    {
      g_assert_true (till_miss_count_begin (&count, START));
      till_miss_count_spare (&count);
    }
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (miss (&count, START), ==, 0);
  g_assert_true (till_miss_count_begin (&count, START));
  till_miss_count_spare (&count);
  g_assert_cmpint (till_miss_count_get_until_us (&count, START), ==, 0);
  g_assert_false (till_miss_count_is_idle (&count, START));
  till_miss_count_forgive (&count);
  g_assert_true (till_miss_count_is_idle (&count, START));
  g_assert_cmpint (miss_five (&count, START), ==, TILL_MISS_COUNT_FIRST_US);
}

/* A process that died while it looked has seen a miss, in this run of the machine or the next. */
static void
test_never_ended (void)
{
  TillMissCount count = { .window_us = WINDOW };

  for (guint i = 1; i <= TILL_MISS_COUNT_FREE; i++)
    {
      g_assert_true (till_miss_count_begin (&count, START));
      TillMissCount kept = count;
      till_miss_count_wake (&kept, i % 2 == 0 ? START : SECOND);
      g_assert_cmpint (kept.pending_us, ==, 0);
      g_assert_cmpint (till_miss_count_get_until_us (&kept, i % 2 == 0 ? START : SECOND) != 0, ==,
                       i == TILL_MISS_COUNT_FREE);
    }
  g_assert_false (till_miss_count_begin (&count, START));
}

/* Whatever the clock of the next run says, the wait from the miss to the next try is never shorter than it was to be. */
static void
test_restart (void)
{
  for (gint64 uptime = SECOND; uptime < START + 2 * MINUTE; uptime += 7 * SECOND)
    {
      TillMissCount count = { .window_us = WINDOW };
      const gint64 wait = miss_five (&count, START);

      till_miss_count_wake (&count, uptime);
      gint64 until = till_miss_count_get_until_us (&count, uptime);
      /* The machine has been up for all of @uptime since the miss, at least. */
      gint64 waited = until == 0 ? uptime : until;
      g_assert_cmpint (waited, >=, wait);
      g_assert_cmpint (until - uptime, <=, wait);
    }
}

/* Misses of an earlier run count on, though the machine's clock began anew. */
static void
test_restart_keeps_misses (void)
{
  TillMissCount count = { .window_us = WINDOW };

  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (miss (&count, START), ==, 0);
  till_miss_count_wake (&count, SECOND);
  g_assert_cmpint (miss (&count, SECOND), ==, TILL_MISS_COUNT_FIRST_US);
  till_miss_count_wake (&count, 1);
  g_assert_cmpint (till_miss_count_get_until_us (&count, 1), ==, 1 + TILL_MISS_COUNT_FIRST_US);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/miss-count/five-then-longer", test_five_then_longer);
  g_test_add_func ("/vault/miss-count/window", test_window);
  g_test_add_func ("/vault/miss-count/quiet-forgives", test_quiet_forgives);
  g_test_add_func ("/vault/miss-count/ends", test_ends);
  g_test_add_func ("/vault/miss-count/never-ended", test_never_ended);
  g_test_add_func ("/vault/miss-count/restart", test_restart);
  g_test_add_func ("/vault/miss-count/restart-keeps-misses", test_restart_keeps_misses);
  return g_test_run ();
}
