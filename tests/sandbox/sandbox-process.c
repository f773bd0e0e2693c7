/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-process.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Far above what any answer takes: only a hung server meets it. */
#define WATCHDOG_SECONDS 60

char *
sandbox_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("till-sandbox-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
sandbox_folder_delete (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static int
pipe_with (const char *text)
{
  int ends[2];
  g_autoptr (GError) error = NULL;

  g_unix_open_pipe (ends, FD_CLOEXEC, &error);
  g_assert_no_error (error);
  g_assert_cmpint (write (ends[1], text, strlen (text)), ==, (gssize) strlen (text));
  g_close (ends[1], &error);
  g_assert_no_error (error);
  return ends[0];
}

static GSubprocess *
spawn (const char *folder, guint port, const char *key, const char *const *more)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_autoptr (GError) error = NULL;
  const char *program = g_getenv ("TILL_SANDBOX");

  g_assert_nonnull (program);
  g_strv_builder_add_many (arguments, program, "--dir", folder, "--port", number, "--key-fd", "3",
                           "--exit-with-stdin", NULL);
  if (more != NULL)
    g_strv_builder_addv (arguments, (const char **) more);
  g_auto (GStrv) line = g_strv_builder_end (arguments);

  g_subprocess_launcher_take_fd (launcher, pipe_with (key), 3);
  GSubprocess *process = g_subprocess_launcher_spawnv (launcher, (const char *const *) line, &error);
  g_assert_no_error (error);
  return process;
}

static void
read_ready (SandboxProcess *self, const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);

  g_assert_true (node != NULL && JSON_NODE_HOLDS_OBJECT (node));
  JsonObject *ready = json_node_get_object (node);
  g_assert_true (json_object_get_boolean_member (ready, "ready"));
  self->port = (guint) json_object_get_int_member (ready, "port");
  self->base_url = g_strdup (json_object_get_string_member (ready, "base_url"));
  self->certificate = g_strdup (json_object_get_string_member (ready, "certificate"));
}

static char *
read_all (GInputStream *stream)
{
  GString *text = g_string_new (NULL);
  char buffer[1024];
  gssize got;

  while ((got = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (text, buffer, got);
  return g_string_free (text, FALSE);
}

static SoupSession *
session_trusting (const char *certificate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (certificate, &error);

  g_assert_no_error (error);
  return soup_session_new_with_options ("tls-database", database, "timeout", WATCHDOG_SECONDS, "max-conns",
                                        24, "max-conns-per-host", 24, NULL);
}

SandboxProcess *
sandbox_try_start (const char *folder, guint port, const char *key, const char *const *more, char **complaint)
{
  SandboxProcess *self = g_new0 (SandboxProcess, 1);

  self->folder = g_strdup (folder);
  self->process = spawn (folder, port, key, more);
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (out), FALSE);
  g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, NULL);

  if (line == NULL)
    {
      g_autofree char *said = read_all (g_subprocess_get_stderr_pipe (self->process));
      if (complaint != NULL)
        *complaint = g_strchomp (g_steal_pointer (&said));
      g_assert_cmpint (sandbox_wait (self), ==, 1);
      return NULL;
    }

  read_ready (self, line);
  self->session = session_trusting (self->certificate);
  return self;
}

SandboxProcess *
sandbox_start (const char *folder, guint port)
{
  g_autofree char *complaint = NULL;
  SandboxProcess *self = sandbox_try_start (folder, port, SANDBOX_KEY, NULL, &complaint);

  if (self == NULL)
    g_error ("The sandbox gave up: %s", complaint);
  return self;
}

int
sandbox_wait (SandboxProcess *self)
{
  g_subprocess_wait (self->process, NULL, NULL);
  int status = g_subprocess_get_if_exited (self->process) ? g_subprocess_get_exit_status (self->process)
                                                          : -g_subprocess_get_term_sig (self->process);

  g_clear_object (&self->session);
  g_object_unref (self->process);
  g_free (self->folder);
  g_free (self->base_url);
  g_free (self->certificate);
  g_free (self);
  return status;
}

int
sandbox_end (SandboxProcess *self, int signal_number)
{
  g_subprocess_send_signal (self->process, signal_number);
  return sandbox_wait (self);
}

SoupMessage *
sandbox_message (
    SandboxProcess *self, const char *method, const char *path, const char *form, const char *key)
{
  gboolean post = g_str_equal (method, "POST");
  g_autofree char *url = g_strconcat (self->base_url, path, !post && form != NULL ? "?" : "",
                                      !post && form != NULL ? form : "", NULL);
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Authorization", "Bearer " SANDBOX_KEY);
  if (key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", key);
  if (post)
    {
      g_autoptr (GBytes) body = g_bytes_new (form != NULL ? form : "", form != NULL ? strlen (form) : 0);
      soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, body);
    }
  return message;
}

SandboxAnswer *
sandbox_answer_new (SoupMessage *message, GBytes *bytes, GError *error)
{
  SandboxAnswer *answer = g_new0 (SandboxAnswer, 1);

  answer->error = error;
  answer->status = soup_message_get_status (message);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  if (bytes != NULL)
    {
      gsize length = 0;
      const char *data = g_bytes_get_data (bytes, &length);
      g_autofree char *text = g_strndup (data != NULL ? data : "", length);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
        answer->body = json_node_dup_object (node);
    }
  return answer;
}

SandboxAnswer *
sandbox_send (SandboxProcess *self, SoupMessage *message)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (self->session, message, NULL, &error);

  return sandbox_answer_new (message, bytes, error);
}

SandboxAnswer *
sandbox_ask (SandboxProcess *self, const char *method, const char *path, const char *form, const char *key)
{
  g_autoptr (SoupMessage) message = sandbox_message (self, method, path, form, key);

  return sandbox_send (self, message);
}

void
sandbox_answer_free (SandboxAnswer *answer)
{
  if (answer == NULL)
    return;

  g_clear_pointer (&answer->body, json_object_unref);
  soup_message_headers_unref (answer->headers);
  g_clear_error (&answer->error);
  g_free (answer);
}

static JsonNode *
node_at (const SandboxAnswer *answer, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonObject *object = answer->body;
  JsonNode *node = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      node = object != NULL ? json_object_get_member (object, names[i]) : NULL;
      object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    }
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
sandbox_text (const SandboxAnswer *answer, const char *path)
{
  JsonNode *node = node_at (answer, path);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gint64
sandbox_number (const SandboxAnswer *answer, const char *path)
{
  JsonNode *node = node_at (answer, path);

  return node != NULL ? json_node_get_int (node) : G_MININT64;
}

guint
sandbox_length (const SandboxAnswer *answer)
{
  g_assert_nonnull (answer->body);
  g_assert_true (json_object_has_member (answer->body, "data"));
  return json_array_get_length (json_object_get_array_member (answer->body, "data"));
}

const char *
sandbox_nth_id (const SandboxAnswer *answer, guint index)
{
  JsonArray *data = json_object_get_array_member (answer->body, "data");

  return json_object_get_string_member (json_array_get_object_element (data, index), "id");
}

char *
sandbox_id_of (SandboxProcess *self, guint status, const char *method, const char *path, const char *form)
{
  g_autoptr (SandboxAnswer) answer = sandbox_ask (self, method, path, form, NULL);

  g_assert_no_error (answer->error);
  if (answer->status != status)
    g_test_message ("%s %s %.200s: %.500s", method, path, form, sandbox_text (answer, "error.message"));
  g_assert_cmpuint (answer->status, ==, status);
  return g_strdup (sandbox_text (answer, "id"));
}

void
sandbox_expect_error (SandboxProcess *self,
                      const char *method,
                      const char *path,
                      const char *form,
                      guint status,
                      const char *type,
                      const char *code,
                      const char *param)
{
  g_autoptr (SandboxAnswer) answer = sandbox_ask (self, method, path, form, NULL);

  g_assert_no_error (answer->error);
  g_test_message ("%s %s %.200s: %u %.500s", method, path, form, answer->status,
                  sandbox_text (answer, "error.message"));
  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (sandbox_text (answer, "error.type"), ==, type);
  g_assert_cmpstr (sandbox_text (answer, "error.code"), ==, code);
  g_assert_cmpstr (sandbox_text (answer, "error.param"), ==, param);
  g_assert_nonnull (sandbox_text (answer, "error.message"));
}
