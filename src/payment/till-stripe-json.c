/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-json.h"

#include "base/till-error.h"
#include "base/till-json-text.h"

/* The API nests some ten deep; json-glib recurses for every level. */
#define DEEPEST 64

JsonObject *
till_stripe_json_read (GBytes *body, GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (body, &size);

  g_autoptr (GError) reason = NULL;
  if (size > G_MAXINT32 || !till_json_text_check (text, size, DEEPEST, &reason))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "the gateway's answer is not JSON: %s",
                   reason != NULL ? reason->message : "it is too large");
      return NULL;
    }

  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, &reason))
    {
      /* It quotes what it met, which need not be text. */
      g_autofree char *met = g_utf8_make_valid (reason->message, -1);
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "the gateway's answer is not JSON: %s", met);
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
