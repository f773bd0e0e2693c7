/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-shortlist.h"

#include <math.h>

void
till_shortlist_init (TillShortlist *self, float bound)
{
  *self = (TillShortlist){ .margin = 2 * bound,
                           .floor = -INFINITY,
                           .best = G_MAXUINT,
                           .best_score = -INFINITY,
                           .second_score = -INFINITY,
                           .entries = g_array_new (FALSE, FALSE, sizeof (TillShortlistEntry)) };
}

void
till_shortlist_clear (TillShortlist *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
till_shortlist_enter (TillShortlist *self, guint customer, float score)
{
  TillShortlistEntry entry = { customer, score };

  if (self->entries->len > 0)
    {
      TillShortlistEntry *last = &g_array_index (self->entries, TillShortlistEntry, self->entries->len - 1);

      if (last->customer == customer)
        {
          last->score = MAX (last->score, score);
          return;
        }
    }
  g_array_append_val (self->entries, entry);
}

/* The second highest true score is at least the second highest offered less the bound. Who was offered less than that
 * by another bound is truly below it. */
void
till_shortlist_offer (TillShortlist *self, guint customer, float score)
{
  if (score < self->floor)
    return;
  till_shortlist_enter (self, customer, score);
  if (customer == self->best)
    self->best_score = MAX (self->best_score, score);
  else if (score > self->best_score)
    {
      self->second_score = self->best_score;
      self->best_score = score;
      self->best = customer;
    }
  else
    self->second_score = MAX (self->second_score, score);
  self->floor = self->second_score - self->margin;
}

void
till_shortlist_finish (TillShortlist *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      TillShortlistEntry entry = g_array_index (self->entries, TillShortlistEntry, i);

      if (entry.score >= self->floor)
        g_array_index (self->entries, TillShortlistEntry, n++) = entry;
    }
  g_array_set_size (self->entries, n);
}
