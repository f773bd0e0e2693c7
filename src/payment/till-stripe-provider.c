/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-provider.h"

#include "payment/till-stripe-charge.h"
#include "payment/till-stripe-forget.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-lookup.h"
#include "payment/till-stripe-payer.h"
#include "payment/till-stripe-refund.h"

struct _TillStripeProvider
{
  GObject parent_instance;

  TillStripeClient *client;
};

static void till_stripe_provider_iface_init (TillProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TillStripeProvider,
                               till_stripe_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TILL_TYPE_PROVIDER, till_stripe_provider_iface_init))

static const char *
till_stripe_provider_get_name (TillProvider *provider)
{
  return "stripe";
}

static const char *
till_stripe_provider_get_account (TillProvider *provider)
{
  return till_stripe_client_is_live (TILL_STRIPE_PROVIDER (provider)->client) ? "live" : "test";
}

/* The customer's id alone: money moves only with the payment method beside it. */
static char *
till_stripe_provider_get_query_payer (TillProvider *provider, const char *payer)
{
  return till_stripe_payer_customer (payer);
}

static guint
till_stripe_provider_get_timeout (TillProvider *provider)
{
  return till_stripe_client_get_timeout (TILL_STRIPE_PROVIDER (provider)->client);
}

/* The operations run on the client; each hands its result to a task of the provider's own. */

static void
return_result (GTask *task, TillChargeResult *result)
{
  g_task_return_pointer (task, result, (GDestroyNotify) till_charge_result_unref);
  g_object_unref (task);
}

static TillChargeResult *
till_stripe_provider_finish (TillProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static gboolean
on_sending (gpointer user_data)
{
  GTask *task = user_data;

  till_provider_emit_sending (g_task_get_source_object (task), g_task_get_task_data (task));
  return G_SOURCE_REMOVE;
}

static void
on_charged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_result (user_data, till_stripe_charge_finish (TILL_STRIPE_CLIENT (source), result));
}

static void
till_stripe_provider_charge_async (TillProvider *provider,
                                   TillChargeRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  TillStripeProvider *self = TILL_STRIPE_PROVIDER (provider);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (request->attempt), g_free);
  till_stripe_charge_async (self->client, request, on_sending, task, cancellable, on_charged, task);
}

static void
on_queried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_result (user_data, till_stripe_lookup_finish (TILL_STRIPE_CLIENT (source), result));
}

static void
till_stripe_provider_query_async (TillProvider *provider,
                                  TillChargeRequest *request,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  TillStripeProvider *self = TILL_STRIPE_PROVIDER (provider);

  till_stripe_lookup_async (self->client, request, FALSE, cancellable, on_queried,
                            g_task_new (self, NULL, callback, user_data));
}

static void
till_stripe_provider_cancel_async (TillProvider *provider,
                                   TillChargeRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  TillStripeProvider *self = TILL_STRIPE_PROVIDER (provider);

  till_stripe_lookup_async (self->client, request, TRUE, cancellable, on_queried,
                            g_task_new (self, NULL, callback, user_data));
}

static void
on_refunded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_result (user_data, till_stripe_refund_finish (TILL_STRIPE_CLIENT (source), result));
}

static void
till_stripe_provider_refund_async (TillProvider *provider,
                                   TillRefundRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  TillStripeProvider *self = TILL_STRIPE_PROVIDER (provider);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (request->attempt), g_free);
  till_stripe_refund_async (self->client, request, on_sending, task, cancellable, on_refunded, task);
}

static void
till_stripe_provider_query_refund_async (TillProvider *provider,
                                         TillRefundRequest *request,
                                         gboolean replay,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  TillStripeProvider *self = TILL_STRIPE_PROVIDER (provider);

  till_stripe_query_refund_async (self->client, request, replay, cancellable, on_refunded,
                                  g_task_new (self, NULL, callback, user_data));
}

static void
on_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *payer = till_stripe_payer_finish (TILL_STRIPE_CLIENT (source), result, &error);

  if (payer != NULL)
    g_task_return_pointer (task, payer, g_free);
  else
    g_task_return_error (task, error);
}

static void
till_stripe_provider_register_payer_async (TillProvider *provider,
                                           const char *token,
                                           const char *label,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data)
{
  TillStripeProvider *self = TILL_STRIPE_PROVIDER (provider);

  till_stripe_payer_async (self->client, token, label, cancellable, on_registered,
                           g_task_new (self, NULL, callback, user_data));
}

static char *
till_stripe_provider_register_payer_finish (TillProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (till_stripe_forget_finish (TILL_STRIPE_CLIENT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
till_stripe_provider_remove_payer_async (TillProvider *provider,
                                         const char *payer,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  TillStripeProvider *self = TILL_STRIPE_PROVIDER (provider);

  till_stripe_forget_async (self->client, payer, cancellable, on_forgotten,
                            g_task_new (self, NULL, callback, user_data));
}

static gboolean
till_stripe_provider_remove_payer_finish (TillProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
till_stripe_provider_iface_init (TillProviderInterface *iface)
{
  iface->get_name = till_stripe_provider_get_name;
  iface->get_account = till_stripe_provider_get_account;
  iface->get_query_payer = till_stripe_provider_get_query_payer;
  iface->get_timeout = till_stripe_provider_get_timeout;
  iface->charge_async = till_stripe_provider_charge_async;
  iface->charge_finish = till_stripe_provider_finish;
  iface->query_async = till_stripe_provider_query_async;
  iface->query_finish = till_stripe_provider_finish;
  iface->cancel_async = till_stripe_provider_cancel_async;
  iface->cancel_finish = till_stripe_provider_finish;
  iface->refund_async = till_stripe_provider_refund_async;
  iface->refund_finish = till_stripe_provider_finish;
  iface->query_refund_async = till_stripe_provider_query_refund_async;
  iface->query_refund_finish = till_stripe_provider_finish;
  iface->register_payer_async = till_stripe_provider_register_payer_async;
  iface->register_payer_finish = till_stripe_provider_register_payer_finish;
  iface->remove_payer_async = till_stripe_provider_remove_payer_async;
  iface->remove_payer_finish = till_stripe_provider_remove_payer_finish;
}

static void
till_stripe_provider_finalize (GObject *object)
{
  g_clear_object (&TILL_STRIPE_PROVIDER (object)->client);
  G_OBJECT_CLASS (till_stripe_provider_parent_class)->finalize (object);
}

static void
till_stripe_provider_class_init (TillStripeProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_stripe_provider_finalize;
}

static void
till_stripe_provider_init (TillStripeProvider *self)
{
}

TillStripeProvider *
till_stripe_provider_new (const char *base_url, GTlsDatabase *trust, TillSecret *key, GError **error)
{
  g_autoptr (TillStripeClient) client = till_stripe_client_new (base_url, trust, key, error);

  if (client == NULL)
    return NULL;
  TillStripeProvider *self = g_object_new (TILL_TYPE_STRIPE_PROVIDER, NULL);
  self->client = g_steal_pointer (&client);
  return self;
}

void
till_stripe_provider_set_timeout (TillStripeProvider *self, guint seconds)
{
  g_return_if_fail (TILL_IS_STRIPE_PROVIDER (self));

  till_stripe_client_set_timeout (self->client, seconds);
}
