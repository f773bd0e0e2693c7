/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-core-dumps.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Dies of a crash in a folder of its own, allowed to leave a core; the exit status. */
static int
crash (const char *folder, gboolean forbidden)
{
  pid_t child = fork ();
  int status = 0;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      struct rlimit limit;

      if (chdir (folder) != 0 || getrlimit (RLIMIT_CORE, &limit) != 0)
        _exit (1);
      limit.rlim_cur = limit.rlim_max;
      if (setrlimit (RLIMIT_CORE, &limit) != 0 || (forbidden && !till_core_dumps_forbid (NULL)))
        _exit (2);
      signal (SIGABRT, SIG_DFL);
      abort ();
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  return status;
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_assert_cmpint (unlink (path), ==, 0);
    }
  g_assert_cmpint (rmdir (folder), ==, 0);
}

static void
test_forbidden (void)
{
  g_autofree char *folder = g_dir_make_tmp ("smiletill-core-XXXXXX", NULL);

  if (WCOREDUMP (crash (folder, FALSE)))
    g_assert_false (WCOREDUMP (crash (folder, TRUE)));
  else
    g_test_skip ("this machine keeps no core dumps to begin with");
  remove_all (folder);
}

/* Whoever is started later can't have them back. */
static void
test_for_good (void)
{
  struct rlimit limit = { 1, 1 };
  g_autoptr (GError) error = NULL;

  g_assert_true (till_core_dumps_forbid (&error));
  g_assert_no_error (error);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/core-dumps/forbidden", test_forbidden);
  g_test_add_func ("/base/core-dumps/for-good", test_for_good);
  return g_test_run ();
}
