/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring: against a real keyring, and in processes of their own against buses that lack one. */
#include "base/till-error.h"
#include "vault/till-keyring.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

static void
await (GAsyncResult **done)
{
  while (*done == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static TillSecret *
lookup (TillKeyring *keyring, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_keyring_lookup_async (keyring, name, NULL, on_done, &done);
  await (&done);
  return till_keyring_lookup_finish (keyring, done, error);
}

static gboolean
store (TillKeyring *keyring, const char *name, const char *data, gsize size, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (TillSecret) secret = till_secret_new (data, size);

  till_keyring_store_async (keyring, name, secret, NULL, on_done, &done);
  await (&done);
  return till_keyring_store_finish (keyring, done, error);
}

static gboolean
clear (TillKeyring *keyring, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_keyring_clear_async (keyring, name, NULL, on_done, &done);
  await (&done);
  return till_keyring_clear_finish (keyring, done, error);
}

static gboolean
unlock (TillKeyring *keyring, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_keyring_unlock_async (keyring, NULL, on_done, &done);
  await (&done);
  return till_keyring_unlock_finish (keyring, done, error);
}

static void
assert_holds (TillKeyring *keyring, const char *name, const char *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillSecret) secret = lookup (keyring, name, &error);

  g_assert_no_error (error);
  g_assert_nonnull (secret);
  g_assert_cmpuint (till_secret_get_size (secret), ==, size);
  g_assert_cmpint (memcmp (till_secret_get_data (secret), data, size), ==, 0);
}

static void
assert_holds_none (TillKeyring *keyring, const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (keyring, name, &error));
  g_assert_no_error (error);
}

static void
put (TillKeyring *keyring, const char *name, const char *data, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (store (keyring, name, data, size, &error));
  g_assert_no_error (error);
}

static void
test_store_and_lookup (void)
{
  static const char bytes[] = "\0binary\xff\xfe\n";
  TillKeyring *keyring = till_keyring_new ("profile-a");
  g_autoptr (GError) error = NULL;

  assert_holds_none (keyring, "key");
  put (keyring, "key", bytes, sizeof bytes);
  assert_holds (keyring, "key", bytes, sizeof bytes);
  put (keyring, "key", "other", 5);
  assert_holds (keyring, "key", "other", 5);
  put (keyring, "empty", "", 0);
  assert_holds (keyring, "empty", "", 0);

  g_assert_true (clear (keyring, "key", &error));
  g_assert_no_error (error);
  assert_holds_none (keyring, "key");
  assert_holds (keyring, "empty", "", 0);
  g_assert_true (clear (keyring, "key", &error));
  g_assert_no_error (error);
  g_assert_finalize_object (keyring);
}

static void
test_profiles_apart (void)
{
  g_autoptr (TillKeyring) a = till_keyring_new ("profile-b");
  g_autoptr (TillKeyring) b = till_keyring_new ("profile-c");
  g_autoptr (GError) error = NULL;

  put (a, "key", "of b", 4);
  assert_holds_none (b, "key");
  put (b, "key", "of c", 4);
  assert_holds (a, "key", "of b", 4);
  g_assert_true (clear (b, "key", &error));
  assert_holds (a, "key", "of b", 4);
}

static const SecretSchema schema = {
  .name = "io.github.smiletill.Smiletill",
  .flags = SECRET_SCHEMA_NONE,
  .attributes
  = { { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "name", SECRET_SCHEMA_ATTRIBUTE_STRING }, { 0 } },
};

/* What was replaced is not left behind. */
static void
test_one_entry (void)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new ("profile-j");
  g_autoptr (GError) error = NULL;
  GList *items;

  put (keyring, "key", "old", 3);
  put (keyring, "key", "new", 3);
  items
      = secret_password_search_sync (&schema, SECRET_SEARCH_ALL, NULL, &error, "profile", "profile-j", NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (items), ==, 1);
  g_list_free_full (items, g_object_unref);
  assert_holds (keyring, "key", "new", 3);
}

static void
test_changed_by_others (void)
{
  static const char *const values[] = { "not base64!", "QUJD, or so", "QUI" };
  g_autoptr (TillKeyring) keyring = till_keyring_new ("profile-d");

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) error = NULL;

      secret_password_store_sync (&schema, NULL, "x", values[i], NULL, &error, "profile", "profile-d", "name",
                                  "key", NULL);
      g_assert_no_error (error);
      g_assert_null (lookup (keyring, "key", &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
    }
}

static void
test_cancel (void)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new ("profile-e");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  till_keyring_lookup_async (keyring, "key", cancellable, on_done, &done);
  await (&done);
  g_assert_null (till_keyring_lookup_finish (keyring, done, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
lock_keyring (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, &error);
  g_autoptr (SecretCollection) collection = NULL;
  GList objects = { 0 };

  g_assert_no_error (error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                                 NULL, &error);
  g_assert_no_error (error);
  objects.data = collection;
  g_assert_cmpint (secret_service_lock_sync (service, &objects, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

/* To every call the answer is that it is locked, and none waits for somebody to type a password. */
static void
assert_locked (TillKeyring *keyring, const char *present)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (keyring, present, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (lookup (keyring, "absent", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (store (keyring, present, "new", 3, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (clear (keyring, present, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (clear (keyring, "absent", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
}

/* Counts what is asked of the program that shows password windows; any thread. */
static GDBusMessage *
count_prompts (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  if (incoming
      && g_strcmp0 (g_dbus_message_get_interface (message), "org.gnome.keyring.internal.Prompter") == 0)
    g_atomic_int_inc ((int *) user_data);
  return message;
}

/* Stands in for that program, and answers every question with an error. */
static GDBusConnection *
take_prompters_place (int *prompts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  GDBusConnection *connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  g_dbus_connection_add_filter (connection, count_prompts, prompts, NULL);
  answer = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", "org.gnome.keyring.SystemPrompter", 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

/* Last of all: nothing here can type the password that would open it again. */
static void
test_locked (void)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new ("profile-f");
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  static int prompts = 0;

  g_assert_true (unlock (keyring, &error));
  g_assert_no_error (error);
  put (keyring, "key", "value", 5);
  lock_keyring ();
  connection = take_prompters_place (&prompts);
  assert_locked (keyring, "key");
  g_assert_cmpint (g_atomic_int_get (&prompts), ==, 0);
  g_assert_false (unlock (keyring, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_assert_cmpint (g_atomic_int_get (&prompts), >, 0);
}

static void
assert_unavailable (void)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new ("profile-g");
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (keyring, "key", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE);
  g_test_message ("%s", error->message);
  g_clear_error (&error);
  g_assert_false (store (keyring, "key", "x", 1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  g_assert_false (unlock (keyring, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE);
}

static void
test_no_bus (void)
{
  if (g_test_subprocess ())
    {
      g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
      g_unsetenv ("DISPLAY");
      g_setenv ("XDG_RUNTIME_DIR", "/nonexistent", TRUE);
      assert_unavailable ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_dead_bus (void)
{
  if (g_test_subprocess ())
    {
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
      assert_unavailable ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_no_service (void)
{
  GTestDBus *bus;

  if (g_test_subprocess ())
    {
      bus = g_test_dbus_new (G_TEST_DBUS_NONE);
      g_test_dbus_up (bus);
      assert_unavailable ();
      secret_service_disconnect ();
      g_test_dbus_stop (bus);
      g_object_unref (bus);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* Keyring daemons of this test's own, on a bus of this process's own. */
typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  char *folder;
} Session;

static void
session_begin (Session *session, const char *name)
{
  g_autoptr (GError) error = NULL;

  session->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (session->bus);
  session->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  session->folder = g_build_filename (g_getenv ("HOME"), name, NULL);
  g_assert_cmpint (g_mkdir (session->folder, 0700), ==, 0);
}

static void
session_end (Session *session)
{
  secret_service_disconnect ();
  g_clear_object (&session->connection);
  g_test_dbus_stop (session->bus);
  g_object_unref (session->bus);
  g_free (session->folder);
}

static gboolean
session_has_service (Session *session)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      session->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "NameHasOwner", g_variant_new ("(s)", "org.freedesktop.secrets"), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
      NULL, NULL);
  gboolean has = FALSE;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &has);
  return has;
}

/* @password: NULL starts it without unlocking. */
static GSubprocess *
session_start_daemon (Session *session, const char *password)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  GSubprocess *daemon;
  GOutputStream *input;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", session->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", session->folder, TRUE);
  daemon = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                        "--components=secrets", password != NULL ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (daemon);
  if (password != NULL)
    g_output_stream_write_all (input, password, strlen (password), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, &error);
  g_assert_no_error (error);
  while (!session_has_service (session))
    g_thread_yield ();
  return daemon;
}

static void
session_stop_daemon (Session *session, GSubprocess *daemon)
{
  g_subprocess_force_exit (daemon);
  g_assert_true (g_subprocess_wait (daemon, NULL, NULL));
  g_object_unref (daemon);
  while (session_has_service (session))
    g_thread_yield ();
  /* libsecret hears of it through the main context. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
in_process_of_its_own (void)
{
  if (g_test_subprocess ())
    return TRUE;
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  return FALSE;
}

/* A keyring service that nobody ever made a keyring for. */
static void
test_no_collection (void)
{
  g_autoptr (TillKeyring) keyring = NULL;
  g_autoptr (GError) error = NULL;
  Session session;
  GSubprocess *daemon;

  if (!in_process_of_its_own ())
    return;
  session_begin (&session, "no-collection");
  daemon = session_start_daemon (&session, NULL);
  assert_unavailable ();
  keyring = till_keyring_new ("profile-h");
  g_assert_true (clear (keyring, "key", &error));
  g_assert_no_error (error);
  session_stop_daemon (&session, daemon);
  session_end (&session);
}

/* The daemon ends and comes back, unlocked or not, while the till runs. */
static void
test_service_comes_and_goes (void)
{
  g_autoptr (TillKeyring) keyring = NULL;
  g_autoptr (GError) error = NULL;
  Session session;
  GSubprocess *daemon;

  if (!in_process_of_its_own ())
    return;
  session_begin (&session, "comes-and-goes");
  keyring = till_keyring_new ("profile-i");
  daemon = session_start_daemon (&session, "secret");
  put (keyring, "key", "value", 5);
  session_stop_daemon (&session, daemon);
  g_assert_null (lookup (keyring, "key", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE);

  daemon = session_start_daemon (&session, "wrong");
  assert_locked (keyring, "key");
  session_stop_daemon (&session, daemon);
  daemon = session_start_daemon (&session, NULL);
  assert_locked (keyring, "key");
  session_stop_daemon (&session, daemon);
  daemon = session_start_daemon (&session, "secret");
  assert_holds (keyring, "key", "value", 5);
  session_stop_daemon (&session, daemon);
  session_end (&session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keyring/store-and-lookup", test_store_and_lookup);
  g_test_add_func ("/keyring/profiles-apart", test_profiles_apart);
  g_test_add_func ("/keyring/one-entry", test_one_entry);
  g_test_add_func ("/keyring/changed-by-others", test_changed_by_others);
  g_test_add_func ("/keyring/cancel", test_cancel);
  g_test_add_func ("/keyring/no-bus", test_no_bus);
  g_test_add_func ("/keyring/dead-bus", test_dead_bus);
  g_test_add_func ("/keyring/no-service", test_no_service);
  g_test_add_func ("/keyring/no-collection", test_no_collection);
  g_test_add_func ("/keyring/service-comes-and-goes", test_service_comes_and_goes);
  g_test_add_func ("/keyring/locked", test_locked);
  return g_test_run ();
}
