/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-gallery.h"

/* Sums kept side by side, so that the compiler may use one vector register for them and still add in this order. */
#define LANES 16

/* The customers wipe their own templates; the gallery holds nothing else. */
struct _TillGallery
{
  gatomicrefcount refs;
  GPtrArray *customers; /* (element-type TillCustomer) */
};

G_DEFINE_BOXED_TYPE (TillGallery, till_gallery, till_gallery_ref, till_gallery_unref)

TillGallery *
till_gallery_new (GPtrArray *customers)
{
  TillGallery *self = g_new0 (TillGallery, 1);

  g_atomic_ref_count_init (&self->refs);
  self->customers = g_ptr_array_new_full (customers->len, (GDestroyNotify) till_customer_unref);
  for (guint i = 0; i < customers->len; i++)
    g_ptr_array_add (self->customers, till_customer_ref (g_ptr_array_index (customers, i)));
  return self;
}

TillGallery *
till_gallery_ref (TillGallery *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
till_gallery_unref (TillGallery *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->customers);
  g_free (self);
}

guint
till_gallery_get_n_customers (const TillGallery *self)
{
  return self->customers->len;
}

TillCustomer *
till_gallery_get_customer (const TillGallery *self, const char *id)
{
  for (guint i = 0; i < self->customers->len; i++)
    {
      TillCustomer *customer = g_ptr_array_index (self->customers, i);

      if (g_str_equal (till_customer_get_id (customer), id))
        return customer;
    }
  return NULL;
}

static float
till_gallery_compare (const float *restrict probe, const float *restrict template)
{
  float lanes[LANES] = { 0 };
  float sum = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i += LANES)
    for (guint j = 0; j < LANES; j++)
      lanes[j] += probe[i + j] * template[i + j];
  for (guint j = 0; j < LANES; j++)
    sum += lanes[j];
  return sum;
}

static float
till_gallery_score (const TillCustomer *customer, const float *probe)
{
  float best = -1;

  for (guint i = 0; i < till_customer_get_n_templates (customer); i++)
    best = MAX (best, till_gallery_compare (probe, till_customer_get_template (customer, i)));
  return MIN (best, 1);
}

void
till_gallery_match (const TillGallery *self, const float *probe, TillMatch *match)
{
  *match = (TillMatch){ .score = -1, .second_score = -1 };

  for (guint i = 0; i < self->customers->len; i++)
    {
      const TillCustomer *customer = g_ptr_array_index (self->customers, i);
      float score = till_gallery_score (customer, probe);

      if (match->customer == NULL || score > match->score)
        {
          match->second = match->customer;
          match->second_score = match->score;
          match->customer = till_customer_get_id (customer);
          match->score = score;
        }
      else if (match->second == NULL || score > match->second_score)
        {
          match->second = till_customer_get_id (customer);
          match->second_score = score;
        }
    }
}
