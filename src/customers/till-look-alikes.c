/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-look-alikes.h"

#include "base/till-error.h"

#include <sodium.h>
#include <string.h>

struct _TillLookAlikes
{
  TillCustomerSafe *safe;
  float *templates; /* from sodium_malloc() */
  guint n_templates;
  TillCustomersScore score;
  gpointer score_data;
};

TillLookAlikes *
till_look_alikes_new (TillCustomerSafe *safe,
                      const float *templates,
                      guint n_templates,
                      TillCustomersScore score,
                      gpointer score_data)
{
  TillLookAlikes *self = g_new0 (TillLookAlikes, 1);
  gsize size = (gsize) n_templates * TILL_VISION_EMBEDDING * sizeof (float);

  if (sodium_init () < 0)
    g_error ("libsodium can't be started");
  self->safe = till_customer_safe_ref (safe);
  /* sodium_malloc() ends a block at a page's end; the size of templates is round enough to be aligned. */
  self->templates = sodium_malloc (size);
  if (self->templates == NULL)
    g_error ("no memory for %u templates", n_templates);
  memcpy (self->templates, templates, size);
  self->n_templates = n_templates;
  self->score = score;
  self->score_data = score_data;
  return self;
}

void
till_look_alikes_free (TillLookAlikes *self)
{
  till_customer_safe_unref (self->safe);
  sodium_free (self->templates);
  g_free (self);
}

static gboolean
till_look_alikes_is_close (const TillLookAlikes *self, const TillCustomer *customer, double score)
{
  for (guint i = 0; i < self->n_templates; i++)
    {
      const float *template = self->templates + (gsize) i * TILL_VISION_EMBEDDING;

      if ((double) till_vision_compare (template, till_customer_get_mean (customer)) >= score)
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
till_look_alikes_find (const TillLookAlikes *self, sqlite3 *db, GError **error)
{
  g_autoptr (GPtrArray) everybody = till_customer_safe_list (self->safe, db, NULL, error);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);

  if (everybody == NULL)
    return NULL;

  double score = self->score (everybody->len, self->score_data);
  for (guint i = 0; i < everybody->len; i++)
    {
      TillCustomer *customer = g_ptr_array_index (everybody, i);

      if (till_look_alikes_is_close (self, customer, score))
        g_ptr_array_add (others, till_customer_ref (customer));
    }
  return g_steal_pointer (&others);
}

gboolean
till_look_alikes_allow (const GPtrArray *others, gboolean confirmed, GError **error)
{
  if (others->len == 0 || confirmed)
    return TRUE;
  g_set_error_literal (
      error, TILL_ERROR, TILL_ERROR_LOOK_ALIKE,
      "This face is too close to one that is enrolled already. The same person need not enrol "
      "twice: erase the old record first to make a new one. For somebody else who looks like "
      "them, a manager can confirm that they are two");
  return FALSE;
}

gboolean
till_look_alikes_mark (const TillLookAlikes *self, sqlite3 *db, const GPtrArray *others, GError **error)
{
  for (guint i = 0; i < others->len; i++)
    {
      g_autoptr (TillCustomer) marked = till_customer_with_look_alike (others->pdata[i], TRUE);

      if (!till_customer_safe_put (self->safe, db, marked, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

JsonArray *
till_look_alikes_list_ids (const GPtrArray *others)
{
  JsonArray *ids = json_array_sized_new (others->len);

  for (guint i = 0; i < others->len; i++)
    json_array_add_string_element (ids, till_customer_get_id (others->pdata[i]));
  return ids;
}
