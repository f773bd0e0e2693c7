/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int (*Deed) (void);

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
/* They write themselves. */
#define MAY_WRITE TRUE
#else
#define MAY_WRITE FALSE
#endif

static char *folder;
static int kept = -1; /* open since before */

static int
open_socket (void)
{
  return socket (AF_UNIX, SOCK_STREAM, 0);
}

static int
open_internet_socket (void)
{
  return socket (AF_INET, SOCK_STREAM, 0);
}

static int
open_for_reading (void)
{
  return open ("/etc/passwd", O_RDONLY | O_CLOEXEC);
}

static int
make_file (void)
{
  g_autofree char *path = g_build_filename (folder, "made", NULL);

  return creat (path, 0600);
}

static int
move_file (void)
{
  g_autofree char *from = g_build_filename (folder, "kept", NULL);
  g_autofree char *to = g_build_filename (folder, "moved", NULL);

  return rename (from, to);
}

static int
remove_file (void)
{
  g_autofree char *path = g_build_filename (folder, "kept", NULL);

  return unlink (path);
}

static int
start_program (void)
{
  return execl ("/bin/true", "true", NULL);
}

static int
start_process (void)
{
  pid_t child = fork ();

  if (child == 0)
    _exit (0);
  return (int) child;
}

static int
kill_parent (void)
{
  return kill (getppid (), 0);
}

static int
trace_parent (void)
{
  return (int) ptrace (PTRACE_SEIZE, getppid (), NULL, NULL);
}

static int
run_from_memory (void)
{
  void *memory = mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return memory == MAP_FAILED ? -1 : munmap (memory, 4096);
}

/* To a file that was open before. */
static int
write_much (void)
{
  static const char bytes[64] = "a face";

  return (int) write (kept, bytes, sizeof bytes);
}

/* What is written into such memory is written to the file. */
static int
share_file (void)
{
  void *memory = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, kept, 0);

  return memory == MAP_FAILED ? -1 : munmap (memory, 4096);
}

static const struct
{
  const char *name;
  Deed deed;
} deeds[] = {
  { "socket", open_socket },         { "internet", open_internet_socket },
  { "open", open_for_reading },      { "create", make_file },
  { "rename", move_file },           { "unlink", remove_file },
  { "exec", start_program },         { "fork", start_process },
  { "kill", kill_parent },           { "ptrace", trace_parent },
  { "executable", run_from_memory }, { "write", write_much },
  { "share", share_file },
};

typedef struct
{
  int results[G_N_ELEMENTS (deeds)];
  int errors[G_N_ELEMENTS (deeds)];
} Deeds;

static gpointer
do_deeds (gpointer data)
{
  Deeds *done = data;

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      errno = 0;
      done->results[i] = deeds[i].deed ();
      done->errors[i] = errno;
    }
  return NULL;
}

static void
enter (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (till_confinement_is_entered ());
  g_assert_true (till_confinement_enter (&error));
  g_assert_no_error (error);
  g_assert_true (till_confinement_is_entered ());
}

static gpointer
enter_and_do_deeds (gpointer data)
{
  enter ();
  return do_deeds (data);
}

/* A thread that a confined one made. */
static gpointer
enter_and_have_deeds_done (gpointer data)
{
  enter ();
  g_thread_join (g_thread_new ("child", do_deeds, data));
  return NULL;
}

static gboolean
can_be_confined (void)
{
  if (prctl (PR_GET_SECCOMP, 0, 0, 0, 0) >= 0)
    return TRUE;
  g_test_skip ("this kernel has no seccomp");
  return FALSE;
}

static void
assert_all_refused (GThreadFunc func)
{
  Deeds done = { 0 };

  if (!can_be_confined ())
    return;
  g_thread_join (g_thread_new ("confined", func, &done));
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_test_message ("%s: %d, %s", deeds[i].name, done.results[i], g_strerror (done.errors[i]));
      if (MAY_WRITE && deeds[i].deed == write_much)
        continue;
      g_assert_cmpint (done.results[i], ==, -1);
      g_assert_cmpint (done.errors[i], ==, EPERM);
    }
}

static void
test_refused (void)
{
  assert_all_refused (enter_and_do_deeds);
}

static void
test_refused_to_children (void)
{
  assert_all_refused (enter_and_have_deeds_done);
}

/* The rest of the process goes on as before. */
static void
test_others_free (void)
{
  int file;

  if (!can_be_confined ())
    return;
  g_thread_join (g_thread_new ("confined", enter_and_do_deeds, &(Deeds){ 0 }));
  g_assert_false (till_confinement_is_entered ());
  file = open_for_reading ();
  g_assert_cmpint (file, >=, 0);
  close (file);
  g_assert_cmpint (write_much (), ==, 64);
  g_assert_cmpint (run_from_memory (), ==, 0);
  g_assert_cmpint (share_file (), ==, 0);
}

static gpointer
add_up (gpointer data)
{
  const guint n = 100000;
  guint *numbers = g_new (guint, n);
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    numbers[i] = i % 7;
  for (guint i = 0; i < n; i++)
    sum += numbers[i];
  g_free (numbers);
  return GUINT_TO_POINTER (sum);
}

static gboolean
on_told (gpointer data)
{
  gboolean *told = data;

  *told = TRUE;
  return G_SOURCE_REMOVE;
}

/* All that computing takes: memory, threads, locks, sleep, telling another thread's loop, words on standard error. */
static gpointer
enter_and_compute (gpointer data)
{
  GThread *threads[4];
  guint sum = 0;

  enter ();
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("adder", add_up, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    sum += GPOINTER_TO_UINT (g_thread_join (threads[i]));
  g_usleep (1000);
  g_printerr ("# %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  g_idle_add (on_told, data);
  return GUINT_TO_POINTER (sum);
}

static void
test_computes (void)
{
  gboolean told = FALSE;
  GThread *thread = g_thread_new ("confined", enter_and_compute, &told);

  while (!told)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (thread)), ==, 4 * GPOINTER_TO_UINT (add_up (NULL)));
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("smiletill-confined-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, "kept", NULL);
  kept = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (kept, >=, 0);

  g_test_add_func ("/base/confinement/refused", test_refused);
  g_test_add_func ("/base/confinement/refused-to-children", test_refused_to_children);
  g_test_add_func ("/base/confinement/others-free", test_others_free);
  g_test_add_func ("/base/confinement/computes", test_computes);
  status = g_test_run ();

  close (kept);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  return status;
}
