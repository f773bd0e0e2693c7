/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-page.h"

#include "payment/till-stripe-form.h"
#include "payment/till-stripe-json.h"

/* More payments than any one customer of a shop makes. */
#define MOST_PAGES 200

void
till_stripe_pages_clear (TillStripePages *self)
{
  g_clear_pointer (&self->after, g_free);
  self->n_pages = 0;
}

char *
till_stripe_pages_get_path (TillStripePages *self, const char *path, const char *filter, const char *value)
{
  g_autoptr (GString) query = g_string_new (NULL);

  till_stripe_form_add_int (query, "limit", TILL_STRIPE_PAGE_SIZE);
  if (value != NULL)
    till_stripe_form_add (query, filter, value);
  if (self->after != NULL)
    till_stripe_form_add (query, "starting_after", self->after);
  return g_strconcat (path, "?", query->str, NULL);
}

static const char *
get_id (JsonArray *data, guint index, const char *prefix, const char *other_prefix)
{
  JsonNode *element = json_array_get_element (data, index);
  const char *id = JSON_NODE_HOLDS_OBJECT (element)
                       ? till_stripe_json_string (json_node_get_object (element), "id")
                       : NULL;

  return till_stripe_is_id (id, prefix) || (other_prefix != NULL && till_stripe_is_id (id, other_prefix))
             ? id
             : NULL;
}

static gboolean
has_more (JsonObject *root, guint length)
{
  JsonNode *more = json_object_get_member (root, "has_more");

  if (more == NULL || JSON_NODE_HOLDS_NULL (more))
    return length >= TILL_STRIPE_PAGE_SIZE;
  return till_stripe_json_is_true (root, "has_more") && length > 0;
}

JsonArray *
till_stripe_pages_read (
    TillStripePages *self, JsonObject *root, const char *prefix, const char *other_prefix, gboolean *more)
{
  JsonArray *data = till_stripe_json_array (root, "data");
  const char *object = till_stripe_json_string (root, "object");
  const char *last = NULL;

  if (data == NULL || (object != NULL && !g_str_equal (object, "list")) || ++self->n_pages > MOST_PAGES)
    return NULL;
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      last = get_id (data, i, prefix, other_prefix);
      /* A server that begins anew instead of going on would never come to an end. */
      if (last == NULL || g_strcmp0 (last, self->after) == 0)
        return NULL;
    }
  *more = has_more (root, json_array_get_length (data));
  if (last != NULL)
    {
      g_free (self->after);
      self->after = g_strdup (last);
    }
  return data;
}
