/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-json-member.h"

#include "base/till-error.h"
#include "base/till-json-text.h"

#include <string.h>

/* json-glib's parser calls itself once per level; nothing here is nested deeper than a few. */
#define MAX_DEPTH 32

JsonObject *
till_json_read_object (const char *json, gssize length, const char *what, GError **error)
{
  gsize bytes = length < 0 ? strlen (json) : (gsize) length;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) problem = NULL;

  if (!till_json_text_check (json, bytes, MAX_DEPTH, &problem))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s is not right JSON: %s", what, problem->message);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, json, (gssize) bytes, &problem))
    {
      /* json-glib quotes what it met, which need not be text. */
      g_autofree char *met = g_utf8_make_valid (problem->message, -1);
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s is not right JSON: %s", what, met);
      return NULL;
    }

  JsonNode *root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s does not hold a JSON object", what);
      return NULL;
    }
  return json_node_dup_object (root);
}

static JsonNode *
till_json_member (JsonObject *object, const char *name, const char *kind, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "“%s” is missing: it must be %s", name, kind);
  return node;
}

static gboolean
till_json_set_wrong_kind (const char *name, const char *kind, GError **error)
{
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "“%s” must be %s", name, kind);
  return FALSE;
}

gboolean
till_json_member_string (JsonObject *object, const char *name, const char **value, GError **error)
{
  JsonNode *node = till_json_member (object, name, "a string", error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return till_json_set_wrong_kind (name, "a string", error);
  *value = json_node_get_string (node);
  return TRUE;
}

gboolean
till_json_member_optional_string (JsonObject *object, const char *name, const char **value, GError **error)
{
  *value = NULL;
  if (!json_object_has_member (object, name) || json_object_get_null_member (object, name))
    return TRUE;
  return till_json_member_string (object, name, value, error);
}

const char *
till_json_find_string (JsonObject *object, const char *name)
{
  const char *text = NULL;

  return till_json_member_optional_string (object, name, &text, NULL) ? text : NULL;
}

gboolean
till_json_is_true (JsonObject *object, const char *name)
{
  gboolean value = FALSE;

  return till_json_member_boolean (object, name, &value, NULL) && value;
}

gboolean
till_json_member_int (
    JsonObject *object, const char *name, gint64 least, gint64 most, gint64 *value, GError **error)
{
  JsonNode *node = till_json_member (object, name, "a whole number", error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return till_json_set_wrong_kind (name, "a whole number", error);

  gint64 number = json_node_get_int (node);
  if (number < least || number > most)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "“%s” must be %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, name,
                   least, most, number);
      return FALSE;
    }
  *value = number;
  return TRUE;
}

gboolean
till_json_member_boolean (JsonObject *object, const char *name, gboolean *value, GError **error)
{
  JsonNode *node = till_json_member (object, name, "true or false", error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return till_json_set_wrong_kind (name, "true or false", error);
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
till_json_member_money (
    JsonObject *object, const char *name, const char *currency, TillMoney *value, GError **error)
{
  gint64 minor;

  return till_json_member_int (object, name, 0, G_MAXINT64, &minor, error)
         && till_money_init (value, minor, currency, error);
}

JsonObject *
till_json_member_object (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = till_json_member (object, name, "an object", error);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  if (node != NULL)
    till_json_set_wrong_kind (name, "an object", error);
  return NULL;
}

JsonArray *
till_json_member_array (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = till_json_member (object, name, "an array", error);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  if (node != NULL)
    till_json_set_wrong_kind (name, "an array", error);
  return NULL;
}

JsonObject *
till_json_element_object (JsonArray *array, guint index, const char *name, GError **error)
{
  JsonNode *node = json_array_get_element (array, index);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "Number %u of “%s” must be an object", index + 1, name);
  return NULL;
}
