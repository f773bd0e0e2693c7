/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-provider.h"

#define DEFAULT_TIMEOUT 20

G_DEFINE_INTERFACE (TillProvider, till_provider, G_TYPE_OBJECT)

static guint sending_signal;

static void
till_provider_default_init (TillProviderInterface *iface)
{
  sending_signal = g_signal_new ("sending", TILL_TYPE_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

const char *
till_provider_get_name (TillProvider *self)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), NULL);

  return TILL_PROVIDER_GET_IFACE (self)->get_name (self);
}

const char *
till_provider_get_account (TillProvider *self)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), NULL);

  TillProviderInterface *iface = TILL_PROVIDER_GET_IFACE (self);
  return iface->get_account != NULL ? iface->get_account (self) : NULL;
}

char *
till_provider_get_query_payer (TillProvider *self, const char *payer)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), NULL);

  TillProviderInterface *iface = TILL_PROVIDER_GET_IFACE (self);
  return iface->get_query_payer != NULL ? iface->get_query_payer (self, payer) : NULL;
}

guint
till_provider_get_timeout (TillProvider *self)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), DEFAULT_TIMEOUT);

  TillProviderInterface *iface = TILL_PROVIDER_GET_IFACE (self);
  return iface->get_timeout != NULL ? iface->get_timeout (self) : DEFAULT_TIMEOUT;
}

void
till_provider_emit_sending (TillProvider *self, const char *attempt)
{
  g_return_if_fail (TILL_IS_PROVIDER (self));

  g_signal_emit (self, sending_signal, 0, attempt);
}

void
till_provider_charge_async (TillProvider *self,
                            TillChargeRequest *request,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (TILL_IS_PROVIDER (self));

  TILL_PROVIDER_GET_IFACE (self)->charge_async (self, request, cancellable, callback, user_data);
}

TillChargeResult *
till_provider_charge_finish (TillProvider *self, GAsyncResult *result)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), NULL);

  return TILL_PROVIDER_GET_IFACE (self)->charge_finish (self, result);
}

void
till_provider_query_async (TillProvider *self,
                           TillChargeRequest *request,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (TILL_IS_PROVIDER (self));

  TILL_PROVIDER_GET_IFACE (self)->query_async (self, request, cancellable, callback, user_data);
}

TillChargeResult *
till_provider_query_finish (TillProvider *self, GAsyncResult *result)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), NULL);

  return TILL_PROVIDER_GET_IFACE (self)->query_finish (self, result);
}

void
till_provider_cancel_async (TillProvider *self,
                            TillChargeRequest *request,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (TILL_IS_PROVIDER (self));

  TillProviderInterface *iface = TILL_PROVIDER_GET_IFACE (self);
  if (iface->cancel_async != NULL)
    iface->cancel_async (self, request, cancellable, callback, user_data);
  else
    iface->query_async (self, request, cancellable, callback, user_data);
}

TillChargeResult *
till_provider_cancel_finish (TillProvider *self, GAsyncResult *result)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), NULL);

  TillProviderInterface *iface = TILL_PROVIDER_GET_IFACE (self);
  return iface->cancel_async != NULL ? iface->cancel_finish (self, result)
                                     : iface->query_finish (self, result);
}

void
till_provider_refund_async (TillProvider *self,
                            TillRefundRequest *request,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (TILL_IS_PROVIDER (self));

  TILL_PROVIDER_GET_IFACE (self)->refund_async (self, request, cancellable, callback, user_data);
}

TillChargeResult *
till_provider_refund_finish (TillProvider *self, GAsyncResult *result)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), NULL);

  return TILL_PROVIDER_GET_IFACE (self)->refund_finish (self, result);
}

void
till_provider_query_refund_async (TillProvider *self,
                                  TillRefundRequest *request,
                                  gboolean replay,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (TILL_IS_PROVIDER (self));

  TILL_PROVIDER_GET_IFACE (self)->query_refund_async (self, request, replay, cancellable, callback,
                                                      user_data);
}

TillChargeResult *
till_provider_query_refund_finish (TillProvider *self, GAsyncResult *result)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), NULL);

  return TILL_PROVIDER_GET_IFACE (self)->query_refund_finish (self, result);
}

void
till_provider_register_payer_async (TillProvider *self,
                                    const char *token,
                                    const char *label,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (TILL_IS_PROVIDER (self));

  TILL_PROVIDER_GET_IFACE (self)->register_payer_async (self, token, label, cancellable, callback, user_data);
}

char *
till_provider_register_payer_finish (TillProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), NULL);

  return TILL_PROVIDER_GET_IFACE (self)->register_payer_finish (self, result, error);
}

void
till_provider_remove_payer_async (TillProvider *self,
                                  const char *payer,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (TILL_IS_PROVIDER (self) && payer != NULL);

  TillProviderInterface *iface = TILL_PROVIDER_GET_IFACE (self);
  if (iface->remove_payer_async != NULL)
    {
      iface->remove_payer_async (self, payer, cancellable, callback, user_data);
      return;
    }
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_return_boolean (task, TRUE);
}

gboolean
till_provider_remove_payer_finish (TillProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TILL_IS_PROVIDER (self), FALSE);

  TillProviderInterface *iface = TILL_PROVIDER_GET_IFACE (self);
  return iface->remove_payer_async != NULL ? iface->remove_payer_finish (self, result, error)
                                           : g_task_propagate_boolean (G_TASK (result), error);
}
