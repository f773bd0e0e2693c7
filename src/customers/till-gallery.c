/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-gallery.h"

#include "customers/till-shortlist.h"
#include "customers/till-template-block.h"
#include "customers/till-template-scan.h"

#include <string.h>

/* Sums kept side by side, so that the compiler may use one vector register for them and still add in this order. */
#define LANES 16
/* Customers whose scores are reckoned at a time. */
#define CHUNK 512

/* The customers wipe their own templates, and the block its codes of them. */
struct _TillGallery
{
  gatomicrefcount refs;
  GPtrArray *customers;     /* (element-type TillCustomer) */
  TillTemplateBlock *block; /* what each of them is compared with, in their order */
};

G_DEFINE_BOXED_TYPE (TillGallery, till_gallery, till_gallery_ref, till_gallery_unref)

static void
till_gallery_write_codes (TillGallery *self)
{
  self->block = till_template_block_new (self->customers->len);
  for (guint i = 0; i < self->customers->len; i++)
    till_template_block_set (self->block, i, till_customer_get_mean (g_ptr_array_index (self->customers, i)));
}

TillGallery *
till_gallery_new (GPtrArray *customers)
{
  TillGallery *self = g_new0 (TillGallery, 1);

  g_atomic_ref_count_init (&self->refs);
  self->customers = g_ptr_array_new_full (customers->len, (GDestroyNotify) till_customer_unref);
  for (guint i = 0; i < customers->len; i++)
    g_ptr_array_add (self->customers, till_customer_ref (g_ptr_array_index (customers, i)));
  till_gallery_write_codes (self);
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
  till_template_block_free (self->block);
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

/* Every customer whose score may turn out the best or the second. */
static void
till_gallery_shorten (const TillGallery *self,
                      const TillTemplateCode *code,
                      const gint8 *bytes,
                      TillShortlist *list)
{
  gsize n = till_template_block_get_n (self->block);
  float scores[CHUNK];

  for (gsize first = 0; first < n; first += CHUNK)
    {
      gsize many = MIN (n - first, CHUNK);

      till_template_block_scan (self->block, first, many, code, bytes, scores);
      for (gsize i = 0; i < many; i++)
        if (scores[i] >= list->floor)
          till_shortlist_offer (list, (guint) (first + i), scores[i]);
    }
  till_shortlist_finish (list);
}

/* The floats decide, so a score is the same in a gallery of one and of a million. */
static void
till_gallery_weigh (const TillGallery *self, guint index, const float *probe, TillMatch *match)
{
  const TillCustomer *customer = g_ptr_array_index (self->customers, index);
  float score = till_gallery_compare (probe, till_customer_get_mean (customer));

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

void
till_gallery_match (const TillGallery *self, const float *probe, TillMatch *match)
{
  g_auto (TillShortlist) list = { 0 };
  _Alignas(TILL_TEMPLATE_ALIGNMENT) gint8 bytes[TILL_VISION_EMBEDDING];
  TillTemplateCode code;

  *match = (TillMatch){ .score = -1, .second_score = -1 };
  if (!till_template_code_write (&code, probe, bytes))
    return;
  till_shortlist_init (&list, till_template_block_bound (self->block, &code));
  till_gallery_shorten (self, &code, bytes, &list);
  for (guint i = 0; i < list.entries->len; i++)
    till_gallery_weigh (self, g_array_index (list.entries, TillShortlistEntry, i).customer, probe, match);
  match->score = MIN (match->score, 1);
  match->second_score = MIN (match->second_score, 1);
  explicit_bzero (bytes, sizeof bytes);
}
