/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-run.h"

#include <glib/gstdio.h>
#include <string.h>

#define MISSES      5
#define DIGITS      "2222"
#define PIN         "8642"
#define MANAGER_PIN "9753"

/* A till that knows the face of astronaut.png. */
typedef struct
{
  char *profile;
  char *photo;
  char *still; /* the same face before the camera, for as long as it takes */
} Till;

static CtlRun *
enrol (Till *till, const char *digits, const char *typed, const char *flag)
{
  return ctl_run_typing (typed, "enrol", "--json", "--profile", till->profile, "--name", "Eileen", "--suffix",
                         digits, "--payer", "pm_card_visa", "--photo", till->photo, flag, NULL);
}

static void
till_set_up (Till *till, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  till->profile = g_dir_make_tmp ("smiletill-guess-XXXXXX", &error);
  g_assert_no_error (error);
  till->photo = ctl_file ("astronaut.png");
  till->still = ctl_clip ("astronaut.png", ",loop");
  g_autoptr (CtlRun) run = enrol (till, DIGITS, PIN "\n", "--pin-stdin");
  g_assert_cmpint (run->status, ==, 0);
}

static void
till_tear_down (Till *till, gconstpointer unused)
{
  const char *words[] = { "rm", "-rf", till->profile, NULL };

  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (till->profile);
  g_free (till->photo);
  g_free (till->still);
}

static CtlRun *
check_out (Till *till, const char *digits, const char *pin)
{
  if (pin == NULL)
    return ctl_run (NULL, "checkout", "--profile", till->profile, "--amount", "12.50", "--camera",
                    till->still, "--suffix", digits, NULL);
  return ctl_run_typing (pin, "checkout", "--profile", till->profile, "--amount", "12.50", "--camera",
                         till->still, "--suffix", digits, "--pin-stdin", NULL);
}

static void
assert_outcome (CtlRun *run, const char *outcome, int status)
{
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "outcome"), ==, outcome);
  g_assert_cmpint (run->status, ==, status);
}

static void
assert_locked_out (Till *till)
{
  g_autoptr (CtlRun) run = check_out (till, DIGITS, NULL);
  g_autofree char *states = ctl_run_states (run);

  assert_outcome (run, "locked-out", 5);
  g_assert_cmpstr (states, ==, "ways locked");
  g_assert_cmpint (json_object_get_int_member (ctl_run_last (run), "wait_ms"), >, 0);
  g_assert_cmpint (json_object_get_int_member (ctl_run_last (run), "wait_ms"), <=, 30000);
  g_assert_cmpuint (ctl_run_count (run, "camera"), ==, 0);
}

static int
staff (Till *till, const char *what, const char *typed)
{
  g_autoptr (CtlRun) run = ctl_run_typing (typed, "staff", "--profile", till->profile, what, NULL);

  return run->status;
}

/* The manager's PIN comes in by standard input, and only a good one. */
static void
test_staff (Till *till, gconstpointer unused)
{
  g_assert_cmpint (staff (till, "end-waits", MANAGER_PIN "\n"), ==, 1);
  g_assert_cmpint (staff (till, "set-manager-pin", ""), ==, 1);
  g_assert_cmpint (staff (till, "set-manager-pin", "1234\n"), ==, 1);
  g_assert_cmpint (staff (till, "set-manager-pin", MANAGER_PIN "\n"), ==, 0);
  g_assert_cmpint (staff (till, "set-manager-pin", "8520\n"), ==, 1);
  g_assert_cmpint (staff (till, "set-manager-pin", "8520\n1357\n"), ==, 1);
  g_assert_cmpint (staff (till, "set-manager-pin", MANAGER_PIN "\n1357\n"), ==, 0);
  g_assert_cmpint (staff (till, "end-waits", "1357\n"), ==, 0);
  g_assert_cmpint (staff (till, "nonsense", ""), ==, 1);
  for (guint i = 0; i < MISSES; i++)
    g_assert_cmpint (staff (till, "end-waits", "8520\n"), ==, 1);
  g_assert_cmpint (staff (till, "end-waits", "1357\n"), ==, 5);
}

/* The same process never sees two tries: the count is on disk. */
static void
test_misses (Till *till, gconstpointer unused)
{
  for (guint i = 0; i < MISSES; i++)
    {
      g_autoptr (CtlRun) run = check_out (till, "0000", NULL);

      assert_outcome (run, "not-confirmed", 3);
    }
  assert_locked_out (till);
  g_assert_cmpint (staff (till, "set-manager-pin", MANAGER_PIN "\n"), ==, 0);
  g_assert_cmpint (staff (till, "end-waits", MANAGER_PIN "\n"), ==, 0);
  g_autoptr (CtlRun) run = check_out (till, "0000", NULL);
  assert_outcome (run, "not-confirmed", 3);
}

/* Whoever kills the till before it answers has guessed all the same. */
static void
test_killed (Till *till, gconstpointer unused)
{
  for (guint i = 0; i < MISSES; i++)
    ctl_kill_at ("first-face", "checkout", "--profile", till->profile, "--amount", "12.50", "--camera",
                 till->still, "--suffix", "0000", NULL);
  assert_locked_out (till);
}

static void
set (Till *till, const char *key, const char *value)
{
  g_autoptr (CtlRun) run = ctl_run (NULL, "settings", "--profile", till->profile, key, value, NULL);

  g_assert_cmpint (run->status, ==, 0);
}

static void
assert_states (CtlRun *run, const char *expected)
{
  g_autofree char *states = ctl_run_states (run);

  g_assert_cmpstr (states, ==, expected);
}

/* Wrong digits, a wrong PIN and no PIN look alike from outside. */
static void
test_pin (Till *till, gconstpointer unused)
{
  set (till, "pin-allowed", "true");
  g_autoptr (CtlRun) wrong_digits = check_out (till, "0000", PIN "\n");
  g_autoptr (CtlRun) wrong_both = check_out (till, "0000", "8520\n");
  g_autoptr (CtlRun) no_pin = check_out (till, "0000", NULL);
  g_autoptr (CtlRun) empty = check_out (till, "0000", "");

  assert_outcome (wrong_digits, "not-confirmed", 3);
  assert_outcome (wrong_both, "not-confirmed", 3);
  assert_outcome (no_pin, "not-confirmed", 3);
  g_assert_cmpint (empty->status, ==, 1);
  assert_states (wrong_digits, "ways consent digits confirming pin confirming not-confirmed");
  assert_states (wrong_both, "ways consent digits confirming pin confirming not-confirmed");
  assert_states (no_pin, "ways consent digits confirming pin ways");
}

static void
test_look_alike (Till *till, gconstpointer unused)
{
  g_autoptr (CtlRun) refused = enrol (till, "3333", "", NULL);
  g_assert_cmpint (refused->status, ==, 1);
  g_assert_nonnull (strstr (refused->errors, "too close"));
  g_assert_null (strstr (refused->errors, "Eileen"));

  g_assert_cmpint (staff (till, "set-manager-pin", MANAGER_PIN "\n"), ==, 0);
  g_autoptr (CtlRun) wrong = enrol (till, "3333", "1357\n", "--confirm-look-alike");
  g_assert_cmpint (wrong->status, ==, 1);
  g_autoptr (CtlRun) confirmed = enrol (till, "3333", MANAGER_PIN "\n", "--confirm-look-alike");
  g_assert_cmpint (confirmed->status, ==, 0);

  g_autoptr (CtlRun) listed = ctl_run (NULL, "customers", "--json", "--profile", till->profile, NULL);
  g_assert_cmpuint (listed->lines->len, ==, 2);
  for (guint i = 0; i < listed->lines->len; i++)
    g_assert_true (json_object_get_boolean_member (listed->lines->pdata[i], "look_alike"));
}

static void
test_settings (Till *till, gconstpointer unused)
{
  static const char *const wrong[] = { "1,50", "much", "1.234" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (CtlRun) run
          = ctl_run (NULL, "settings", "--profile", till->profile, "second-smile-from", wrong[i], NULL);

      g_assert_cmpint (run->status, ==, 1);
      g_assert_nonnull (strstr (run->errors, wrong[i]));
    }
  set (till, "second-smile-from", "99.50");
  g_autoptr (CtlRun) shown
      = ctl_run (NULL, "settings", "--profile", till->profile, "second-smile-from", NULL);
  g_assert_nonnull (strstr (shown->output, "99.50"));
}

#define ADD(path, test) g_test_add ("/ctl/guesses/" path, Till, NULL, till_set_up, test, till_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("staff", test_staff);
  ADD ("misses", test_misses);
  ADD ("killed", test_killed);
  ADD ("pin", test_pin);
  ADD ("look-alike", test_look_alike);
  ADD ("settings", test_settings);
  return g_test_run ();
}
