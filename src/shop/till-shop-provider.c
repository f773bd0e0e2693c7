/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-private.h"

#include "base/till-error.h"
#include "payment/till-stripe-provider.h"

#include <sodium.h>
#include <string.h>

#define SANDBOX_KEY_NAME "sandbox-key"
#define STRIPE_KEY_NAME  "stripe-key"

static void
use_provider (GTask *task, const char *base_url, const char *certificate, TillSecret *key)
{
  TillShop *self = g_task_get_source_object (task);
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (GError) error = NULL;

  if (*certificate != '\0')
    {
      trust = g_tls_file_database_new (certificate, &error);
      if (trust == NULL)
        {
          g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_INVALID,
                                   "The payment service's certificate %s can't be read: %s", certificate,
                                   error->message);
          return;
        }
    }

  g_autoptr (TillStripeProvider) provider = till_stripe_provider_new (base_url, trust, key, &error);
  if (provider == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  till_payment_set_provider (self->payment, TILL_PROVIDER (provider));
  g_task_return_boolean (task, TRUE);
}

/* The real service */

static void
on_stripe_key (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  GSettings *settings = till_profile_get_settings (self->profile);
  g_autofree char *url = g_settings_get_string (settings, "provider-url");
  g_autofree char *certificate = g_settings_get_string (settings, "provider-certificate");
  g_autoptr (GError) error = NULL;
  g_autoptr (TillSecret) key = till_keyring_lookup_finish (TILL_KEYRING (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (key == NULL)
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                             "The keyring holds no API key for %s: give it with “smiletillctl key”", url);
  else
    use_provider (task, url, certificate, key);
}

/* The sandbox */

static void
on_sandbox_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillSandboxProcess *sandbox = TILL_SANDBOX_PROCESS (source);
  g_autoptr (GError) error = NULL;

  if (!till_sandbox_process_start_finish (sandbox, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  use_provider (task, till_sandbox_process_get_base_url (sandbox),
                till_sandbox_process_get_certificate (sandbox), g_task_get_task_data (task));
}

static void
start_sandbox (GTask *task, TillSecret *key)
{
  TillShop *self = g_task_get_source_object (task);
  g_autofree char *dir = till_profile_get_path (self->profile, "sandbox");
  int port = g_settings_get_int (till_profile_get_settings (self->profile), "sandbox-port");

  g_task_set_task_data (task, till_secret_ref (key), (GDestroyNotify) till_secret_unref);
  g_clear_object (&self->sandbox);
  self->sandbox = till_sandbox_process_new ();
  till_sandbox_process_start_async (self->sandbox, dir, (guint) port, key, g_task_get_cancellable (task),
                                    on_sandbox_started, g_object_ref (task));
}

static TillSecret *
new_sandbox_key (void)
{
  guint8 random[16];
  char hex[2 * sizeof random + 1];
  char key[sizeof "sk_test_" + sizeof hex];

  randombytes_buf (random, sizeof random);
  sodium_bin2hex (hex, sizeof hex, random, sizeof random);
  g_snprintf (key, sizeof key, "sk_test_%s", hex);

  TillSecret *secret = till_secret_new (key, strlen (key));
  sodium_memzero (random, sizeof random);
  sodium_memzero (hex, sizeof hex);
  sodium_memzero (key, sizeof key);
  return secret;
}

static void
on_sandbox_key_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!till_keyring_store_finish (TILL_KEYRING (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_autoptr (TillSecret) key = till_secret_ref (g_task_get_task_data (task));
  start_sandbox (task, key);
}

static void
on_sandbox_key (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillSecret) key = till_keyring_lookup_finish (TILL_KEYRING (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (key != NULL)
    start_sandbox (task, key);
  else
    {
      TillSecret *fresh = new_sandbox_key ();

      g_task_set_task_data (task, fresh, (GDestroyNotify) till_secret_unref);
      till_keyring_store_async (TILL_KEYRING (source), SANDBOX_KEY_NAME, fresh, g_task_get_cancellable (task),
                                on_sandbox_key_stored, g_object_ref (task));
    }
}

void
till_shop_open_provider_async (TillShop *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *provider = g_settings_get_string (till_profile_get_settings (self->profile), "provider");

  if (g_str_equal (provider, "stripe"))
    till_keyring_lookup_async (self->keyring, STRIPE_KEY_NAME, cancellable, on_stripe_key,
                               g_steal_pointer (&task));
  else if (g_str_equal (provider, "sandbox"))
    till_keyring_lookup_async (self->keyring, SANDBOX_KEY_NAME, cancellable, on_sandbox_key,
                               g_steal_pointer (&task));
  else
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_UNAVAILABLE, "No payment service is set up");
}

gboolean
till_shop_open_provider_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
