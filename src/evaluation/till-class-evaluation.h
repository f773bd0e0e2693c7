/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-class-suite.h"
#include "evaluation/till-error-table.h"
#include "evaluation/till-examination.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Pictures kept of each class that lie furthest on the wrong side. */
#define TILL_CLASS_EVALUATION_WORST 20

/* One picture and its score. */
typedef struct
{
  char *name;
  float score;
} TillScoredPicture;

/**
 * TillClassGroup: what became of the pictures of one folder: a class, or, for a folder in it, one species of attack.
 */
typedef struct
{
  const char *name; /* owned by the set */
  gboolean positive;
  guint pictures; /* with a face */
  guint wrong;    /* on the wrong side of the till's threshold */
  guint good;     /* passed the quality gate */
  guint wrong_good;
  guint enlarged; /* found only in the picture enlarged */
  /* Clips, where the till decides by many frames. */
  guint clips;
  guint taken_for_positive; /* the till would have gone on at some moment */
  guint taken_for_negative; /* and never that, but stopped as an attack */
  guint undecided;
} TillClassGroup;

/**
 * TillClassEvaluation: how well the till tells two classes of pictures apart.
 */
typedef struct
{
  const TillClassSuite *suite;
  TillSpecimenSet *set;
  guint first_negative; /* groups from here on are negative */
  GArray *groups;       /* (element-type TillClassGroup), in the order of the set's */
  TillScores *positive;
  TillScores *negative;
  TillScores *good_positive;
  TillScores *good_negative;
  TillErrorTable table;
  TillErrorTable good_table;
  TillErrorRate failure_to_acquire; /* pictures without a face that passed the gate */
  TillErrorRate clips_accepted;     /* negative clips taken for positive */
  TillErrorRate clips_rejected;     /* positive clips not taken for positive */
  GArray *worst_positive;           /* (element-type TillScoredPicture) lowest first */
  GArray *worst_negative;           /* highest first */
} TillClassEvaluation;

/* @plan: as for identity. %TILL_ERROR_INVALID when one of the classes has no face in it. */
TillClassEvaluation *till_class_evaluation_new (const TillClassSuite *suite,
                                                const char *positive_dir,
                                                const char *negative_dir,
                                                const TillExaminationPlan *plan,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void till_class_evaluation_free (TillClassEvaluation *self);

/* One object; docs/operating-point.md names its members (transfer full). */
JsonObject *till_class_evaluation_to_json (const TillClassEvaluation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillClassEvaluation, till_class_evaluation_free)

G_END_DECLS
