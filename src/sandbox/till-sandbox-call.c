/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-call.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sandbox/till-sandbox-json.h"

/* Bounds of the protocol. */
#define TEXT_LONGEST           5000
#define METADATA_KEYS          50
#define METADATA_KEY_LONGEST   40
#define METADATA_VALUE_LONGEST 500

gboolean
till_sandbox_call_fail (
    TillSandboxCall *call, guint status, const char *code, const char *param, const char *format, ...)
{
  va_list arguments;

  if (call->error != NULL)
    return FALSE;

  g_autofree char *bracketed = param != NULL ? till_sandbox_form_bracketed (param) : NULL;
  va_start (arguments, format);
  call->error = till_sandbox_error_new_valist (status, TILL_SANDBOX_INVALID_REQUEST, code, bracketed, format,
                                               arguments);
  va_end (arguments);
  return FALSE;
}

gboolean
till_sandbox_call_missing (TillSandboxCall *call, const char *noun, const char *param, const char *id)
{
  /* Not found is only what the address itself names; a bad reference is a bad parameter. */
  guint status = g_str_equal (param, "id") ? SOUP_STATUS_NOT_FOUND : SOUP_STATUS_BAD_REQUEST;

  return till_sandbox_call_fail (call, status, "resource_missing", param, "No such %s: '%.200s'", noun, id);
}

gboolean
till_sandbox_call_has (TillSandboxCall *call, const char *path)
{
  return till_sandbox_form_at (call->params, path) != NULL;
}

/* %FALSE and no error if the parameter was not sent. */
static gboolean
read_text (TillSandboxCall *call, const char *path, const char **text)
{
  const TillSandboxForm *node = till_sandbox_form_at (call->params, path);

  if (node == NULL)
    return FALSE;

  *text = till_sandbox_form_text (node);
  if (*text == NULL)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, path,
                                   "Invalid string: a hash was sent for %s", path);
  if (g_utf8_strlen (*text, -1) > TEXT_LONGEST)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, path,
                                   "Invalid string: must be at most %d characters", TEXT_LONGEST);
  return TRUE;
}

gboolean
till_sandbox_call_text (TillSandboxCall *call, const char *path, const char **text)
{
  const char *sent = NULL;

  if (read_text (call, path, &sent))
    *text = *sent != '\0' ? sent : NULL;
  return call->error == NULL;
}

gboolean
till_sandbox_call_id (TillSandboxCall *call, const char *path, const char **id)
{
  const char *sent = NULL;

  if (read_text (call, path, &sent))
    {
      if (*sent == '\0')
        return till_sandbox_call_fail (
            call, SOUP_STATUS_BAD_REQUEST, "parameter_invalid_empty", path,
            "You passed an empty string for '%s'. We assume empty values are an attempt to "
            "unset a parameter; however '%s' cannot be unset.",
            path, path);
      *id = sent;
    }
  return call->error == NULL;
}

gboolean
till_sandbox_call_choice (TillSandboxCall *call,
                          const char *path,
                          const char *const *choices,
                          const char **choice)
{
  const char *sent = NULL;

  if (!till_sandbox_call_id (call, path, &sent) || sent == NULL)
    return call->error == NULL;

  if (!g_strv_contains (choices, sent))
    {
      g_autofree char *list = g_strjoinv (", ", (char **) choices);
      return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, path,
                                     "Invalid %s: must be one of %s", path, list);
    }
  *choice = sent;
  return TRUE;
}

gboolean
till_sandbox_call_integer (TillSandboxCall *call, const char *path, gint64 *number)
{
  const char *sent = NULL;

  if (!till_sandbox_call_id (call, path, &sent) || sent == NULL)
    return call->error == NULL;

  if (!g_ascii_string_to_signed (sent, 10, G_MININT64, G_MAXINT64, number, NULL))
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, "parameter_invalid_integer", path,
                                   "Invalid integer: %.50s", sent);
  return TRUE;
}

gboolean
till_sandbox_call_boolean (TillSandboxCall *call, const char *path, gboolean *truth)
{
  const char *sent = NULL;

  if (!till_sandbox_call_id (call, path, &sent) || sent == NULL)
    return call->error == NULL;

  if (!g_str_equal (sent, "true") && !g_str_equal (sent, "false"))
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, path,
                                   "Invalid boolean: %.50s; must be true or false", sent);
  *truth = g_str_equal (sent, "true");
  return TRUE;
}

static gboolean
set_metadata_key (TillSandboxCall *call, JsonObject *metadata, const char *key, const char *value)
{
  if (value == NULL)
    return till_sandbox_call_fail (
        call, SOUP_STATUS_BAD_REQUEST, NULL, "metadata",
        "Metadata values must be strings, but for key '%.40s' you passed in a hash.", key);
  if (g_utf8_strlen (key, -1) > METADATA_KEY_LONGEST)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, "metadata",
                                   "Metadata keys can have up to %d characters, but '%.60s' is longer.",
                                   METADATA_KEY_LONGEST, key);
  if (g_utf8_strlen (value, -1) > METADATA_VALUE_LONGEST)
    return till_sandbox_call_fail (
        call, SOUP_STATUS_BAD_REQUEST, NULL, "metadata",
        "Metadata values can have up to %d characters, but the value for '%s' is longer.",
        METADATA_VALUE_LONGEST, key);

  if (*value != '\0')
    json_object_set_string_member (metadata, key, value);
  else if (json_object_has_member (metadata, key))
    json_object_remove_member (metadata, key);
  return TRUE;
}

gboolean
till_sandbox_call_metadata (TillSandboxCall *call, char **metadata)
{
  const TillSandboxForm *node = till_sandbox_form_at (call->params, "metadata");
  const char *text = till_sandbox_form_text (node);

  if (node == NULL)
    return TRUE;
  if (text != NULL && *text != '\0')
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, "metadata",
                                   "Invalid object: metadata must be a hash.");

  g_autoptr (JsonObject) changed = text == NULL ? till_sandbox_json_parse (*metadata) : json_object_new ();
  for (guint i = 0; i < till_sandbox_form_length (node); i++)
    if (!set_metadata_key (call, changed, till_sandbox_form_nth_name (node, i),
                           till_sandbox_form_text (till_sandbox_form_nth (node, i))))
      return FALSE;
  if (json_object_get_size (changed) > METADATA_KEYS)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, "metadata",
                                   "Metadata can have up to %d keys.", METADATA_KEYS);

  g_free (*metadata);
  *metadata = till_sandbox_json_print (changed);
  return TRUE;
}

gboolean
till_sandbox_call_require (TillSandboxCall *call, const char *path)
{
  if (till_sandbox_call_has (call, path))
    return TRUE;

  g_autofree char *bracketed = till_sandbox_form_bracketed (path);
  return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, "parameter_missing", path,
                                 "Missing required param: %s.", bracketed);
}

/* "created[*]" holds for "created[gte]"; "metadata[**]" for whatever is below metadata, and for metadata itself. */
static gboolean
pattern_holds (const char *pattern, const char *path)
{
  const char *rest = strstr (pattern, "[**]");
  if (rest != NULL)
    {
      gsize length = (gsize) (rest - pattern);
      return strncmp (pattern, path, length) == 0 && (path[length] == '[' || path[length] == '\0');
    }

  const char *any = strstr (pattern, "[*]");
  if (any == NULL)
    return g_str_equal (pattern, path);

  gsize length = (gsize) (any - pattern) + 1;
  const char *close = strncmp (pattern, path, length) == 0 ? strchr (path + length, ']') : NULL;
  return close != NULL && close[1] == '\0';
}

typedef struct
{
  TillSandboxCall *call;
  const char *const *known;
} Check;

static gboolean
check_path (const char *path, const char *text, gpointer data)
{
  Check *check = data;

  for (guint i = 0; check->known[i] != NULL; i++)
    if (pattern_holds (check->known[i], path))
      return TRUE;

  check->call->error
      = till_sandbox_error_new (SOUP_STATUS_BAD_REQUEST, TILL_SANDBOX_INVALID_REQUEST, "parameter_unknown",
                                path, "Received unknown parameter: %.200s", path);
  return FALSE;
}

gboolean
till_sandbox_call_only (TillSandboxCall *call, const char *const *known)
{
  Check check = { call, known };

  return till_sandbox_form_foreach (call->params, check_path, &check);
}
