/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillShortlist: out of scores that are each at most a bound off the true ones, all customers whose true best score may
 * be among the two highest.
 */
typedef struct
{
  float margin;       /* twice the bound */
  float floor;        /* scores below it need not be offered */
  guint best;         /* whose score is the highest so far, G_MAXUINT for nobody */
  float best_score;   /* of it */
  float second_score; /* the highest of the others */
  GArray *entries;    /* of TillShortlistEntry, in the order of the customers */
} TillShortlist;

typedef struct
{
  guint customer;
  float score; /* the highest that was offered for this customer */
} TillShortlistEntry;

void till_shortlist_init (TillShortlist *self, float bound);
void till_shortlist_clear (TillShortlist *self);

/* A customer's templates are offered one after the other, and customers in rising order. */
void till_shortlist_offer (TillShortlist *self, guint customer, float score);

/* Drops those that later ones have left behind; the entries that stay are the result. */
void till_shortlist_finish (TillShortlist *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillShortlist, till_shortlist_clear)

G_END_DECLS
