/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "till-test-sandbox.h"

#include "payment/till-stripe-client.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-provider.h"
#include "till-test-wait.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Seconds. */
#define TIMEOUT 100

struct _TillTestSandbox
{
  char *dir;
  GSubprocess *process;
  int port;
  char *url;
  char *certificate;
  GTlsDatabase *trust;
  TillSecret *key;
};

static void
remove_folder (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_assert_cmpint (g_unlink (file), ==, 0);
    }
  if (dir != NULL)
    g_dir_close (dir);
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static int
pipe_with_key (void)
{
  int ends[2];
  g_autoptr (GError) error = NULL;

  g_unix_open_pipe (ends, FD_CLOEXEC, &error);
  g_assert_no_error (error);
  g_assert_cmpint (write (ends[1], TILL_TEST_SANDBOX_KEY "\n", strlen (TILL_TEST_SANDBOX_KEY "\n")), ==,
                   strlen (TILL_TEST_SANDBOX_KEY "\n"));
  close (ends[1]);
  return ends[0];
}

static void
read_ready_line (TillTestSandbox *self)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_autofree char *line = g_data_input_stream_read_line (lines, &length, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_autoptr (GBytes) bytes = g_bytes_new (line, length);
  g_autoptr (JsonObject) ready = till_stripe_json_read (bytes, &error);
  g_assert_no_error (error);
  g_assert_true (till_stripe_json_is_true (ready, "ready"));
  self->port = (int) json_object_get_int_member (ready, "port");
  g_free (self->url);
  self->url = g_strdup (till_stripe_json_string (ready, "base_url"));
  g_free (self->certificate);
  self->certificate = g_strdup (till_stripe_json_string (ready, "certificate"));
  g_clear_object (&self->trust);
  self->trust = g_tls_file_database_new (self->certificate, &error);
  g_assert_no_error (error);
}

static void
launch (TillTestSandbox *self)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *port = g_strdup_printf ("%d", self->port);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_take_fd (launcher, pipe_with_key (), 9);
  self->process = g_subprocess_launcher_spawn (launcher, &error, SMILETILL_SANDBOX_EXE, "--dir", self->dir,
                                               "--port", port, "--key-fd", "9", "--exit-with-stdin", NULL);
  g_assert_no_error (error);
  read_ready_line (self);
}

TillTestSandbox *
till_test_sandbox_start (void)
{
  TillTestSandbox *self = g_new0 (TillTestSandbox, 1);
  g_autoptr (GError) error = NULL;

  /* The leak checker trips over libraries loaded after the thread that watches the process was started. */
  g_assert_true (g_tls_backend_supports_tls (g_tls_backend_get_default ()));
  self->dir = g_dir_make_tmp ("smiletill-payment-XXXXXX", &error);
  g_assert_no_error (error);
  self->key = till_secret_new (TILL_TEST_SANDBOX_KEY, strlen (TILL_TEST_SANDBOX_KEY));
  launch (self);
  return self;
}

void
till_test_sandbox_kill (TillTestSandbox *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

void
till_test_sandbox_restart (TillTestSandbox *self)
{
  if (self->process != NULL)
    till_test_sandbox_kill (self);
  launch (self);
}

void
till_test_sandbox_stop (TillTestSandbox *self)
{
  if (self->process != NULL)
    till_test_sandbox_kill (self);
  remove_folder (self->dir);
  g_clear_object (&self->trust);
  till_secret_unref (self->key);
  g_free (self->dir);
  g_free (self->url);
  g_free (self->certificate);
  g_free (self);
}

const char *
till_test_sandbox_get_url (TillTestSandbox *self)
{
  return self->url;
}

const char *
till_test_sandbox_get_certificate (TillTestSandbox *self)
{
  return self->certificate;
}

GTlsDatabase *
till_test_sandbox_get_trust (TillTestSandbox *self)
{
  return self->trust;
}

TillSecret *
till_test_sandbox_get_key (TillTestSandbox *self)
{
  return self->key;
}

TillProvider *
till_test_sandbox_connect (TillTestSandbox *self)
{
  g_autoptr (GError) error = NULL;
  TillStripeProvider *provider = till_stripe_provider_new (self->url, self->trust, self->key, &error);

  g_assert_no_error (error);
  till_stripe_provider_set_timeout (provider, TIMEOUT);
  return TILL_PROVIDER (provider);
}

/* One exchange beside the provider's (transfer full). */
static JsonObject *
ask (TillTestSandbox *self, const char *method, const char *path, const char *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillStripeClient) client = till_stripe_client_new (self->url, self->trust, self->key, &error);
  TillStripeRequest request = { .method = method, .path = path, .form = form, .limit = 8 * 1024 * 1024 };
  GAsyncResult *kept = NULL;

  g_assert_no_error (error);
  till_stripe_client_send_async (client, &request, 60 * G_USEC_PER_SEC, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  g_autoptr (TillStripeReply) reply = till_stripe_client_send_finish (client, result);
  g_assert_cmpstr (reply->trouble, ==, NULL);
  g_assert_cmpuint (reply->status, ==, 200);
  JsonObject *root = till_stripe_json_read (reply->body, &error);
  g_assert_no_error (error);
  return root;
}

void
till_test_sandbox_order (TillTestSandbox *self,
                         const char *kind,
                         const char *method,
                         const char *path,
                         guint count,
                         guint milliseconds)
{
  g_autoptr (GString) form = g_string_new (NULL);

  till_stripe_form_add (form, "kind", kind);
  till_stripe_form_add (form, "method", method);
  till_stripe_form_add (form, "path", path);
  till_stripe_form_add_int (form, "count", count);
  till_stripe_form_add_int (form, "milliseconds", milliseconds);
  json_object_unref (ask (self, "POST", "/sandbox/faults", form->str));
}

void
till_test_sandbox_clear_orders (TillTestSandbox *self)
{
  json_object_unref (ask (self, "DELETE", "/sandbox/faults", NULL));
}

JsonObject *
till_test_sandbox_get (TillTestSandbox *self, const char *path)
{
  return ask (self, "GET", path, NULL);
}

guint
till_test_sandbox_count (TillTestSandbox *self, const char *attempt, const char *status)
{
  g_autoptr (JsonObject) list = ask (self, "GET", "/v1/payment_intents?limit=100", NULL);
  JsonArray *data = till_stripe_json_array (list, "data");
  guint count = 0;

  g_assert_false (till_stripe_json_is_true (list, "has_more"));
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *intent = json_array_get_object_element (data, i);
      const char *of = till_stripe_json_string (till_stripe_json_object (intent, "metadata"), "attempt");

      count += (attempt == NULL || g_strcmp0 (of, attempt) == 0)
               && (status == NULL || g_strcmp0 (till_stripe_json_string (intent, "status"), status) == 0);
    }
  return count;
}
