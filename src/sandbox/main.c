/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/till-error.h"
#include "sandbox/till-sandbox-certificate.h"
#include "sandbox/till-sandbox-database.h"
#include "sandbox/till-sandbox-folder.h"
#include "sandbox/till-sandbox-json.h"
#include "sandbox/till-sandbox-restart.h"
#include "sandbox/till-sandbox-server.h"

typedef struct
{
  char *dir;
  int port;
  int key_fd;
  int ready_fd;
  gboolean exit_with_stdin;
} Options;

typedef struct
{
  GMainLoop *loop;
  gboolean restart;
} Service;

static gboolean
read_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &options->dir,
      "Folder for the database, the certificate and its key", "DIR" },
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port, "Port on 127.0.0.1 (0, as without: any free one)",
      "N" },
    { "key-fd", 0, 0, G_OPTION_ARG_INT, &options->key_fd,
      "Read the API key to accept, sk_test_…, from this descriptor", "FD" },
    { "ready-fd", 0, 0, G_OPTION_ARG_INT, &options->ready_fd,
      "Write the line that says ready to this descriptor", "FD" },
    { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &options->exit_with_stdin,
      "End when standard input does, that is with the program that started this one", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context
      = g_option_context_new ("- payment gateway for training, demo and tests");

  g_option_context_set_description (
      context,
      "Speaks the part of the Stripe API that a till needs, over HTTPS on 127.0.0.1. No money is moved.\n"
      "When it answers it writes one line of JSON: ready, port, base_url and certificate.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  const char *wrong = *argc > 1              ? "What is this program to do with the arguments?"
                      : options->dir == NULL ? "Give a folder with --dir."
                      : options->key_fd < 0  ? "Give the API key with --key-fd."
                      : options->port < 0 || options->port > 65535 ? "A port is a number from 0 to 65535."
                                                                   : NULL;
  if (wrong != NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s See --help.", wrong);
  return wrong == NULL;
}

static gboolean
write_ready (const Options *options, TillSandboxServer *server, GError **error)
{
  g_autoptr (JsonObject) ready = json_object_new ();
  guint16 port = till_sandbox_server_get_port (server);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autofree char *certificate = till_sandbox_certificate_path (options->dir);

  json_object_set_boolean_member (ready, "ready", TRUE);
  json_object_set_int_member (ready, "port", port);
  json_object_set_string_member (ready, "base_url", url);
  json_object_set_string_member (ready, "certificate", certificate);
  g_autofree char *json = till_sandbox_json_print (ready);
  g_autofree char *line = g_strconcat (json, "\n", NULL);

  gsize length = strlen (line);
  if (write (options->ready_fd, line, length) == (gssize) length)
    {
      if (options->ready_fd > STDERR_FILENO)
        close (options->ready_fd);
      return TRUE;
    }
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "Can't write the line that says ready to descriptor %d.",
               options->ready_fd);
  return FALSE;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static void
on_restart_ordered (TillSandboxServer *server, Service *service)
{
  service->restart = TRUE;
  g_main_loop_quit (service->loop);
}

static gboolean
on_stdin (int fd, GIOCondition condition, gpointer loop)
{
  char discarded[256];

  if (read (fd, discarded, sizeof discarded) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static TillSandboxKey *
read_key (Options *options, GError **error)
{
  options->key_fd = till_sandbox_restart_keep_key (options->key_fd, error);
  return options->key_fd >= 0 ? till_sandbox_key_read (options->key_fd, error) : NULL;
}

static TillSandboxServer *
set_up (Options *options, GError **error)
{
  g_autofree char *file = g_build_filename (options->dir, "sandbox.db", NULL);
  g_autoptr (TillSandboxKey) key = read_key (options, error);
  g_autoptr (TillSandboxDatabase) database = key != NULL ? till_sandbox_database_open (file, error) : NULL;

  if (database == NULL)
    return NULL;

  TillSandboxGateway *gateway = till_sandbox_gateway_new (g_steal_pointer (&database), till_clock_system ());
  g_autoptr (TillSandboxServer) server
      = till_sandbox_server_new (gateway, g_steal_pointer (&key), options->dir, till_clock_system ());
  if (!till_sandbox_server_listen (server, (guint16) options->port, error))
    return NULL;
  return g_steal_pointer (&server);
}

static gboolean
serve (Options *options, GError **error)
{
  g_autoptr (TillSandboxFolder) folder = till_sandbox_folder_take (options->dir, error);
  g_autoptr (TillSandboxServer) server = folder != NULL ? set_up (options, error) : NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Service service = { .loop = loop };

  if (server == NULL)
    return FALSE;
  g_signal_connect (server, "restart-ordered", G_CALLBACK (on_restart_ordered), &service);

  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  if (options->exit_with_stdin)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_stdin, loop);
  if (!write_ready (options, server, error))
    return FALSE;

  g_main_loop_run (loop);
  if (service.restart)
    {
      till_sandbox_restart (options->dir, till_sandbox_server_get_port (server), options->key_fd,
                            options->exit_with_stdin, error);
      return FALSE;
    }
  till_sandbox_server_stop (server);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Options options = { .key_fd = -1, .ready_fd = STDOUT_FILENO };
  g_autoptr (GError) error = NULL;

  umask (077);
  signal (SIGPIPE, SIG_IGN);
  gboolean served = read_options (&argc, &argv, &options, &error) && serve (&options, &error);
  g_free (options.dir);
  if (served)
    return 0;

  g_printerr ("smiletill-sandbox: %s\n", error->message);
  return 1;
}
