/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-shortlist.h"

#include <math.h>

void
till_shortlist_init (TillShortlist *self, float bound)
{
  *self = (TillShortlist){ .margin = 2 * bound,
                           .floor = -INFINITY,
                           .best_score = -INFINITY,
                           .second_score = -INFINITY,
                           .entries = g_array_new (FALSE, FALSE, sizeof (TillShortlistEntry)) };
}

void
till_shortlist_clear (TillShortlist *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
}

/* The second highest true score is at least the second highest offered less the bound. Who was offered less than that
 * by another bound is truly below it. */
void
till_shortlist_offer (TillShortlist *self, guint customer, float score)
{
  TillShortlistEntry entry = { customer, score };

  if (score < self->floor)
    return;
  g_array_append_val (self->entries, entry);
  self->second_score = MAX (self->second_score, MIN (score, self->best_score));
  self->best_score = MAX (self->best_score, score);
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
