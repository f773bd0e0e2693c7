/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-scores.h"

#include <glib.h>

G_BEGIN_DECLS

/* Photographs of each person that are offered for enrolling, as long as one is left to try with. */
#define TILL_IDENTITY_ATTEMPTS_ENROLLING 5

/**
 * TillIdentityAttempts: what customers meet. Each person with two pictures or more is enrolled with the first few, by
 * the till's own enrolment, which refuses poor ones; each other picture then tries to be that customer, and to be every
 * other one. The score is the till's gallery's, which knows a customer by all of their templates.
 *
 * One picture stands for one frame; the till wants several to agree.
 */
typedef struct
{
  guint customers;       /* who could be enrolled */
  guint failed_to_enrol; /* people of whom no offered picture was good enough */
  guint offered;         /* pictures */
  guint refused;         /* of those */
  guint probes;          /* pictures of enrolled people left to try with */
  guint strangers;       /* pictures of people who are not enrolled */
  guint64 genuine_tries; /* with those in which no good face was found */
  guint64 impostor_tries;
  TillScores *genuine;
  TillScores *impostor;
  TillScores *good_genuine; /* the till would decide on the probe */
  TillScores *good_impostor;
} TillIdentityAttempts;

/* @pictures: (element-type TillIdentityPicture), those of a person in a row. */
gboolean till_identity_attempts_init (TillIdentityAttempts *self, GArray *pictures, GError **error);
void till_identity_attempts_clear (TillIdentityAttempts *self);

G_END_DECLS
