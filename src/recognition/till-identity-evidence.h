/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-gallery.h"
#include "recognition/till-operating-point.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/* Embeddings kept at a time. */
#define TILL_IDENTITY_EVIDENCE_KEPT 16

/* What one frame's embedding says. */
typedef struct
{
  float embedding[TILL_VISION_EMBEDDING];
  const char *customer; /* best candidate, owned by the gallery; NULL without candidates */
  double score;         /* its cosine */
  double margin;        /* over the second best; 2 if there is none */
  double least_margin;  /* more for a customer whose face is known to be close to another's */
} TillIdentityFrame;

/**
 * TillIdentityEvidence: which of the candidates the customer is, by frames that agree.
 *
 * Embeddings of the newest good frames are kept, so candidates that come late are compared with all of them at once.
 * It is FOR a customer once identity_frames of them pass score and margin, at least every other frame does, and none
 * passes for anybody else. It is AGAINST only after identity_patience new frames without that, counted from when the
 * candidates came or the customer was last known: somebody who looked down while typing is given time to look up.
 * An empty gallery takes as long as a full one, so that the two look alike. Without candidates it is OPEN. Pure;
 * wiped by till_identity_evidence_clear().
 */
typedef struct
{
  const TillOperatingPoint *point; /* borrowed */
  TillGallery *candidates;
  double least_score; /* of a match with one of so many candidates */
  TillIdentityFrame frames[TILL_IDENTITY_EVIDENCE_KEPT];
  guint n;
  guint next;
  guint in_vain; /* frames since the candidates came or the customer was last known */
} TillIdentityEvidence;

void till_identity_evidence_init (TillIdentityEvidence *self, const TillOperatingPoint *point);

/* Wipes the embeddings and drops the candidates. */
void till_identity_evidence_clear (TillIdentityEvidence *self);

/* Wipes the embeddings: another face is before the camera. The candidates stay. */
void till_identity_evidence_restart (TillIdentityEvidence *self);

/* Whom to look for (nullable) (transfer none). Compares what is kept. */
void till_identity_evidence_set_candidates (TillIdentityEvidence *self, TillGallery *candidates);

/*
 * One good frame: %TILL_VISION_EMBEDDING floats of unit length, and how strong they were. A weak embedding is
 * anybody's, so it says nothing, but a face that gives no other is not waited for without end.
 */
void till_identity_evidence_add (TillIdentityEvidence *self, const float *embedding, double strength);

TillEvidence till_identity_evidence_get (const TillIdentityEvidence *self);

/* So many embeddings are kept that candidates who come later need no new ones. */
gboolean till_identity_evidence_has_enough (const TillIdentityEvidence *self);

/* The newest frame by itself says what all of them say. */
gboolean till_identity_evidence_newest_agrees (const TillIdentityEvidence *self);

/* Id while it is FOR, else NULL; owned by the candidates. */
const char *till_identity_evidence_get_customer (const TillIdentityEvidence *self);

/*
 * Most of the frames pass the score for one customer, but so nearly for another that the margin is missed: a twin, or
 * somebody who looks like a customer.
 */
gboolean till_identity_evidence_is_look_alike (const TillIdentityEvidence *self);

/* Least score of a match with one of the candidates, of one candidate before there are any. */
double till_identity_evidence_get_least_score (const TillIdentityEvidence *self);

/* Of the newest frame: -1 and 2 without candidates. */
double till_identity_evidence_get_score (const TillIdentityEvidence *self);
double till_identity_evidence_get_margin (const TillIdentityEvidence *self);

G_END_DECLS
