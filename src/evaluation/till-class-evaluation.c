/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-class-evaluation.h"

#include "base/till-error.h"
#include "recognition/till-presence-evidence.h"

/* What was seen of one specimen. */
typedef struct
{
  GArray *scores; /* (element-type ClassScore) */
  guint enlarged;
  TillPresenceEvidence evidence;
  gboolean taken_for_positive;
  gboolean taken_for_negative;
} Outcome;

typedef struct
{
  float score;
  gboolean good;
  gint64 captured_us;
} ClassScore;

/* What the examination's threads write to, each specimen by one of them. */
typedef struct
{
  const TillClassSuite *suite;
  TillSpecimenSet *set;
  Outcome *outcomes;
} Looks;

static void
fuse (Outcome *outcome, const TillFace *face, gint64 captured_us)
{
  TillEvidence verdict;

  till_presence_evidence_add (&outcome->evidence, face, captured_us);
  verdict = till_presence_evidence_get (&outcome->evidence, captured_us);
  outcome->taken_for_positive |= verdict == TILL_EVIDENCE_FOR;
  outcome->taken_for_negative |= verdict == TILL_EVIDENCE_AGAINST;
}

static void
look (const TillExaminedPicture *seen, gpointer data)
{
  Looks *looks = data;
  Outcome *outcome = &looks->outcomes[seen->specimen];
  const TillSpecimen *specimen = g_ptr_array_index (looks->set->specimens, seen->specimen);

  if (seen->face == NULL)
    return;

  double score = looks->suite->score (seen->face);
  ClassScore scored = { (float) score, seen->hint == TILL_HINT_NONE, seen->captured_us };
  g_array_append_val (outcome->scores, scored);
  if (seen->enlarged)
    outcome->enlarged++;
  if (looks->suite->fused && specimen->kind == TILL_SPECIMEN_CLIP && scored.good)
    fuse (outcome, seen->face, seen->captured_us);
}

static void
clear_scored (gpointer data)
{
  g_free (((TillScoredPicture *) data)->name);
}

/* @sign: 1 where high scores are bad, -1 where low ones are. */
static void
keep_if_worst (GArray *worst, const TillSpecimen *specimen, const ClassScore *scored, float sign)
{
  guint place = worst->len;
  TillScoredPicture picture = { .score = scored->score };

  while (place > 0 && sign * g_array_index (worst, TillScoredPicture, place - 1).score < sign * scored->score)
    place--;
  if (place >= TILL_CLASS_EVALUATION_WORST)
    return;
  picture.name
      = specimen->kind == TILL_SPECIMEN_PHOTO
            ? g_strdup (specimen->name)
            : g_strdup_printf ("%s at %.2f s", specimen->name, (double) scored->captured_us / G_USEC_PER_SEC);
  g_array_insert_val (worst, place, picture);
  if (worst->len > TILL_CLASS_EVALUATION_WORST)
    g_array_set_size (worst, TILL_CLASS_EVALUATION_WORST);
}

static void
add_score (TillClassEvaluation *self,
           TillClassGroup *group,
           const TillSpecimen *specimen,
           const ClassScore *scored,
           double threshold)
{
  gboolean wrong = ((double) scored->score >= threshold) != group->positive;

  till_scores_add (group->positive ? self->positive : self->negative, scored->score);
  if (scored->good)
    till_scores_add (group->positive ? self->good_positive : self->good_negative, scored->score);
  group->pictures++;
  group->wrong += wrong ? 1 : 0;
  group->good += scored->good ? 1 : 0;
  group->wrong_good += wrong && scored->good ? 1 : 0;
  keep_if_worst (group->positive ? self->worst_positive : self->worst_negative, specimen, scored,
                 group->positive ? -1 : 1);
}

static void
add_clip (TillClassGroup *group, const Outcome *outcome)
{
  group->clips++;
  if (outcome->taken_for_positive)
    group->taken_for_positive++;
  else if (outcome->taken_for_negative)
    group->taken_for_negative++;
  else
    group->undecided++;
}

static void
add_outcome (TillClassEvaluation *self, guint index, const Outcome *outcome, double threshold)
{
  const TillSpecimen *specimen = g_ptr_array_index (self->set->specimens, index);
  TillClassGroup *group = &g_array_index (self->groups, TillClassGroup, specimen->group);

  for (guint i = 0; i < outcome->scores->len; i++)
    add_score (self, group, specimen, &g_array_index (outcome->scores, ClassScore, i), threshold);
  group->enlarged += outcome->enlarged;
  if (self->suite->fused && specimen->kind == TILL_SPECIMEN_CLIP && specimen->trouble == NULL)
    add_clip (group, outcome);
}

static gboolean
examine (TillClassEvaluation *self, const TillExaminationPlan *plan, GError **error)
{
  guint n = self->set->specimens->len;
  g_autofree Outcome *outcomes = g_new0 (Outcome, n);
  Looks looks = { self->suite, self->set, outcomes };
  TillExaminationPlan own = *plan;
  gboolean done;

  for (guint i = 0; i < n; i++)
    {
      outcomes[i].scores = g_array_new (FALSE, FALSE, sizeof (ClassScore));
      till_presence_evidence_init (&outcomes[i].evidence, plan->point);
    }
  own.wanted = self->suite->wanted;
  own.enlarge = TRUE;
  own.look = look;
  own.data = &looks;
  done = till_examination_run (&own, self->set, error);
  for (guint i = 0; i < n; i++)
    {
      if (done)
        add_outcome (self, i, &outcomes[i], self->suite->threshold (plan->point));
      g_array_unref (outcomes[i].scores);
    }
  return done;
}

static void
judge_clips (TillClassEvaluation *self)
{
  guint accepted = 0, negative = 0, rejected = 0, positive = 0;

  for (guint i = 0; i < self->groups->len; i++)
    {
      const TillClassGroup *group = &g_array_index (self->groups, TillClassGroup, i);

      if (group->positive)
        {
          positive += group->clips;
          rejected += group->clips - group->taken_for_positive;
        }
      else
        {
          negative += group->clips;
          accepted += group->taken_for_positive;
        }
    }
  till_error_rate_init (&self->clips_accepted, accepted, negative);
  till_error_rate_init (&self->clips_rejected, rejected, positive);
}

static void
judge (TillClassEvaluation *self, double threshold)
{
  guint pictures = 0;
  gsize good = till_scores_get_n (self->good_positive) + till_scores_get_n (self->good_negative);

  for (guint i = 0; i < self->set->specimens->len; i++)
    pictures += ((const TillSpecimen *) g_ptr_array_index (self->set->specimens, i))->pictures;
  till_error_rate_init (&self->failure_to_acquire, pictures - good, pictures);
  till_error_table_init (&self->table, self->positive, self->negative, threshold);
  till_error_table_init (&self->good_table, self->good_positive, self->good_negative, threshold);
  judge_clips (self);
}

static gboolean
check_enough (TillScores *scores, const char *dir, GError **error)
{
  g_autofree char *shown = g_filename_display_name (dir);

  if (till_scores_get_n (scores) > 0)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
               "No face was found in anything in %s: nothing can be said", shown);
  return FALSE;
}

static void
name_groups (TillClassEvaluation *self)
{
  for (guint i = 0; i < self->set->groups->len; i++)
    {
      TillClassGroup group
          = { .name = g_ptr_array_index (self->set->groups, i), .positive = i < self->first_negative };

      g_array_append_val (self->groups, group);
    }
}

static TillClassEvaluation *
make (const TillClassSuite *suite)
{
  TillClassEvaluation *self = g_new0 (TillClassEvaluation, 1);

  self->suite = suite;
  self->set = till_specimen_set_new ();
  self->groups = g_array_new (FALSE, FALSE, sizeof (TillClassGroup));
  self->positive = till_scores_new ();
  self->negative = till_scores_new ();
  self->good_positive = till_scores_new ();
  self->good_negative = till_scores_new ();
  self->worst_positive = g_array_new (FALSE, FALSE, sizeof (TillScoredPicture));
  self->worst_negative = g_array_new (FALSE, FALSE, sizeof (TillScoredPicture));
  g_array_set_clear_func (self->worst_positive, clear_scored);
  g_array_set_clear_func (self->worst_negative, clear_scored);
  return self;
}

TillClassEvaluation *
till_class_evaluation_new (const TillClassSuite *suite,
                           const char *positive_dir,
                           const char *negative_dir,
                           const TillExaminationPlan *plan,
                           GError **error)
{
  g_autoptr (TillClassEvaluation) self = make (suite);
  guint first, n;

  if (!till_specimen_set_add_class (self->set, positive_dir, &first, &n, error)
      || !till_specimen_set_add_class (self->set, negative_dir, &self->first_negative, &n, error))
    return NULL;
  name_groups (self);
  if (!examine (self, plan, error) || !check_enough (self->positive, positive_dir, error)
      || !check_enough (self->negative, negative_dir, error))
    return NULL;
  judge (self, suite->threshold (plan->point));
  return g_steal_pointer (&self);
}

void
till_class_evaluation_free (TillClassEvaluation *self)
{
  g_array_unref (self->worst_positive);
  g_array_unref (self->worst_negative);
  till_scores_free (self->positive);
  till_scores_free (self->negative);
  till_scores_free (self->good_positive);
  till_scores_free (self->good_negative);
  g_array_unref (self->groups);
  till_specimen_set_free (self->set);
  g_free (self);
}
