/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-identity-evaluation.h"

#include "base/till-error.h"
#include "customers/till-enrolment.h"
#include "evaluation/till-person-record.h"

/* What the examination's threads write to: one list for each specimen, so none waits for another. */
typedef struct
{
  const TillOperatingPoint *point;
  TillSpecimenSet *set;
  GArray **pictures; /* (element-type TillIdentityPicture) */
} Looks;

static GArray *
new_pictures (void)
{
  GArray *pictures = g_array_new (FALSE, FALSE, sizeof (TillIdentityPicture));

  g_array_set_clear_func (pictures, (GDestroyNotify) till_identity_picture_clear);
  return pictures;
}

static void
look (const TillExaminedPicture *seen, gpointer data)
{
  Looks *looks = data;
  const TillSpecimen *specimen = g_ptr_array_index (looks->set->specimens, seen->specimen);
  TillIdentityPicture picture = { .person = specimen->group, .largest = seen->largest, .hint = seen->hint };

  picture.name
      = specimen->kind == TILL_SPECIMEN_PHOTO
            ? g_strdup (specimen->name)
            : g_strdup_printf ("%s at %.2f s", specimen->name, (double) seen->captured_us / G_USEC_PER_SEC);
  if (seen->face != NULL)
    {
      picture.faces = till_faces_ref (seen->faces);
      picture.face = seen->face;
      picture.weak
          = seen->hint == TILL_HINT_NONE && (double) seen->face->strength < looks->point->least_strength;
    }
  g_array_append_val (looks->pictures[seen->specimen], picture);
}

/* In the order of the set, whichever thread was first. */
static void
gather (TillIdentityEvaluation *self, const Looks *looks)
{
  for (guint i = 0; i < self->set->specimens->len; i++)
    {
      GArray *pictures = looks->pictures[i];

      g_array_append_vals (self->pictures, pictures->data, pictures->len);
      /* What they hold belongs to the long list now. */
      g_array_set_clear_func (pictures, NULL);
    }
}

static gboolean
examine (TillIdentityEvaluation *self, const TillExaminationPlan *plan, GError **error)
{
  guint n = self->set->specimens->len;
  g_autofree GArray **pictures = g_new0 (GArray *, n);
  Looks looks = { plan->point, self->set, pictures };
  TillExaminationPlan own = *plan;
  gboolean done;

  for (guint i = 0; i < n; i++)
    pictures[i] = new_pictures ();
  own.wanted = TILL_ENROLMENT_WANTED & ~(guint) TILL_VISION_LARGEST_ONLY;
  own.central = TRUE;
  own.look = look;
  own.data = &looks;
  done = till_examination_run (&own, self->set, error);
  if (done)
    gather (self, &looks);
  for (guint i = 0; i < n; i++)
    g_array_unref (pictures[i]);
  return done;
}

static void
count (TillIdentityEvaluation *self)
{
  guint n = self->pictures->len;
  guint passed = 0;

  self->impostor_pairs = (guint64) n * (n - (n > 0)) / 2;
  for (guint first = 0, next; first < n; first = next)
    {
      guint person = g_array_index (self->pictures, TillIdentityPicture, first).person;
      guint faces = 0;

      for (next = first;
           next < n && g_array_index (self->pictures, TillIdentityPicture, next).person == person; next++)
        {
          const TillIdentityPicture *picture = &g_array_index (self->pictures, TillIdentityPicture, next);

          faces += picture->face != NULL;
          passed += till_identity_picture_is_good (picture) ? 1 : 0;
        }
      self->faces += faces;
      self->people += faces > 0;
      self->genuine_pairs += (guint64) (next - first) * (next - first - 1) / 2;
    }
  self->impostor_pairs -= self->genuine_pairs;
  self->failed_gate = self->faces - passed;
  till_error_rate_init (&self->failure_to_acquire, n - passed, n);
}

/* What goes wrong when a picture the gate refuses is a rejection, whoever it shows. */
static void
count_failures (TillErrorRow *row,
                TillScores *genuine,
                TillScores *impostor,
                guint64 genuine_tries,
                guint64 impostor_tries,
                double threshold)
{
  till_error_row_init (row, genuine, impostor, threshold);
  till_error_rate_init (&row->fnmr, genuine_tries - till_scores_count_from (genuine, threshold),
                        genuine_tries);
  till_error_rate_init (&row->fmr, till_scores_count_from (impostor, threshold), impostor_tries);
}

static gboolean
judge (TillIdentityEvaluation *self, double threshold, GError **error)
{
  TillComparison *pairs = &self->comparison;
  TillIdentityAttempts *tries = &self->attempts;

  till_error_table_init (&self->table, pairs->genuine, pairs->impostor, threshold);
  till_error_table_init (&self->good_table, pairs->good_genuine, pairs->good_impostor, threshold);
  count_failures (&self->with_failures, pairs->good_genuine, pairs->good_impostor, self->genuine_pairs,
                  self->impostor_pairs, threshold);
  self->people_by_record = till_person_record_list (self->pictures, threshold);

  if (!till_identity_attempts_init (tries, self->pictures, error))
    return FALSE;
  till_error_table_init (&self->attempts_table, tries->genuine, tries->impostor, threshold);
  till_error_table_init (&self->good_attempts_table, tries->good_genuine, tries->good_impostor, threshold);
  count_failures (&self->attempts_with_failures, tries->good_genuine, tries->good_impostor,
                  tries->genuine_tries, tries->impostor_tries, threshold);
  return TRUE;
}

static gboolean
check_enough (const TillIdentityEvaluation *self, const char *dir, GError **error)
{
  g_autofree char *shown = g_filename_display_name (dir);

  if (self->people == 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 "No face was found in %u pictures of %s: nothing can be said", self->pictures->len, shown);
  else if (self->people == 1)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 "All faces in %s are in one person's folder: without a second person nothing can be said of "
                 "false matches; add a folder of somebody else",
                 shown);
  else if (till_scores_get_n (self->comparison.genuine) == 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 "Nobody in %s has two pictures with a face: nothing can be said of false non-matches; add a "
                 "second photograph of somebody",
                 shown);
  else
    return TRUE;
  return FALSE;
}

TillIdentityEvaluation *
till_identity_evaluation_new (const char *dir, const TillExaminationPlan *plan, GError **error)
{
  g_autoptr (TillIdentityEvaluation) self = g_new0 (TillIdentityEvaluation, 1);

  self->set = till_specimen_set_new ();
  self->pictures = new_pictures ();
  if (!till_specimen_set_add_groups (self->set, dir, error) || !examine (self, plan, error))
    return NULL;
  count (self);
  till_comparison_init (&self->comparison, self->pictures, plan->threads);
  if (!check_enough (self, dir, error)
      || !judge (self, till_operating_point_identity_score (plan->point, 1), error))
    return NULL;
  return g_steal_pointer (&self);
}

void
till_identity_evaluation_free (TillIdentityEvaluation *self)
{
  till_comparison_clear (&self->comparison);
  till_identity_attempts_clear (&self->attempts);
  g_clear_pointer (&self->people_by_record, g_array_unref);
  g_clear_pointer (&self->pictures, g_array_unref);
  g_clear_pointer (&self->set, till_specimen_set_free);
  g_free (self);
}
