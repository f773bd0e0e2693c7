/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. */
#include "../vault/set-clock.h"
#include "base/till-error.h"
#include "customers-fixture.h"
#include "customers/till-lockout.h"
#include "vault/till-miss-count.h"

#include <string.h>

#define DIGITS "4711"
#define OTHERS "0815"

typedef struct
{
  CustomersFixture customers;
  SetClock *clock;
  TillLockout *lockout;
} Fixture;

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **done)
{
  while (*done == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_lockout (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->lockout
      = till_lockout_new (self->customers.store, self->customers.vault, TILL_CLOCK (self->clock), &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  customers_fixture_set_up (&self->customers, data);
  self->clock = set_clock_new ();
  set_clock_set_monotonic (self->clock, 5000 * (gint64) G_USEC_PER_SEC);
  open_lockout (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->lockout);
  customers_fixture_tear_down (&self->customers, data);
  g_assert_finalize_object (self->clock);
}

/* As after kill -9: nothing more is written. @uptime_us: of the machine; 0: it ran on. */
static void
restart (Fixture *self, gint64 uptime_us)
{
  g_assert_finalize_object (g_steal_pointer (&self->lockout));
  customers_fixture_close (&self->customers);
  if (uptime_us != 0)
    set_clock_set_monotonic (self->clock, uptime_us);
  customers_fixture_open (&self->customers);
  open_lockout (self);
}

static gboolean
begin (Fixture *self, const char *digits, gboolean *waits, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_lockout_begin_async (self->lockout, digits, NULL, on_done, &done);
  wait_for (&done);
  return till_lockout_begin_finish (self->lockout, done, waits, error);
}

static void
end (Fixture *self, TillLockoutEnd how)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_lockout_end_async (self->lockout, how, NULL, on_done, &done);
  wait_for (&done);
  g_assert_true (till_lockout_end_finish (self->lockout, done, &error));
  g_assert_no_error (error);
}

/* A whole try; gives whether the digits had to wait. */
static gboolean
try_once (Fixture *self, const char *digits, TillLockoutEnd how)
{
  g_autoptr (GError) error = NULL;
  gboolean waits = FALSE;

  g_assert_true (begin (self, digits, &waits, &error));
  g_assert_no_error (error);
  end (self, how);
  return waits;
}

static gint64
till_waits (Fixture *self)
{
  gint64 until = till_lockout_get_until_us (self->lockout);

  return until == 0 ? 0 : until - till_clock_monotonic (TILL_CLOCK (self->clock));
}

static void
wait_out_till (Fixture *self)
{
  set_clock_advance (self->clock, till_waits (self));
  g_assert_cmpint (till_waits (self), ==, 0);
}

static void
assert_till_locked (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gboolean waits = FALSE;

  g_assert_false (begin (self, DIGITS, &waits, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED_OUT);
}

/* Whoever's digits they are: five misses of five people lock the till. */
static void
test_till (Fixture *self, gconstpointer data)
{
  static const char *const digits[] = { "0001", "0002", "0003", "0004", "0005" };

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      g_assert_cmpint (till_waits (self), ==, 0);
      g_assert_false (try_once (self, digits[i], TILL_LOCKOUT_MISSED));
    }
  g_assert_cmpint (till_waits (self), ==, TILL_MISS_COUNT_FIRST_US);
  assert_till_locked (self);
  wait_out_till (self);
  try_once (self, DIGITS, TILL_LOCKOUT_MISSED);
  g_assert_cmpint (till_waits (self), ==, 2 * TILL_MISS_COUNT_FIRST_US);
}

/* So slowly that the till itself never waits. */
static gboolean
try_slowly (Fixture *self, const char *digits, TillLockoutEnd how)
{
  set_clock_advance (self->clock, TILL_MISS_COUNT_SHORT_US + 1);
  g_assert_cmpint (till_waits (self), ==, 0);
  return try_once (self, digits, how);
}

/* The digits wait though the till does not; others' digits do not, and whoever waits only looks on. */
static void
test_digits (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    g_assert_false (try_slowly (self, DIGITS, TILL_LOCKOUT_MISSED));
  g_assert_true (try_once (self, DIGITS, TILL_LOCKOUT_MISSED));
  g_assert_true (try_once (self, DIGITS, TILL_LOCKOUT_MISSED));
  g_assert_false (try_once (self, OTHERS, TILL_LOCKOUT_MISSED));

  /* Tries while they waited have not made the wait longer. */
  set_clock_advance (self->clock, TILL_MISS_COUNT_FIRST_US);
  g_assert_false (try_once (self, DIGITS, TILL_LOCKOUT_RIGHT));
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    g_assert_false (try_slowly (self, DIGITS, TILL_LOCKOUT_MISSED));
  g_assert_true (try_once (self, DIGITS, TILL_LOCKOUT_VOID));
}

/* Success does not forgive the till's misses, … */
static void
test_success (Fixture *self, gconstpointer data)
{
  for (guint i = 1; i < TILL_MISS_COUNT_FREE; i++)
    g_assert_false (try_once (self, DIGITS, TILL_LOCKOUT_MISSED));
  g_assert_false (try_once (self, DIGITS, TILL_LOCKOUT_RIGHT));
  g_assert_cmpint (till_waits (self), ==, 0);
  g_assert_false (try_once (self, DIGITS, TILL_LOCKOUT_MISSED));
  g_assert_cmpint (till_waits (self), ==, TILL_MISS_COUNT_FIRST_US);
  set_clock_advance (self->clock, TILL_MISS_COUNT_FIRST_US);
  g_assert_false (try_once (self, DIGITS, TILL_LOCKOUT_VOID));
}

/* … only those of the digits. */
static void
test_success_forgives_digits (Fixture *self, gconstpointer data)
{
  for (guint i = 1; i < TILL_MISS_COUNT_FREE; i++)
    g_assert_false (try_slowly (self, DIGITS, TILL_LOCKOUT_MISSED));
  g_assert_false (try_slowly (self, DIGITS, TILL_LOCKOUT_RIGHT));
  g_assert_false (try_slowly (self, DIGITS, TILL_LOCKOUT_MISSED));
  g_assert_false (try_once (self, DIGITS, TILL_LOCKOUT_VOID));
}

static void
test_void (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 3 * TILL_MISS_COUNT_FREE; i++)
    g_assert_false (try_once (self, DIGITS, TILL_LOCKOUT_VOID));
  g_assert_cmpint (till_waits (self), ==, 0);
  restart (self, G_USEC_PER_SEC);
  g_assert_cmpint (till_waits (self), ==, 0);
}

/* Killed while it looked, every time: that makes no guess free, for the till and for the digits. */
static void
test_killed (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean waits = TRUE;

      g_assert_cmpint (till_waits (self), ==, 0);
      g_assert_true (begin (self, DIGITS, &waits, &error));
      g_assert_false (waits);
      restart (self, i % 2 == 0 ? 0 : (i + 1) * G_USEC_PER_SEC);
    }
  g_assert_cmpint (till_waits (self), ==, TILL_MISS_COUNT_FIRST_US);
  wait_out_till (self);
  /* The digits' fifth miss is found when they are tried again, and their wait begins there. */
  g_assert_true (try_once (self, DIGITS, TILL_LOCKOUT_MISSED));
}

/* Waits go on over a restart of the machine; the clock on the wall may say what it likes. */
static void
test_clocks (Fixture *self, gconstpointer data)
{
  static const gint64 walls[] = { 0, 1, G_MAXINT32 * (gint64) G_USEC_PER_SEC, G_MAXINT64 / 2 };

  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    try_once (self, DIGITS, TILL_LOCKOUT_MISSED);
  for (guint i = 0; i < G_N_ELEMENTS (walls); i++)
    {
      set_clock_set_utc (self->clock, walls[i]);
      assert_till_locked (self);
      restart (self, (i + 1) * G_USEC_PER_SEC);
      g_assert_cmpint (till_waits (self), <=, TILL_MISS_COUNT_FIRST_US);
      assert_till_locked (self);
    }
  wait_out_till (self);
  g_assert_false (try_once (self, OTHERS, TILL_LOCKOUT_VOID));
}

static void
test_clear (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    try_once (self, DIGITS, TILL_LOCKOUT_MISSED);
  assert_till_locked (self);
  till_lockout_clear_async (self->lockout, NULL, on_done, &done);
  wait_for (&done);
  g_assert_true (till_lockout_clear_finish (self->lockout, done, &error));
  g_clear_object (&done);
  g_assert_cmpint (till_waits (self), ==, 0);
  restart (self, 0);
  g_assert_cmpint (till_waits (self), ==, 0);
  g_assert_false (try_once (self, DIGITS, TILL_LOCKOUT_VOID));
}

static void
test_vault_closed (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean waits = FALSE;

  g_assert_false (begin (self, DIGITS, &waits, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  end (self, TILL_LOCKOUT_MISSED);
  g_assert_cmpint (till_waits (self), ==, 0);
}

#define ADD(path, data, function)                                                                            \
  g_test_add ("/customers/lockout/" path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("till", NULL, test_till);
  ADD ("digits", NULL, test_digits);
  ADD ("success", NULL, test_success);
  ADD ("success-forgives-digits", NULL, test_success_forgives_digits);
  ADD ("void", NULL, test_void);
  ADD ("killed", NULL, test_killed);
  ADD ("clocks", NULL, test_clocks);
  ADD ("clear", NULL, test_clear);
  ADD ("vault-closed", "closed", test_vault_closed);
  return g_test_run ();
}
