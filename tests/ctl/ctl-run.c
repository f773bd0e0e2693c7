/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-run.h"

#include <gio/gio.h>
#include <string.h>

static void
read_lines (CtlRun *run)
{
  g_auto (GStrv) lines = g_strsplit (run->output, "\n", -1);

  run->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = *lines[i] == '{' ? json_from_string (lines[i], NULL) : NULL;

      if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (run->lines, json_node_dup_object (node));
    }
}

static GSubprocess *
start (const char *const *environment, gboolean types, GPtrArray *words)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE
                                   | (types ? G_SUBPROCESS_FLAGS_STDIN_PIPE : G_SUBPROCESS_FLAGS_NONE));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; environment != NULL && environment[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (environment[i], "=", 2);

      if (pair[1] != NULL)
        g_subprocess_launcher_setenv (launcher, pair[0], pair[1], TRUE);
      else
        g_subprocess_launcher_unsetenv (launcher, pair[0]);
    }
  GSubprocess *child = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  return child;
}

static GPtrArray *
collect_words (const char *word, va_list rest)
{
  GPtrArray *words = g_ptr_array_new ();

  g_ptr_array_add (words, (gpointer) g_getenv ("TILL_CTL"));
  for (const char *next = word; next != NULL; next = va_arg (rest, const char *))
    g_ptr_array_add (words, (gpointer) next);
  g_ptr_array_add (words, NULL);
  return words;
}

static CtlRun *
run_to_end (GSubprocess *child, const char *input)
{
  CtlRun *run = g_new0 (CtlRun, 1);
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (child, input, NULL, &run->output, &run->errors, &error);
  /* A command may have no use for what is typed. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    g_assert_no_error (error);
  run->status = g_subprocess_get_if_exited (child) ? g_subprocess_get_exit_status (child) : -1;
  read_lines (run);
  if (*run->errors != '\0')
    {
      g_strchomp (run->errors);
      g_test_message ("%s", run->errors);
    }
  return run;
}

CtlRun *
ctl_run (const char *const *environment, const char *word, ...)
{
  va_list rest;

  va_start (rest, word);
  g_autoptr (GPtrArray) words = collect_words (word, rest);
  va_end (rest);
  g_autoptr (GSubprocess) child = start (environment, FALSE, words);
  return run_to_end (child, NULL);
}

CtlRun *
ctl_run_typing (const char *input, const char *word, ...)
{
  va_list rest;

  va_start (rest, word);
  g_autoptr (GPtrArray) words = collect_words (word, rest);
  va_end (rest);
  g_autoptr (GSubprocess) child = start (NULL, TRUE, words);
  return run_to_end (child, input);
}

void
ctl_kill_at (const char *text, const char *word, ...)
{
  va_list rest;
  gboolean seen = FALSE;

  va_start (rest, word);
  g_autoptr (GPtrArray) words = collect_words (word, rest);
  va_end (rest);
  g_autoptr (GSubprocess) child = start (NULL, FALSE, words);
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));

  while (!seen)
    {
      g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

      if (line == NULL)
        g_error ("the command ended without “%s”", text);
      seen = strstr (line, text) != NULL;
    }
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
}

void
ctl_run_free (CtlRun *run)
{
  g_free (run->output);
  g_free (run->errors);
  g_ptr_array_unref (run->lines);
  g_free (run);
}

JsonObject *
ctl_run_last (CtlRun *run)
{
  if (run->lines->len == 0)
    g_error ("no line was printed; standard error: %s", run->errors);
  return g_ptr_array_index (run->lines, run->lines->len - 1);
}

char *
ctl_run_states (CtlRun *run)
{
  GString *states = g_string_new (NULL);

  for (guint i = 0; i < run->lines->len; i++)
    {
      JsonObject *line = g_ptr_array_index (run->lines, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (line, "event", NULL), "state") == 0)
        g_string_append_printf (states, "%s%s", states->len > 0 ? " " : "",
                                json_object_get_string_member (line, "state"));
    }
  return g_string_free (states, FALSE);
}

guint
ctl_run_count (CtlRun *run, const char *event)
{
  guint count = 0;

  for (guint i = 0; i < run->lines->len; i++)
    if (g_strcmp0 (
            json_object_get_string_member_with_default (g_ptr_array_index (run->lines, i), "event", NULL),
            event)
        == 0)
      count++;
  return count;
}

char *
ctl_file (const char *file)
{
  return g_build_filename (g_getenv ("SMILETILL_MODELS"), file, NULL);
}

char *
ctl_clip (const char *file, const char *ending)
{
  g_autofree char *path = ctl_file (file);

  return g_strconcat ("clip:", path, ending, NULL);
}
