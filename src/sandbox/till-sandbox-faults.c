/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-faults.h"

#include <libsoup/soup.h>

#include "sandbox/till-sandbox-json.h"

#define COUNT_MOST        1000000
#define MILLISECONDS_MOST (10 * 60 * 1000)

struct _TillSandboxFaults
{
  GPtrArray *ordered;
};

static const char *const names[] = {
  [TILL_SANDBOX_FAULT_DROP_BEFORE] = "drop_before",
  [TILL_SANDBOX_FAULT_DROP_AFTER] = "drop_after",
  [TILL_SANDBOX_FAULT_DELAY_BEFORE] = "delay_before",
  [TILL_SANDBOX_FAULT_DELAY_AFTER] = "delay_after",
  [TILL_SANDBOX_FAULT_LATE] = "late",
  [TILL_SANDBOX_FAULT_DRIP] = "drip",
  [TILL_SANDBOX_FAULT_TRUNCATE] = "truncate",
  [TILL_SANDBOX_FAULT_TRUNCATE_CLOSE] = "truncate_close",
  [TILL_SANDBOX_FAULT_MALFORMED] = "malformed",
  [TILL_SANDBOX_FAULT_WRONG_AMOUNT] = "wrong_amount",
  [TILL_SANDBOX_FAULT_ERROR_500] = "error_500",
  [TILL_SANDBOX_FAULT_ERROR_500_AFTER] = "error_500_after",
  [TILL_SANDBOX_FAULT_CONFLICT_409] = "conflict_409",
  [TILL_SANDBOX_FAULT_RATE_LIMIT_429] = "rate_limit_429",
  [TILL_SANDBOX_FAULT_KILL_BEFORE] = "kill_before",
  [TILL_SANDBOX_FAULT_KILL_INSIDE] = "kill_inside",
  [TILL_SANDBOX_FAULT_KILL_AFTER] = "kill_after",
  [TILL_SANDBOX_FAULT_NEW_CERTIFICATE] = "new_certificate",
  [TILL_SANDBOX_FAULT_CLOSE_PORT] = "close_port",
  [TILL_SANDBOX_FAULT_RESTART] = "restart",
  NULL,
};

static void
fault_free (gpointer data)
{
  TillSandboxFault *fault = data;

  g_free (fault->method);
  g_free (fault->path);
  g_free (fault);
}

TillSandboxFaults *
till_sandbox_faults_new (void)
{
  TillSandboxFaults *self = g_new0 (TillSandboxFaults, 1);

  self->ordered = g_ptr_array_new_with_free_func (fault_free);
  return self;
}

void
till_sandbox_faults_free (TillSandboxFaults *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->ordered);
  g_free (self);
}

static JsonObject *
render (const TillSandboxFault *fault)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "object", "sandbox.fault");
  json_object_set_string_member (object, "kind", names[fault->kind]);
  json_object_set_string_member (object, "method", fault->method);
  json_object_set_string_member (object, "path", fault->path);
  json_object_set_int_member (object, "count", fault->remaining);
  json_object_set_int_member (object, "milliseconds", fault->milliseconds);
  return object;
}

static gboolean
read_number (TillSandboxCall *call, const char *path, gint64 least, gint64 most, gint64 *number)
{
  if (!till_sandbox_call_integer (call, path, number))
    return FALSE;
  if (*number < least || *number > most)
    return till_sandbox_call_fail (
        call, SOUP_STATUS_BAD_REQUEST, "parameter_invalid_integer", path,
        "Invalid %s: must be between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT ".", path, least, most);
  return TRUE;
}

static TillSandboxFaultKind
kind_named (const char *name)
{
  guint kind = 0;

  while (!g_str_equal (names[kind], name))
    kind++;
  return (TillSandboxFaultKind) kind;
}

static gboolean
is_at_once (TillSandboxFaultKind kind)
{
  return kind == TILL_SANDBOX_FAULT_NEW_CERTIFICATE || kind == TILL_SANDBOX_FAULT_CLOSE_PORT
         || kind == TILL_SANDBOX_FAULT_RESTART;
}

JsonObject *
till_sandbox_faults_order (TillSandboxFaults *self, TillSandboxCall *call, TillSandboxFault *ordered)
{
  static const char *const known[] = { "kind", "method", "path", "count", "milliseconds", NULL };
  const char *name = NULL;
  const char *method = "POST";
  const char *path = "/v1/";
  gint64 count = 1;
  gint64 milliseconds = 1000;

  if (!till_sandbox_call_only (call, known) || !till_sandbox_call_require (call, "kind")
      || !till_sandbox_call_choice (call, "kind", names, &name)
      || !till_sandbox_call_id (call, "method", &method) || !till_sandbox_call_id (call, "path", &path)
      || !read_number (call, "count", 1, COUNT_MOST, &count)
      || !read_number (call, "milliseconds", 0, MILLISECONDS_MOST, &milliseconds))
    return NULL;

  TillSandboxFault *fault = g_new0 (TillSandboxFault, 1);
  fault->kind = kind_named (name);
  fault->method = g_strdup (method);
  fault->path = g_strdup (path);
  fault->remaining = count;
  fault->milliseconds = (guint) milliseconds;
  *ordered = *fault;

  JsonObject *answer = render (fault);
  if (is_at_once (fault->kind))
    fault_free (fault);
  else
    g_ptr_array_add (self->ordered, fault);
  ordered->method = NULL;
  ordered->path = NULL;
  return answer;
}

JsonObject *
till_sandbox_faults_render (TillSandboxFaults *self)
{
  JsonObject *list = json_object_new ();
  JsonArray *data = json_array_new ();

  for (guint i = 0; i < self->ordered->len; i++)
    json_array_add_object_element (data, render (self->ordered->pdata[i]));
  json_object_set_string_member (list, "object", "list");
  json_object_set_array_member (list, "data", data);
  json_object_set_boolean_member (list, "has_more", FALSE);
  json_object_set_string_member (list, "url", "/sandbox/faults");
  return list;
}

void
till_sandbox_faults_clear (TillSandboxFaults *self)
{
  g_ptr_array_set_size (self->ordered, 0);
}

gboolean
till_sandbox_faults_take (TillSandboxFaults *self,
                          const char *method,
                          const char *path,
                          TillSandboxFault *met)
{
  for (guint i = 0; i < self->ordered->len; i++)
    {
      TillSandboxFault *fault = self->ordered->pdata[i];

      if (fault->remaining == 0 || !g_str_equal (fault->method, method)
          || !g_str_has_prefix (path, fault->path))
        continue;
      *met = (TillSandboxFault){ .kind = fault->kind, .milliseconds = fault->milliseconds };
      if (--fault->remaining == 0)
        g_ptr_array_remove_index (self->ordered, i);
      return TRUE;
    }
  return FALSE;
}
