/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-screen-evidence.h"

#include <stdlib.h>
#include <string.h>

void
till_screen_evidence_init (TillScreenEvidence *self, const TillOperatingPoint *point)
{
  *self = (TillScreenEvidence){ .point = point };
}

void
till_screen_evidence_add (TillScreenEvidence *self, double grid)
{
  self->grids[self->next] = grid;
  self->next = (self->next + 1) % TILL_SCREEN_EVIDENCE_WINDOW;
  self->n = MIN (self->n + 1, TILL_SCREEN_EVIDENCE_WINDOW);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
till_screen_evidence_get_grid (const TillScreenEvidence *self)
{
  double sorted[TILL_SCREEN_EVIDENCE_WINDOW];

  if (self->n == 0)
    return 0;
  memcpy (sorted, self->grids, sizeof sorted);
  qsort (sorted, self->n, sizeof sorted[0], compare_doubles);
  return sorted[self->n / 2];
}

TillEvidence
till_screen_evidence_get (const TillScreenEvidence *self)
{
  if (self->n < TILL_SCREEN_EVIDENCE_LEAST)
    return TILL_EVIDENCE_OPEN;
  if (till_screen_evidence_get_grid (self) <= self->point->most_grid)
    return TILL_EVIDENCE_FOR;
  return self->n == TILL_SCREEN_EVIDENCE_WINDOW ? TILL_EVIDENCE_AGAINST : TILL_EVIDENCE_OPEN;
}
