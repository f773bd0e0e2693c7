/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-json.h"

#include "base/till-error.h"

#include <string.h>

/* The API nests some ten deep; json-glib recurses for every level. */
#define DEEPEST 64

/* JSON's own bytes outside strings. json-glib would take comments too, in which quotes mean something else. */
static gboolean
is_structure (guchar c)
{
  return c != '\0' && (g_ascii_isalnum (c) || strchr ("{}[]:,.+- \t\r\n", c) != NULL);
}

static gboolean
is_sane (const guchar *at, gsize size)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < size; i++)
    {
      guchar c = at[i];

      if (in_string)
        {
          if (c < 0x20)
            return FALSE;
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if (!is_structure (c))
        return FALSE;
      else if ((c == '{' || c == '[') && ++depth > DEEPEST)
        return FALSE;
      else if ((c == '}' || c == ']') && depth-- == 0)
        return FALSE;
    }
  return !in_string && depth == 0;
}

JsonObject *
till_stripe_json_read (GBytes *body, GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (body, &size);

  if (size == 0 || size > G_MAXINT32 || !g_utf8_validate (text, (gssize) size, NULL)
      || !is_sane ((const guchar *) text, size))
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "the gateway's answer is not JSON");
      return NULL;
    }

  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  if (!json_parser_load_from_data (parser, text, (gssize) size, &reason))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "the gateway's answer is not JSON: %s",
                   reason->message);
      return NULL;
    }

  JsonNode *root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "the gateway's answer is no JSON object");
      return NULL;
    }
  return json_node_dup_object (root);
}

static JsonNode *
member (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

const char *
till_stripe_json_string (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

JsonObject *
till_stripe_json_object (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
till_stripe_json_array (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
till_stripe_json_id (JsonObject *object, const char *name)
{
  JsonObject *expanded = till_stripe_json_object (object, name);

  return expanded != NULL ? till_stripe_json_string (expanded, "id") : till_stripe_json_string (object, name);
}

gboolean
till_stripe_json_int (JsonObject *object, const char *name, gint64 *value)
{
  JsonNode *node = member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
till_stripe_json_is_true (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}
