/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition-fixture.h"

#include "base/till-confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define WORKER "till-recognizer"

/* Done in the worker's own thread, in a signal's handler. */
static struct
{
  int socket_error;
  int open_error;
  int create_error;
  int exec_error;
  int kill_error;
  int done;
} attempt;

static void
on_signal (int number)
{
  int before = errno;

  attempt.socket_error = socket (AF_UNIX, SOCK_STREAM, 0) < 0 ? errno : 0;
  attempt.open_error = open ("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0 ? errno : 0;
  attempt.create_error = open ("/tmp/smiletill-must-not-be", O_WRONLY | O_CREAT, 0600) < 0 ? errno : 0;
  attempt.kill_error = kill (getppid (), 0) < 0 ? errno : 0;
  attempt.exec_error = execl ("/bin/true", "true", NULL) < 0 ? errno : 0;
  g_atomic_int_set (&attempt.done, 1);
  errno = before;
}

/* The value of @field in /proc/self/task/@tid/status (transfer full). */
static char *
task_field (const char *tid, const char *field)
{
  g_autofree char *path = g_build_filename ("/proc/self/task", tid, "status", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], field) && lines[i][strlen (field)] == ':')
      return g_strdup (g_strstrip (lines[i] + strlen (field) + 1));
  return NULL;
}

/* The ids of the worker and of the threads that it made, which have its name; all must be confined. */
static GArray *
find_workers (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  GArray *workers = g_array_new (FALSE, FALSE, sizeof (int));
  const char *tid;

  while ((tid = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *name = task_field (tid, "Name");
      g_autofree char *filters = task_field (tid, "Seccomp_filters");
      int number = atoi (tid);

      if (g_strcmp0 (name, WORKER) != 0)
        continue;
      g_assert_nonnull (filters);
      g_assert_cmpint (atoi (filters), >, 0);
      g_array_append_val (workers, number);
    }
  return workers;
}

static gboolean
can_be_confined (void)
{
  if (prctl (PR_GET_SECCOMP, 0, 0, 0, 0) >= 0)
    return TRUE;
  g_test_skip ("this kernel has no seccomp");
  return FALSE;
}

static gboolean
attempt_is_done (RecognitionFixture *fixture)
{
  return g_atomic_int_get (&attempt.done) != 0;
}

/* While it knows Franck and sees him smile, the thread reaches nothing outside. */
static void
test_worker (RecognitionFixture *fixture, gconstpointer data)
{
  struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
  struct sigaction before;

  if (!can_be_confined ())
    return;
  recognition_fixture_wait (fixture, recognition_fixture_is_ready, "the networks were loaded");
  /* Only now: of two that load at once, one may make the pool before the other is confined. A till has but one. */
  g_autoptr (TillGallery) franck = recognition_fixture_get_franck ();
  recognition_fixture_begin (fixture, TILL_RECOGNIZER_PAY);
  till_recognizer_set_candidates (fixture->recognizer, franck);
  recognition_fixture_play (fixture, "franck.webm", "@91-104,loop");
  recognition_fixture_wait (fixture, recognition_fixture_is_identified, "Franck was identified");

  g_autoptr (GArray) workers = find_workers ();
  g_test_message ("the worker has %u threads", workers->len);
  g_assert_cmpuint (workers->len, >=, 1);
  g_assert_cmpint (sigaction (SIGUSR1, &action, &before), ==, 0);
  for (guint i = 0; i < workers->len; i++)
    {
      memset (&attempt, 0, sizeof attempt);
      g_assert_cmpint (syscall (SYS_tgkill, getpid (), g_array_index (workers, int, i), SIGUSR1), ==, 0);
      recognition_fixture_wait (fixture, attempt_is_done, "the worker tried to break out");
      g_assert_cmpint (attempt.socket_error, ==, EPERM);
      g_assert_cmpint (attempt.open_error, ==, EPERM);
      g_assert_cmpint (attempt.create_error, ==, EPERM);
      g_assert_cmpint (attempt.kill_error, ==, EPERM);
      g_assert_cmpint (attempt.exec_error, ==, EPERM);
    }
  g_assert_cmpint (sigaction (SIGUSR1, &before, NULL), ==, 0);

  till_recognizer_prompt_smile (fixture->recognizer, 1);
  recognition_fixture_wait (fixture, recognition_fixture_has_smiled, "Franck smiled");
}

/* The same picture, analysed free and confined. */

typedef struct
{
  TillFrame *frame;
  gboolean confined;
  TillFaces *faces;
} Analysis;

static TillFrame *
portrait (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_MODELS"), "grace_hopper.jpg", NULL);
  g_autoptr (GError) error = NULL;
  TillFrame *frame = till_vision_read_photo (path, &error);

  g_assert_no_error (error);
  return frame;
}

static gpointer
analyse (gpointer data)
{
  Analysis *analysis = data;
  g_autoptr (GError) error = NULL;
  TillVision *vision = till_vision_new (g_getenv ("SMILETILL_MODELS"), 2, &error);

  g_assert_no_error (error);
  if (analysis->confined)
    till_confinement_enter (&error);
  g_assert_no_error (error);
  analysis->faces = till_vision_analyse (vision, analysis->frame, TILL_VISION_WANT_ALL, &error);
  g_assert_no_error (error);
  till_vision_free (vision);
  return NULL;
}

static TillFaces *
analyse_in_thread (TillFrame *frame, gboolean confined)
{
  Analysis analysis = { .frame = frame, .confined = confined };

  g_thread_join (g_thread_new ("analyse", analyse, &analysis));
  return analysis.faces;
}

static void
assert_same (TillFaces *a, TillFaces *b)
{
  g_assert_cmpuint (till_faces_get_n (a), ==, 1);
  g_assert_cmpuint (till_faces_get_n (b), ==, 1);

  const TillFace *one = till_faces_get (a, 0);
  const TillFace *other = till_faces_get (b, 0);
  g_assert_cmphex (one->measured, ==, other->measured);
  g_assert_cmpint (memcmp (one->embedding, other->embedding, sizeof one->embedding), ==, 0);
  g_assert_cmpint (memcmp (one->landmarks, other->landmarks, sizeof one->landmarks), ==, 0);
  g_assert_cmpfloat (one->smile, ==, other->smile);
  g_assert_cmpfloat (one->live, ==, other->live);
  g_assert_cmpfloat (one->live_close, ==, other->live_close);
  g_assert_cmpfloat (one->grid, ==, other->grid);
  g_assert_cmpfloat (one->eyes_closed[0], ==, other->eyes_closed[0]);
  g_assert_cmpfloat (one->strength, ==, other->strength);
}

/*
 * OpenCV's pool of threads is the process's and made but once: by the confined thread, or before it; so each in a process
 * of its own.
 */
static void
test_pool (gconstpointer pool_first)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TillFrame) frame = portrait ();
      g_autoptr (TillFaces) before = pool_first != NULL ? analyse_in_thread (frame, FALSE) : NULL;
      g_autoptr (TillFaces) confined = analyse_in_thread (frame, TRUE);
      g_autoptr (TillFaces) after = analyse_in_thread (frame, FALSE);

      assert_same (confined, after);
      if (before != NULL)
        assert_same (confined, before);
      return;
    }
  if (!can_be_confined ())
    return;
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/confined/pool-made-inside", NULL, test_pool);
  g_test_add_data_func ("/confined/pool-made-before", "before", test_pool);
  g_test_add ("/confined/worker", RecognitionFixture, NULL, recognition_fixture_set_up, test_worker,
              recognition_fixture_tear_down);
  return g_test_run ();
}
