/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-hardening.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ALLOCATOR_IS_GLIBCS FALSE
#else
#define ALLOCATOR_IS_GLIBCS TRUE
#endif

/* Dies of a crash in a folder of its own, allowed to leave a core; the exit status. */
static int
crash (const char *folder, gboolean hardened)
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
      if (setrlimit (RLIMIT_CORE, &limit) != 0 || (hardened && !till_hardening_apply (NULL)))
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
test_no_core (void)
{
  g_autofree char *folder = g_dir_make_tmp ("smiletill-core-XXXXXX", NULL);

  if (WCOREDUMP (crash (folder, FALSE)))
    g_assert_false (WCOREDUMP (crash (folder, TRUE)));
  else
    g_test_skip ("this machine keeps no core dumps to begin with");
  remove_all (folder);
}

/* Where freed memory was: read through the kernel, since the compiler may assume that nobody looks. */
static void
peek (guintptr address, guint8 *bytes, gsize size)
{
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (memory, >=, 0);
  g_assert_cmpint (pread (memory, bytes, size, (off_t) address), ==, (gssize) size);
  close (memory);
}

static void
test_freed_memory (void)
{
  const gsize size = 4096;
  guint8 after[4096];
  volatile guintptr address;
  guint left = 0;

  if (!ALLOCATOR_IS_GLIBCS)
    {
      g_test_skip ("a sanitizer has an allocator of its own");
      return;
    }
  g_assert_true (till_hardening_apply (NULL));
  guint8 *block = malloc (size);
  void *guard = malloc (16); /* or the block would go back to the system */
  memset (block, 'F', size);
  address = (guintptr) block;
  __asm__ volatile("" : : "r"(block) : "memory");
  free (block);
  peek (address, after, size);
  free (guard);
  for (gsize i = 0; i < size; i++)
    left += after[i] == 'F';
  g_assert_cmpuint (left, ==, 0);
}

/* Whoever is started later can't have them back; 1 keeps collectors away too. */
static void
test_for_good (void)
{
  struct rlimit limit = { 0, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (till_hardening_apply (&error));
  g_assert_no_error (error);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 1);
  g_assert_cmpuint (limit.rlim_max, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/hardening/no-core", test_no_core);
  g_test_add_func ("/base/hardening/for-good", test_for_good);
  g_test_add_func ("/base/hardening/freed-memory", test_freed_memory);
  return g_test_run ();
}
