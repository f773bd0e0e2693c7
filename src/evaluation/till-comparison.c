/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-comparison.h"

/* Sums kept side by side, so that the compiler may use vector registers for them and still add in this order. */
#define LANES 16

/* What one thread compares: every so-many-th picture with all behind it. */
typedef struct
{
  GArray *pictures;
  guint first;
  guint step;
  TillComparison *found;
} Share;

static void
comparison_begin (TillComparison *self)
{
  self->genuine = till_scores_new ();
  self->impostor = till_scores_new ();
  self->good_genuine = till_scores_new ();
  self->good_impostor = till_scores_new ();
  self->least_genuine = g_array_new (FALSE, FALSE, sizeof (TillComparedPair));
  self->most_impostor = g_array_new (FALSE, FALSE, sizeof (TillComparedPair));
}

void
till_comparison_clear (TillComparison *self)
{
  g_clear_pointer (&self->genuine, till_scores_free);
  g_clear_pointer (&self->impostor, till_scores_free);
  g_clear_pointer (&self->good_genuine, till_scores_free);
  g_clear_pointer (&self->good_impostor, till_scores_free);
  g_clear_pointer (&self->least_genuine, g_array_unref);
  g_clear_pointer (&self->most_impostor, g_array_unref);
}

static float
cosine (const float *restrict a, const float *restrict b)
{
  float lanes[LANES] = { 0 };
  float sum = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i += LANES)
    for (guint j = 0; j < LANES; j++)
      lanes[j] += a[i + j] * b[i + j];
  for (guint j = 0; j < LANES; j++)
    sum += lanes[j];
  return sum;
}

/* Keeps @pair if it is among the worst. @sign: 1 where high scores are bad, -1 where low ones are. */
static void
keep_if_worst (GArray *worst, const TillComparedPair *pair, float sign)
{
  guint place = worst->len;

  while (place > 0 && sign * g_array_index (worst, TillComparedPair, place - 1).score < sign * pair->score)
    place--;
  if (place >= TILL_COMPARISON_WORST)
    return;
  g_array_insert_val (worst, place, *pair);
  if (worst->len > TILL_COMPARISON_WORST)
    g_array_set_size (worst, TILL_COMPARISON_WORST);
}

static void
compare_two (TillComparison *self, GArray *pictures, guint i, guint j)
{
  const TillIdentityPicture *first = &g_array_index (pictures, TillIdentityPicture, i);
  const TillIdentityPicture *second = &g_array_index (pictures, TillIdentityPicture, j);
  TillComparedPair pair = { i, j, cosine (first->face->embedding, second->face->embedding) };
  gboolean genuine = first->person == second->person;
  gboolean good = till_identity_picture_is_good (first) && till_identity_picture_is_good (second);

  till_scores_add (genuine ? self->genuine : self->impostor, pair.score);
  if (good)
    till_scores_add (genuine ? self->good_genuine : self->good_impostor, pair.score);
  keep_if_worst (genuine ? self->least_genuine : self->most_impostor, &pair, genuine ? -1 : 1);
}

static gpointer
compare_share (gpointer data)
{
  Share *share = data;

  for (guint i = share->first; i < share->pictures->len; i += share->step)
    {
      if (g_array_index (share->pictures, TillIdentityPicture, i).face == NULL)
        continue;
      for (guint j = i + 1; j < share->pictures->len; j++)
        if (g_array_index (share->pictures, TillIdentityPicture, j).face != NULL)
          compare_two (share->found, share->pictures, i, j);
    }
  return NULL;
}

static void
comparison_take (TillComparison *self, TillComparison *other)
{
  till_scores_take (self->genuine, other->genuine);
  till_scores_take (self->impostor, other->impostor);
  till_scores_take (self->good_genuine, other->good_genuine);
  till_scores_take (self->good_impostor, other->good_impostor);
  for (guint i = 0; i < other->least_genuine->len; i++)
    keep_if_worst (self->least_genuine, &g_array_index (other->least_genuine, TillComparedPair, i), -1);
  for (guint i = 0; i < other->most_impostor->len; i++)
    keep_if_worst (self->most_impostor, &g_array_index (other->most_impostor, TillComparedPair, i), 1);
}

void
till_comparison_init (TillComparison *self, GArray *pictures, guint threads)
{
  g_autofree TillComparison *found = g_new0 (TillComparison, threads);
  g_autofree Share *shares = g_new0 (Share, threads);
  g_autofree GThread **workers = g_new0 (GThread *, threads);

  comparison_begin (self);
  for (guint i = 0; i < threads; i++)
    {
      comparison_begin (&found[i]);
      shares[i] = (Share){ pictures, i, threads, &found[i] };
      workers[i] = g_thread_new ("comparison", compare_share, &shares[i]);
    }
  for (guint i = 0; i < threads; i++)
    {
      g_thread_join (workers[i]);
      comparison_take (self, &found[i]);
      till_comparison_clear (&found[i]);
    }
}
