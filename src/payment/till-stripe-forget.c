/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-forget.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "payment/till-stripe-call.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-object.h"
#include "payment/till-stripe-payer.h"

typedef struct
{
  char *customer;
  char *method; /* (nullable) */
} Forgetting;

static void
forgetting_free (gpointer data)
{
  Forgetting *forgetting = data;

  g_free (forgetting->customer);
  g_free (forgetting->method);
  g_free (forgetting);
}

/* Whoever is not there any more is forgotten. @task: (transfer full) @error: (transfer full) (nullable) */
static void
return_forgotten (GTask *task, GError *error)
{
  if (error == NULL || g_error_matches (error, TILL_ERROR, TILL_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

/* @task: (transfer full) */
static void
ask (GTask *task, const char *method, const char *path, const char *key, GAsyncReadyCallback callback)
{
  TillStripeRequest call = { .method = method, .path = path, .key = key };

  till_stripe_call_async (g_task_get_source_object (task), &call, g_task_get_cancellable (task), callback,
                          task);
}

/* A customer of the till's own */

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  GError *error = NULL;
  g_autoptr (JsonObject) customer = till_stripe_read_object (reply, "customer", &error);

  if (customer != NULL && !till_stripe_json_is_true (customer, "deleted"))
    g_set_error_literal (&error, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                         "the payment gateway was asked to delete a customer and did not say that it has");
  return_forgotten (user_data, error);
}

/* A card of a customer whom the shop had already */

static void
on_detached (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  GError *error = NULL;
  g_autoptr (JsonObject) method = till_stripe_read_object (reply, "payment_method", &error);

  if (method != NULL && till_stripe_json_id (method, "customer") != NULL)
    g_set_error_literal (&error, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                         "the payment gateway was asked to detach a card and did not say that it has");
  return_forgotten (user_data, error);
}

static void
on_method (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Forgetting *forgetting = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  GError *error = NULL;
  g_autoptr (JsonObject) method = till_stripe_read_object (reply, "payment_method", &error);

  if (method == NULL || g_strcmp0 (till_stripe_json_id (method, "customer"), forgetting->customer) != 0)
    {
      return_forgotten (task, error);
      return;
    }
  g_autofree char *path = g_strconcat ("/v1/payment_methods/", forgetting->method, "/detach", NULL);
  g_autofree char *key = till_id_new ("forget");
  ask (task, "POST", path, key, on_detached);
}

/* Whose they are */

static void
on_customer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Forgetting *forgetting = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  GError *error = NULL;
  g_autoptr (JsonObject) customer = till_stripe_read_object (reply, "customer", &error);
  JsonObject *marks = till_stripe_json_object (customer, "metadata");
  g_autofree char *path = NULL;

  if (customer == NULL || till_stripe_json_is_true (customer, "deleted"))
    return_forgotten (task, error);
  else if (g_strcmp0 (till_stripe_json_string (marks, TILL_STRIPE_PAYER_MARK_NAME), TILL_STRIPE_PAYER_MARK)
           == 0)
    {
      path = g_strconcat ("/v1/customers/", forgetting->customer, NULL);
      ask (task, "DELETE", path, NULL, on_deleted);
    }
  else if (forgetting->method != NULL)
    {
      path = g_strconcat ("/v1/payment_methods/", forgetting->method, NULL);
      ask (task, "GET", path, NULL, on_method);
    }
  else
    return_forgotten (task, NULL);
}

void
till_stripe_forget_async (TillStripeClient *client,
                          const char *payer,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Forgetting *forgetting = g_new0 (Forgetting, 1);
  g_autofree char *path = NULL;

  g_task_set_source_tag (task, till_stripe_forget_async);
  forgetting->customer = till_stripe_payer_customer (payer);
  forgetting->method = till_stripe_payer_method (payer);
  g_task_set_task_data (task, forgetting, forgetting_free);
  if (forgetting->customer == NULL)
    {
      /* Nothing that this gateway could have: there is nobody to forget. */
      return_forgotten (task, NULL);
      return;
    }
  path = g_strconcat ("/v1/customers/", forgetting->customer, NULL);
  ask (task, "GET", path, NULL, on_customer);
}

gboolean
till_stripe_forget_finish (TillStripeClient *client, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
