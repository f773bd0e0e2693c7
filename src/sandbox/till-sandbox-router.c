/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-router.h"

#include "sandbox/till-sandbox-charges.h"
#include "sandbox/till-sandbox-customers.h"
#include "sandbox/till-sandbox-payment-intents.h"
#include "sandbox/till-sandbox-payment-methods.h"
#include "sandbox/till-sandbox-refunds.h"

#define PAGE "limit", "starting_after", "ending_before", "expand[*]"
#define WHEN "created", "created[gt]", "created[gte]", "created[lt]", "created[lte]"

static const char *const only_expand[] = { "expand[*]", NULL };

static const char *const customer_fields[] = { "name",         "email",
                                               "phone",        "description",
                                               "metadata[**]", "invoice_settings[default_payment_method]",
                                               "expand[*]",    NULL };
static const char *const customer_new[] = { "name",
                                            "email",
                                            "phone",
                                            "description",
                                            "metadata[**]",
                                            "payment_method",
                                            "expand[*]",
                                            "invoice_settings[default_payment_method]",
                                            NULL };
static const char *const customer_list[] = { PAGE, WHEN, "email", NULL };

static const char *const method_new[] = { "type",
                                          "card[number]",
                                          "card[exp_month]",
                                          "card[exp_year]",
                                          "card[cvc]",
                                          "card[token]",
                                          "billing_details[name]",
                                          "billing_details[email]",
                                          "billing_details[phone]",
                                          "metadata[**]",
                                          "expand[*]",
                                          NULL };
static const char *const method_list[] = { PAGE, "customer", "type", NULL };
static const char *const method_list_of_customer[] = { PAGE, "type", NULL };
static const char *const method_attach[] = { "customer", "expand[*]", NULL };

#define INTENT_FIELDS                                                                                        \
  "amount", "currency", "customer", "description", "metadata[**]", "payment_method",                         \
      "payment_method_types[*]", "receipt_email", "setup_future_usage", "statement_descriptor",              \
      "statement_descriptor_suffix", "expand[*]"
#define INTENT_CONFIRMATION "off_session", "return_url", "error_on_requires_action", "use_stripe_sdk"

static const char *const intent_new[] = { INTENT_FIELDS,
                                          INTENT_CONFIRMATION,
                                          "confirm",
                                          "capture_method",
                                          "confirmation_method",
                                          "automatic_payment_methods[enabled]",
                                          "automatic_payment_methods[allow_redirects]",
                                          NULL };
static const char *const intent_update[] = { INTENT_FIELDS, NULL };
static const char *const intent_get[] = { "client_secret", "expand[*]", NULL };
static const char *const intent_confirm[]
    = { INTENT_CONFIRMATION, "payment_method", "receipt_email", "expand[*]", NULL };
static const char *const intent_cancel[] = { "cancellation_reason", "expand[*]", NULL };
static const char *const intent_list[] = { PAGE, WHEN, "customer", NULL };
static const char *const intent_search[] = { "query", "limit", "page", "expand[*]", NULL };
static const char *const intent_settle[] = { "outcome", "expand[*]", NULL };

static const char *const charge_list[] = { PAGE, WHEN, "payment_intent", "customer", NULL };

static const char *const refund_new[]
    = { "payment_intent", "charge", "amount", "reason", "metadata[**]", "expand[*]", NULL };
static const char *const refund_settle[] = { "outcome", "expand[*]", NULL };
static const char *const refund_list[] = { PAGE, WHEN, "payment_intent", "charge", NULL };

/* The first that fits answers: an address with a fixed part stands before one with ":id" in its place. */
static const TillSandboxRoute routes[] = {
  { "POST", "/v1/customers", till_sandbox_customers_create, customer_new },
  { "GET", "/v1/customers", till_sandbox_customers_list, customer_list },
  { "GET", "/v1/customers/:id", till_sandbox_customers_retrieve, only_expand },
  { "POST", "/v1/customers/:id", till_sandbox_customers_update, customer_fields },
  { "DELETE", "/v1/customers/:id", till_sandbox_customers_delete, only_expand },
  { "GET", "/v1/customers/:id/payment_methods", till_sandbox_payment_methods_list_of_customer,
    method_list_of_customer },

  { "POST", "/v1/payment_methods", till_sandbox_payment_methods_create, method_new },
  { "GET", "/v1/payment_methods", till_sandbox_payment_methods_list, method_list },
  { "GET", "/v1/payment_methods/:id", till_sandbox_payment_methods_retrieve, only_expand },
  { "POST", "/v1/payment_methods/:id/attach", till_sandbox_payment_methods_attach, method_attach },
  { "POST", "/v1/payment_methods/:id/detach", till_sandbox_payment_methods_detach, only_expand },

  { "POST", "/v1/payment_intents", till_sandbox_payment_intents_create, intent_new },
  { "GET", "/v1/payment_intents", till_sandbox_payment_intents_list, intent_list },
  { "GET", "/v1/payment_intents/search", till_sandbox_payment_intents_search, intent_search },
  { "GET", "/v1/payment_intents/:id", till_sandbox_payment_intents_retrieve, intent_get },
  { "POST", "/v1/payment_intents/:id", till_sandbox_payment_intents_update, intent_update },
  { "POST", "/v1/payment_intents/:id/confirm", till_sandbox_payment_intents_confirm, intent_confirm },
  { "POST", "/v1/payment_intents/:id/cancel", till_sandbox_payment_intents_cancel, intent_cancel },

  { "GET", "/v1/charges", till_sandbox_charges_list, charge_list },
  { "GET", "/v1/charges/:id", till_sandbox_charges_retrieve, only_expand },

  { "POST", "/v1/refunds", till_sandbox_refunds_create, refund_new },
  { "GET", "/v1/refunds", till_sandbox_refunds_list, refund_list },
  { "GET", "/v1/refunds/:id", till_sandbox_refunds_retrieve, only_expand },

  { "POST", "/sandbox/payment_intents/:id/settle", till_sandbox_payment_intents_settle, intent_settle },
  { "POST", "/sandbox/refunds/:id/settle", till_sandbox_refunds_settle, refund_settle },
};

static gboolean
fits (const char *pattern, const char *path, char **id)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  const char *found = NULL;

  if (g_strv_length (wanted) != g_strv_length (parts))
    return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    {
      if (g_str_equal (wanted[i], ":id") && *parts[i] != '\0')
        found = parts[i];
      else if (!g_str_equal (wanted[i], parts[i]))
        return FALSE;
    }
  *id = g_strdup (found);
  return TRUE;
}

const TillSandboxRoute *
till_sandbox_router_find (const char *method, const char *path, char **id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].method, method) && fits (routes[i].path, path, id))
      return &routes[i];
  return NULL;
}
