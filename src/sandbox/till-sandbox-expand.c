/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-expand.h"

#include <libsoup/soup.h>

#include "sandbox/till-sandbox-charges.h"
#include "sandbox/till-sandbox-customers.h"
#include "sandbox/till-sandbox-intent.h"
#include "sandbox/till-sandbox-listing.h"
#include "sandbox/till-sandbox-payment-methods.h"
#include "sandbox/till-sandbox-refunds.h"

/* The protocol's own bound. */
#define EXPAND_DEEPEST 4

static const struct
{
  const char *prefix;
  TillSandboxFind find;
} kinds[] = {
  { "ch_", till_sandbox_charge_find }, { "cus_", till_sandbox_customer_find },
  { "pi_", till_sandbox_intent_find }, { "pm_", till_sandbox_payment_method_find },
  { "re_", till_sandbox_refund_find },
};

static JsonObject *
find (TillSandboxDatabase *database, const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (id, kinds[i].prefix))
      return kinds[i].find (database, id);
  return NULL;
}

static gboolean
refuse (TillSandboxCall *call, const char *path)
{
  return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, "expand",
                                 "This property cannot be expanded (%.100s).", path);
}

static gboolean expand_at (TillSandboxCall *call, JsonObject *object, char **names, const char *path);

static gboolean
expand_elements (TillSandboxCall *call, JsonArray *array, char **names, const char *path)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!expand_at (call, json_array_get_object_element (array, i), names, path))
      return FALSE;
  return TRUE;
}

static gboolean
expand_at (TillSandboxCall *call, JsonObject *object, char **names, const char *path)
{
  if (names[0] == NULL)
    return TRUE;

  JsonNode *node = json_object_get_member (object, names[0]);
  if (node == NULL)
    return refuse (call, path);
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node) && g_str_equal (names[0], "data"))
    return expand_elements (call, json_node_get_array (node), names + 1, path);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return expand_at (call, json_node_get_object (node), names + 1, path);

  const char *id = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  JsonObject *found = id != NULL ? find (call->database, id) : NULL;
  if (found == NULL)
    return refuse (call, path);

  json_object_set_object_member (object, names[0], found);
  return expand_at (call, found, names + 1, path);
}

gboolean
till_sandbox_expand (TillSandboxCall *call, JsonObject *answer)
{
  const TillSandboxForm *list = till_sandbox_form_at (call->params, "expand");

  for (guint i = 0; i < till_sandbox_form_length (list); i++)
    {
      const char *path = till_sandbox_form_text (till_sandbox_form_nth (list, i));
      g_auto (GStrv) names = g_strsplit (path != NULL ? path : "", ".", -1);

      if (g_strv_length (names) > EXPAND_DEEPEST || !expand_at (call, answer, names, path))
        return refuse (call, path != NULL ? path : "");
    }
  return TRUE;
}
