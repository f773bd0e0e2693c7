/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-sandbox-process.h"

#include "base/till-error.h"
#include "base/till-installation.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The descriptor the child reads its key from. */
#define KEY_FD 3

struct _TillSandboxProcess
{
  GObject parent_instance;

  GSubprocess *child;
  GDataInputStream *output;
  char *base_url;
  char *certificate;
};

enum
{
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillSandboxProcess, till_sandbox_process, G_TYPE_OBJECT)

TillSandboxProcess *
till_sandbox_process_new (void)
{
  return g_object_new (TILL_TYPE_SANDBOX_PROCESS, NULL);
}

static void
on_child_gone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillSandboxProcess) self = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  if (self->child == G_SUBPROCESS (source))
    {
      g_clear_object (&self->child);
      g_signal_emit (self, signals[SIGNAL_ENDED], 0);
    }
}

static gboolean
read_ready_line (TillSandboxProcess *self, const char *line, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (!json_parser_load_from_data (parser, line, -1, error))
    return FALSE;

  JsonNode *root = json_parser_get_root (parser);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *base_url
      = object != NULL ? json_object_get_string_member_with_default (object, "base_url", NULL) : NULL;
  const char *certificate
      = object != NULL ? json_object_get_string_member_with_default (object, "certificate", NULL) : NULL;

  if (base_url == NULL || certificate == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "no base_url or certificate in “%s”", line);
      return FALSE;
    }
  self->base_url = g_strdup (base_url);
  self->certificate = g_strdup (certificate);
  return TRUE;
}

static void
on_ready_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillSandboxProcess *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *line
      = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (line != NULL && read_ready_line (self, line, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                           "The payment sandbox did not start (%s); what it said is above",
                           error != NULL ? error->message : "it ended at once");
  till_sandbox_process_stop (self);
}

/* A pipe holds far more than a key, so writing it all before the child reads can't block. */
static int
key_pipe (TillSecret *key, GError **error)
{
  int ends[2];

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, error))
    return -1;

  gssize written = write (ends[1], till_secret_get_data (key), till_secret_get_size (key));
  int failed = errno;
  close (ends[1]);
  if (written == (gssize) till_secret_get_size (key))
    return ends[0];
  close (ends[0]);
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "The sandbox's key can't be handed over: %s",
               g_strerror (failed));
  return -1;
}

void
till_sandbox_process_start_async (TillSandboxProcess *self,
                                  const char *dir,
                                  guint port,
                                  TillSecret *key,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *program = till_installation_get_sandbox_program ();
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  g_autofree char *key_fd = g_strdup_printf ("%d", KEY_FD);
  g_autoptr (GError) error = NULL;
  int key_end = key_pipe (key, &error);

  if (key_end >= 0)
    {
      g_subprocess_launcher_take_fd (launcher, key_end, KEY_FD);
      /* Its end of the pipe closes with this process, however that ends. */
      self->child = g_subprocess_launcher_spawn (launcher, &error, program, "--dir", dir, "--port", port_text,
                                                 "--key-fd", key_fd, "--exit-with-stdin", NULL);
    }
  if (self->child == NULL)
    {
      g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                               "The payment sandbox %s can't be started: %s", program, error->message);
      return;
    }

  g_subprocess_wait_async (self->child, NULL, on_child_gone, g_object_ref (self));
  g_clear_object (&self->output);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->child));
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, cancellable, on_ready_line,
                                       g_steal_pointer (&task));
}

gboolean
till_sandbox_process_start_finish (TillSandboxProcess *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
till_sandbox_process_get_base_url (TillSandboxProcess *self)
{
  return self->base_url;
}

const char *
till_sandbox_process_get_certificate (TillSandboxProcess *self)
{
  return self->certificate;
}

void
till_sandbox_process_stop (TillSandboxProcess *self)
{
  g_autoptr (GSubprocess) child = g_steal_pointer (&self->child);

  if (child != NULL)
    g_subprocess_send_signal (child, SIGTERM);
}

static void
till_sandbox_process_finalize (GObject *object)
{
  TillSandboxProcess *self = TILL_SANDBOX_PROCESS (object);

  till_sandbox_process_stop (self);
  g_clear_object (&self->output);
  g_free (self->base_url);
  g_free (self->certificate);
  G_OBJECT_CLASS (till_sandbox_process_parent_class)->finalize (object);
}

static void
till_sandbox_process_class_init (TillSandboxProcessClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_sandbox_process_finalize;

  signals[SIGNAL_ENDED] = g_signal_new ("ended", TILL_TYPE_SANDBOX_PROCESS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
till_sandbox_process_init (TillSandboxProcess *self)
{
}
