/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-comparison.h"
#include "evaluation/till-error-table.h"
#include "evaluation/till-examination.h"
#include "evaluation/till-identity-attempts.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TillIdentityEvaluation: how well the till tells people apart, on a folder that holds one folder for each person.
 */
typedef struct
{
  TillSpecimenSet *set;
  GArray *pictures; /* (element-type TillIdentityPicture), in the order of the set */
  guint people;     /* with at least one face */
  guint faces;
  guint failed_gate;     /* pictures with a face that did not pass the quality gate */
  guint64 genuine_pairs; /* of all pictures, also those without a face */
  guint64 impostor_pairs;
  TillComparison comparison;
  TillErrorTable table;             /* every picture with a face */
  TillErrorTable good_table;        /* those that passed the quality gate */
  TillErrorRate failure_to_acquire; /* pictures without a face that passed it */
  TillErrorRow with_failures;       /* at the till's threshold, what was not acquired counting as rejected */
  TillIdentityAttempts attempts;
  TillErrorTable attempts_table;
  TillErrorTable good_attempts_table;
  TillErrorRow attempts_with_failures;
  GArray *people_by_record; /* (element-type TillPersonRecord) */
} TillIdentityEvaluation;

/*
 * @plan: its wanted measurements, its look and data are set here. Pairs are judged by the till's threshold for one
 * customer behind the digits. Blocks. %TILL_ERROR_INVALID when nothing can be said: nobody with two faces, or one
 * person only.
 */
TillIdentityEvaluation *till_identity_evaluation_new (const char *dir,
                                                      const TillExaminationPlan *plan,
                                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void till_identity_evaluation_free (TillIdentityEvaluation *self);

/* One object; docs/operating-point.md names its members (transfer full). */
JsonObject *till_identity_evaluation_to_json (const TillIdentityEvaluation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillIdentityEvaluation, till_identity_evaluation_free)

G_END_DECLS
