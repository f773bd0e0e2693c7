/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillShortlist: out of scores that are each at most a bound off the true ones, all customers whose true score may be
 * among the two highest.
 */
typedef struct
{
  float margin;       /* twice the bound */
  float floor;        /* scores below it need not be offered */
  float best_score;   /* the highest so far */
  float second_score; /* the highest but one */
  GArray *entries;    /* of TillShortlistEntry, in the order in which they were offered */
} TillShortlist;

typedef struct
{
  guint customer;
  float score; /* as it was offered */
} TillShortlistEntry;

void till_shortlist_init (TillShortlist *self, float bound);
void till_shortlist_clear (TillShortlist *self);

/* Each customer once, in any order. */
void till_shortlist_offer (TillShortlist *self, guint customer, float score);

/* Drops those that later ones have left behind; the entries that stay are the result. */
void till_shortlist_finish (TillShortlist *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillShortlist, till_shortlist_clear)

G_END_DECLS
