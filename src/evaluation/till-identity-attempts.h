/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-enrolment.h"
#include "evaluation/till-scores.h"

#include <glib.h>

G_BEGIN_DECLS

/* Good pictures a person is enrolled with: the fewest that the till's own enrolment before a camera takes. */
#define TILL_IDENTITY_ATTEMPTS_ENROLLING TILL_ENROLMENT_LEAST

/**
 * TillIdentityAttempts: what customers meet. Each person with enough pictures is enrolled with the first good ones, by
 * the till's own enrolment, which refuses poor ones. Each of their pictures then tries to be that customer, enrolled
 * without it, and every picture tries to be every other customer. The score is the till's gallery's, which knows a
 * customer by all of their templates.
 *
 * One picture stands for one frame; the till wants several to agree.
 */
typedef struct
{
  guint customers;       /* who could be enrolled */
  guint failed_to_enrol; /* people with enough pictures, of which too few were good */
  guint offered;         /* pictures */
  guint refused;         /* of those */
  guint probes;          /* pictures of enrolled people */
  guint strangers;       /* pictures of people who are not enrolled */
  guint64 genuine_tries; /* with those in which no good face was found */
  guint64 impostor_tries;
  TillScores *genuine;
  TillScores *impostor;
  TillScores *good_genuine; /* the till would decide on the probe */
  TillScores *good_impostor;
  GPtrArray *
      passes; /* (element-type TillPassAttempts): the same with a face pass, by bits a component, most first */
} TillIdentityAttempts;

/* @pictures: (element-type TillIdentityPicture), those of a person in a row. */
gboolean till_identity_attempts_init (TillIdentityAttempts *self, GArray *pictures, GError **error);
void till_identity_attempts_clear (TillIdentityAttempts *self);

G_END_DECLS
