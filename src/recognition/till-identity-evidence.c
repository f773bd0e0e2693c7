/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-identity-evidence.h"

#include <string.h>

void
till_identity_evidence_init (TillIdentityEvidence *self, const TillOperatingPoint *point)
{
  *self = (TillIdentityEvidence){
    .point = point,
    .least_score = till_operating_point_identity_score (point, 1),
  };
}

void
till_identity_evidence_restart (TillIdentityEvidence *self)
{
  explicit_bzero (self->frames, sizeof self->frames);
  self->n = 0;
  self->next = 0;
  self->in_vain = 0;
}

void
till_identity_evidence_clear (TillIdentityEvidence *self)
{
  till_identity_evidence_restart (self);
  g_clear_pointer (&self->candidates, till_gallery_unref);
}

static double
get_least_margin (const TillIdentityEvidence *self, const char *id)
{
  TillCustomer *customer = id == NULL ? NULL : till_gallery_get_customer (self->candidates, id);

  return customer != NULL && till_customer_is_look_alike (customer) ? self->point->look_alike_margin
                                                                    : self->point->identity_margin;
}

static void
compare_frame (const TillIdentityEvidence *self, TillIdentityFrame *frame)
{
  TillMatch match = { .score = -1, .second_score = -1 };

  if (self->candidates != NULL)
    till_gallery_match (self->candidates, frame->embedding, &match);
  frame->customer = match.customer;
  frame->score = match.customer == NULL ? -1 : (double) match.score;
  frame->margin = match.second == NULL ? 2 : (double) match.score - (double) match.second_score;
  frame->least_margin = get_least_margin (self, match.customer);
}

void
till_identity_evidence_set_candidates (TillIdentityEvidence *self, TillGallery *candidates)
{
  g_autoptr (TillGallery) old = g_steal_pointer (&self->candidates);

  self->candidates = candidates != NULL ? till_gallery_ref (candidates) : NULL;
  self->least_score = till_operating_point_identity_score (
      self->point, candidates != NULL ? till_gallery_get_n_customers (candidates) : 1);
  for (guint i = 0; i < self->n; i++)
    compare_frame (self, &self->frames[i]);
  self->in_vain = 0;
}

void
till_identity_evidence_add (TillIdentityEvidence *self, const float *embedding, double strength)
{
  TillIdentityFrame *frame = &self->frames[self->next];

  if (strength < self->point->least_strength)
    {
      self->in_vain++;
      return;
    }
  memcpy (frame->embedding, embedding, sizeof frame->embedding);
  compare_frame (self, frame);
  self->next = (self->next + 1) % TILL_IDENTITY_EVIDENCE_KEPT;
  self->n = MIN (self->n + 1, TILL_IDENTITY_EVIDENCE_KEPT);
  self->in_vain = till_identity_evidence_get_customer (self) != NULL ? 0 : self->in_vain + 1;
}

static gboolean
passes (const TillIdentityEvidence *self, const TillIdentityFrame *frame)
{
  return frame->customer != NULL && frame->score >= self->least_score && frame->margin >= frame->least_margin;
}

static gboolean
looks_alike (const TillIdentityEvidence *self, const TillIdentityFrame *frame)
{
  return frame->customer != NULL && frame->score >= self->least_score && frame->margin < frame->least_margin;
}

const char *
till_identity_evidence_get_customer (const TillIdentityEvidence *self)
{
  const char *customer = NULL;
  guint agreeing = 0;

  for (guint i = 0; i < self->n; i++)
    {
      const TillIdentityFrame *frame = &self->frames[i];

      if (!passes (self, frame))
        continue;
      if (customer != NULL && !g_str_equal (customer, frame->customer))
        return NULL;
      customer = frame->customer;
      agreeing++;
    }
  return agreeing >= self->point->identity_frames && 2 * agreeing >= self->n ? customer : NULL;
}

TillEvidence
till_identity_evidence_get (const TillIdentityEvidence *self)
{
  if (self->candidates == NULL)
    return TILL_EVIDENCE_OPEN;
  if (till_identity_evidence_get_customer (self) != NULL)
    return TILL_EVIDENCE_FOR;
  return self->in_vain >= self->point->identity_patience ? TILL_EVIDENCE_AGAINST : TILL_EVIDENCE_OPEN;
}

gboolean
till_identity_evidence_is_look_alike (const TillIdentityEvidence *self)
{
  guint alike = 0;

  for (guint i = 0; i < self->n; i++)
    if (looks_alike (self, &self->frames[i]))
      alike++;
  return alike >= self->point->identity_frames && 2 * alike >= self->n
         && till_identity_evidence_get_customer (self) == NULL;
}

double
till_identity_evidence_get_least_score (const TillIdentityEvidence *self)
{
  return self->least_score;
}

gboolean
till_identity_evidence_has_enough (const TillIdentityEvidence *self)
{
  return self->n >= MIN (2 * self->point->identity_frames, TILL_IDENTITY_EVIDENCE_KEPT);
}

static const TillIdentityFrame *
get_newest (const TillIdentityEvidence *self)
{
  guint newest = (self->next + TILL_IDENTITY_EVIDENCE_KEPT - 1) % TILL_IDENTITY_EVIDENCE_KEPT;

  return self->n == 0 ? NULL : &self->frames[newest];
}

gboolean
till_identity_evidence_newest_agrees (const TillIdentityEvidence *self)
{
  const char *customer = till_identity_evidence_get_customer (self);
  const TillIdentityFrame *newest = get_newest (self);

  return customer != NULL && passes (self, newest) && g_str_equal (newest->customer, customer);
}

double
till_identity_evidence_get_score (const TillIdentityEvidence *self)
{
  const TillIdentityFrame *newest = get_newest (self);

  return newest == NULL ? -1 : newest->score;
}

double
till_identity_evidence_get_margin (const TillIdentityEvidence *self)
{
  const TillIdentityFrame *newest = get_newest (self);

  return newest == NULL ? 2 : newest->margin;
}
