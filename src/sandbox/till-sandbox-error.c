/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-error.h"

TillSandboxError *
till_sandbox_error_new_valist (guint status,
                               const char *type,
                               const char *code,
                               const char *param,
                               const char *format,
                               va_list arguments)
{
  TillSandboxError *error = g_new0 (TillSandboxError, 1);

  error->status = status;
  error->type = g_strdup (type);
  error->code = g_strdup (code);
  error->param = g_strdup (param);
  error->message = g_strdup_vprintf (format, arguments);
  return error;
}

TillSandboxError *
till_sandbox_error_new (
    guint status, const char *type, const char *code, const char *param, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  TillSandboxError *error = till_sandbox_error_new_valist (status, type, code, param, format, arguments);
  va_end (arguments);
  return error;
}

void
till_sandbox_error_free (TillSandboxError *error)
{
  if (error == NULL)
    return;

  g_free (error->type);
  g_free (error->code);
  g_free (error->decline_code);
  g_free (error->advice_code);
  g_free (error->param);
  g_free (error->message);
  g_free (error->charge);
  g_clear_pointer (&error->payment_intent, json_object_unref);
  g_clear_pointer (&error->payment_method, json_object_unref);
  g_free (error);
}

static void
set_known (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

JsonObject *
till_sandbox_error_details (const TillSandboxError *error)
{
  JsonObject *details = json_object_new ();

  set_known (details, "advice_code", error->advice_code);
  set_known (details, "charge", error->charge);
  set_known (details, "code", error->code);
  set_known (details, "decline_code", error->decline_code);
  if (error->code != NULL)
    {
      g_autofree char *page = g_strdelimit (g_strdup (error->code), "_", '-');
      g_autofree char *url = g_strconcat ("https://stripe.com/docs/error-codes/", page, NULL);
      json_object_set_string_member (details, "doc_url", url);
    }
  set_known (details, "message", error->message);
  set_known (details, "param", error->param);
  if (error->payment_method != NULL)
    json_object_set_object_member (details, "payment_method", json_object_ref (error->payment_method));
  set_known (details, "type", error->type);
  return details;
}

JsonObject *
till_sandbox_error_render (const TillSandboxError *error)
{
  JsonObject *body = json_object_new ();
  JsonObject *details = till_sandbox_error_details (error);

  if (error->payment_intent != NULL)
    json_object_set_object_member (details, "payment_intent", json_object_ref (error->payment_intent));
  json_object_set_object_member (body, "error", details);
  return body;
}
