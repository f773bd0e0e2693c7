/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-payer.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "payment/till-stripe-call.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-object.h"
#include "payment/till-stripe-reading.h"

typedef struct
{
  char *customer; /* (nullable) */
  char *method;   /* (nullable) */
  char *key;      /* of the customer; that of the method is made from it */
} Payer;

static void
payer_free (gpointer data)
{
  Payer *payer = data;

  g_free (payer->customer);
  g_free (payer->method);
  g_free (payer->key);
  g_free (payer);
}

/* @task: (transfer full) */
static void
return_error (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* @task: (transfer full) */
static void
return_new_error (GTask *task, TillError code, const char *message)
{
  return_error (task, g_error_new_literal (TILL_ERROR, (int) code, message));
}

/* @task: (transfer full) */
static void
ask (GTask *task,
     const char *method,
     const char *path,
     const char *form,
     const char *key,
     GAsyncReadyCallback callback)
{
  TillStripeRequest call = { .method = method, .path = path, .form = form, .key = key };

  till_stripe_call_async (g_task_get_source_object (task), &call, g_task_get_cancellable (task), callback,
                          task);
}

/* The last step of every way: a method that belongs to the customer */

static gboolean
is_usable (const Payer *payer, JsonObject *method)
{
  JsonObject *expanded = till_stripe_json_object (method, "customer");
  const char *customer = expanded != NULL ? till_stripe_json_string (expanded, "id")
                                          : till_stripe_json_string (method, "customer");

  return till_stripe_is_method (till_stripe_json_string (method, "id"))
         && g_strcmp0 (customer, payer->customer) == 0;
}

static void
on_method (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Payer *payer = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  GError *error = NULL;
  g_autoptr (JsonObject) method = till_stripe_read_object (reply, "payment_method", &error);

  if (method == NULL)
    return_error (task, error);
  else if (!is_usable (payer, method))
    return_new_error (task, TILL_ERROR_INVALID, "the payment method does not belong to that customer");
  else if (g_strcmp0 (till_stripe_json_string (method, "type"), "card") != 0)
    return_new_error (task, TILL_ERROR_REFUSED, "only cards can be charged without the customer typing");
  else
    {
      g_task_return_pointer (
          task, g_strconcat (payer->customer, "/", till_stripe_json_string (method, "id"), NULL), g_free);
      g_object_unref (task);
    }
}

/* @task: (transfer full) */
static void
get_method (GTask *task, const char *method)
{
  g_autofree char *path = g_strconcat ("/v1/payment_methods/", method, NULL);

  ask (task, "GET", path, NULL, NULL, on_method);
}

/* A new customer for a method */

static void
on_customer_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Payer *payer = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  GError *error = NULL;
  g_autoptr (JsonObject) customer = till_stripe_read_object (reply, "customer", &error);

  if (customer == NULL)
    {
      return_error (task, error);
      return;
    }
  payer->customer = g_strdup (till_stripe_json_string (customer, "id"));
  if (!till_stripe_is_id (payer->customer, "cus_"))
    {
      return_new_error (task, TILL_ERROR_UNAVAILABLE,
                        "the payment gateway made a customer without a proper id");
      return;
    }

  g_autofree char *path = g_strconcat ("/v1/payment_methods/", payer->method, "/attach", NULL);
  g_autofree char *form = g_strconcat ("customer=", payer->customer, NULL);
  g_autofree char *key = g_strconcat (payer->key, "-attach", NULL);
  ask (task, "POST", path, form, key, on_method);
}

/* @task: (transfer full) */
static void
make_customer (GTask *task, const char *label)
{
  Payer *payer = g_task_get_task_data (task);
  g_autoptr (GString) form = g_string_new (NULL);

  till_stripe_form_add (form, "description", label);
  till_stripe_form_add (form, TILL_STRIPE_PAYER_MARK_FIELD, TILL_STRIPE_PAYER_MARK);
  ask (task, "POST", "/v1/customers", form->str, payer->key, on_customer_made);
}

/* A customer the shop has already */

/* (nullable) id of the method that the customer pays with by default. */
static const char *
default_method (JsonObject *customer)
{
  JsonObject *invoices = till_stripe_json_object (customer, "invoice_settings");
  const char *method = till_stripe_json_string (invoices, "default_payment_method");

  if (!till_stripe_is_method (method))
    method = till_stripe_json_string (till_stripe_json_object (invoices, "default_payment_method"), "id");
  if (!till_stripe_is_method (method))
    method = till_stripe_json_string (customer, "default_source");
  return till_stripe_is_method (method) ? method : NULL;
}

static void
on_methods (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  GError *error = NULL;
  g_autoptr (JsonObject) list = till_stripe_read_object (reply, "list", &error);
  JsonArray *data = till_stripe_json_array (list, "data");

  if (list == NULL)
    return_error (task, error);
  else if (data == NULL || json_array_get_length (data) == 0)
    return_new_error (task, TILL_ERROR_REFUSED, "that customer has no card with the payment gateway");
  else
    {
      JsonNode *first = json_array_get_element (data, 0);
      const char *id = JSON_NODE_HOLDS_OBJECT (first)
                           ? till_stripe_json_string (json_node_get_object (first), "id")
                           : NULL;

      if (till_stripe_is_method (id))
        get_method (task, id);
      else
        return_new_error (task, TILL_ERROR_UNAVAILABLE,
                          "the payment gateway listed a card without a proper id");
    }
}

static void
on_customer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Payer *payer = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  GError *error = NULL;
  g_autoptr (JsonObject) customer = till_stripe_read_object (reply, "customer", &error);

  if (customer == NULL)
    return_error (task, error);
  else if (g_strcmp0 (till_stripe_json_string (customer, "id"), payer->customer) != 0)
    return_new_error (task, TILL_ERROR_UNAVAILABLE, "the payment gateway answered with another customer");
  else if (till_stripe_json_is_true (customer, "deleted"))
    return_new_error (task, TILL_ERROR_NOT_FOUND, "that customer was deleted at the payment gateway");
  else if (payer->method != NULL)
    get_method (task, payer->method);
  else if (default_method (customer) != NULL)
    get_method (task, default_method (customer));
  else
    {
      g_autofree char *path
          = g_strconcat ("/v1/payment_methods?type=card&limit=1&customer=", payer->customer, NULL);
      ask (task, "GET", path, NULL, NULL, on_methods);
    }
}

/* @task: (transfer full) */
static void
get_customer (GTask *task)
{
  Payer *payer = g_task_get_task_data (task);
  g_autofree char *path = g_strconcat ("/v1/customers/", payer->customer, NULL);

  ask (task, "GET", path, NULL, NULL, on_customer);
}

void
till_stripe_payer_async (TillStripeClient *client,
                         const char *token,
                         const char *label,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Payer *payer = g_new0 (Payer, 1);

  g_task_set_source_tag (task, till_stripe_payer_async);
  payer->customer = till_stripe_payer_customer (token);
  payer->method = payer->customer != NULL ? till_stripe_payer_method (token) : g_strdup (token);
  payer->key = till_id_new ("payer");
  g_task_set_task_data (task, payer, payer_free);

  if (payer->customer != NULL)
    get_customer (task);
  else if (till_stripe_is_method (payer->method))
    make_customer (task, label != NULL ? label : "");
  else
    return_new_error (task, TILL_ERROR_INVALID,
                      "a payer is a payment method (pm_…), a customer (cus_…) or both (cus_…/pm_…)");
}

char *
till_stripe_payer_finish (TillStripeClient *client, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
