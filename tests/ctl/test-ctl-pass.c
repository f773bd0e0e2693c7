/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. A face pass from its issue to its end: the pass, then the face are shown to the camera, and paid with. */
#include "ctl-run.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  char *profile;
  char *number;
  char *clip; /* in which the pass and then the face are shown */
} Holder;

static void
make_clip (const char *code, const char *path)
{
  g_autofree char *face = ctl_file ("franck.webm");
  const char *words[] = { g_getenv ("TILL_MAKE_PASS_CLIP"), code, face, "74", "100", path, NULL };
  int status = -1;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
set_up (Holder *holder, gconstpointer unused)
{
  g_autofree char *face = ctl_clip ("franck.webm", "@0-40");

  holder->profile = g_dir_make_tmp ("smiletill-pass-XXXXXX", NULL);
  g_autofree char *sheet = g_build_filename (holder->profile, "sheet.pdf", NULL);
  g_autoptr (CtlRun) issued
      = ctl_run (NULL, "pass", "issue", "--json", "--profile", holder->profile, "--suffix", "1234", "--payer",
                 "pm_card_visa", "--camera", face, "--sheet", sheet, NULL);
  g_assert_cmpint (issued->status, ==, 0);
  g_assert_true (g_file_test (sheet, G_FILE_TEST_EXISTS));
  holder->number = g_strdup (json_object_get_string_member (ctl_run_last (issued), "number"));
  holder->clip = g_build_filename (holder->profile, "clip.webm", NULL);
  make_clip (json_object_get_string_member (ctl_run_last (issued), "code"), holder->clip);
}

static void
tear_down (Holder *holder, gconstpointer unused)
{
  const char *words[] = { "rm", "-rf", holder->profile, NULL };

  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (holder->profile);
  g_free (holder->number);
  g_free (holder->clip);
}

static CtlRun *
check_out (Holder *holder, const char *suffix)
{
  g_autofree char *camera = g_strdup_printf ("clip:%s,loop", holder->clip);

  return ctl_run (NULL, "checkout", "--pass", "--profile", holder->profile, "--amount", "12.50", "--camera",
                  camera, "--suffix", suffix, NULL);
}

static void
assert_outcome (CtlRun *run, const char *outcome)
{
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (run), "outcome"), ==, outcome);
}

/* Paid once by what is carried alone; then audited, revoked, and refused. */
static void
test_life (Holder *holder, gconstpointer unused)
{
  g_autoptr (CtlRun) wrong = check_out (holder, "4321");
  g_autoptr (CtlRun) paid = check_out (holder, "1234");
  g_autoptr (CtlRun) nobody = ctl_run (NULL, "customers", "--json", "--profile", holder->profile, NULL);
  g_autoptr (CtlRun) right = ctl_run (NULL, "audit", "--json", "--profile", holder->profile, NULL);

  assert_outcome (wrong, "not-confirmed");
  assert_outcome (paid, "approved");
  g_assert_cmpuint (nobody->lines->len, ==, 0);
  g_assert_cmpstr (right->errors, ==, "");
  g_assert_cmpint (right->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (ctl_run_last (right), "passes"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (ctl_run_last (right), "charges"), ==, 1);

  g_autoptr (CtlRun) set
      = ctl_run_typing ("9753\n", "staff", "--profile", holder->profile, "set-manager-pin", NULL);
  g_autoptr (CtlRun) revoked
      = ctl_run_typing ("9753\n", "pass", "revoke", "--profile", holder->profile, holder->number, NULL);
  g_autoptr (CtlRun) listed = ctl_run (NULL, "pass", "list", "--json", "--profile", holder->profile, NULL);
  g_autoptr (CtlRun) refused = check_out (holder, "1234");
  g_assert_cmpint (set->status, ==, 0);
  g_assert_cmpint (revoked->status, ==, 0);
  g_assert_true (json_object_get_boolean_member (ctl_run_last (listed), "revoked"));
  assert_outcome (refused, "not-confirmed");
  g_assert_cmpstr (json_object_get_string_member (ctl_run_last (refused), "reason"), ==, "pass-revoked");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ctl/pass/life", Holder, NULL, set_up, test_life, tear_down);
  return g_test_run ();
}
