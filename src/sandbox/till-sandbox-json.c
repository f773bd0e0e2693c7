/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-json.h"

char *
till_sandbox_json_print (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

JsonObject *
till_sandbox_json_parse (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : json_object_new ();
}

void
till_sandbox_json_set_parsed (JsonObject *object, const char *name, const char *text)
{
  if (text == NULL)
    json_object_set_null_member (object, name);
  else
    json_object_set_object_member (object, name, till_sandbox_json_parse (text));
}

void
till_sandbox_json_set_nulls (JsonObject *object, ...)
{
  va_list names;
  const char *name;

  va_start (names, object);
  while ((name = va_arg (names, const char *)) != NULL)
    json_object_set_null_member (object, name);
  va_end (names);
}

void
till_sandbox_json_set_single (JsonObject *object, const char *name, const char *text)
{
  JsonArray *list = json_array_new ();

  json_array_add_string_element (list, text);
  json_object_set_array_member (object, name, list);
}
