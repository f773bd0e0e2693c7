/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/till-ledger-body.h"

#include "base/till-error.h"
#include "base/till-json-text.h"

static gboolean
till_ledger_body_check (const char *text, gsize size, TillError code, GError **error)
{
  g_autoptr (GError) fault = NULL;

  if (size == 0)
    g_set_error_literal (error, TILL_ERROR, code, "the body is empty");
  else if (size > TILL_LEDGER_BODY_MAX_SIZE)
    g_set_error (error, TILL_ERROR, code, "the body has %" G_GSIZE_FORMAT " bytes, more than %d", size,
                 TILL_LEDGER_BODY_MAX_SIZE);
  else if (!till_json_text_check (text, size, TILL_LEDGER_BODY_MAX_DEPTH, &fault))
    g_set_error (error, TILL_ERROR, code, "the body is not JSON as the ledger has it: %s", fault->message);
  else
    return TRUE;
  return FALSE;
}

char *
till_ledger_body_format (JsonObject *body, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;
  gsize size;

  json_generator_set_root (generator, node);
  text = json_generator_to_data (generator, &size);
  if (!till_ledger_body_check (text, size, TILL_ERROR_INVALID, error))
    return NULL;
  return g_steal_pointer (&text);
}

JsonObject *
till_ledger_body_parse (GBytes *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) cause = NULL;
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  JsonNode *root;

  if (!till_ledger_body_check (data, size, TILL_ERROR_CORRUPT, error))
    return NULL;
  if (!json_parser_load_from_data (parser, data, (gssize) size, &cause))
    {
      /* It quotes what it met, which need not be text. */
      g_autofree char *met = g_utf8_make_valid (cause->message, -1);
      g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT, "the body is not JSON (%s)", met);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_CORRUPT, "the body is not a JSON object");
      return NULL;
    }
  return json_node_dup_object (root);
}
