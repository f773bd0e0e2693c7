/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer.h"

G_BEGIN_DECLS

/**
 * TillGallery: the templates of the customers in one suffix bucket, to match a probe against. Immutable,
 * reference-counted, any thread; wiped when the last reference goes. A thousand customers take about
 * half a millisecond to make, and 516 kB beside their own.
 */
typedef struct _TillGallery TillGallery;

/* How a probe compares. Ids are owned by the gallery. */
typedef struct
{
  const char *customer; /* the best, NULL for an empty gallery and for a probe that is zero or not finite */
  float score;          /* cosine with the best customer's mean template, -1..1 */
  const char *second;   /* the best of the others, NULL if there is none */
  float second_score;   /* -1 if there is none */
} TillMatch;

#define TILL_TYPE_GALLERY (till_gallery_get_type ())
GType till_gallery_get_type (void);

/* @customers: (element-type TillCustomer); references are taken, nothing is copied twice (transfer full). */
TillGallery *till_gallery_new (GPtrArray *customers) G_GNUC_WARN_UNUSED_RESULT;
TillGallery *till_gallery_ref (TillGallery *self);
void till_gallery_unref (TillGallery *self);

guint till_gallery_get_n_customers (const TillGallery *self);
/* (transfer none) (nullable) */
TillCustomer *till_gallery_get_customer (const TillGallery *self, const char *id);

/*
 * Compares @probe (%TILL_VISION_EMBEDDING floats, unit length) with every customer's mean template: all of them as
 * bytes, and those who may be best or second by that once more in full. So the answer is the one of comparing all in
 * full; of customers with the same score the first comes first.
 */
void till_gallery_match (const TillGallery *self, const float *probe, TillMatch *match);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillGallery, till_gallery_unref)

G_END_DECLS
