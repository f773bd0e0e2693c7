/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillScores: the scores of many comparisons, four bytes each: twenty million are no burden. Higher is more alike. One
 * thread at a time; asking sorts what was added since.
 */
typedef struct _TillScores TillScores;

TillScores *till_scores_new (void) G_GNUC_WARN_UNUSED_RESULT;
void till_scores_free (TillScores *self);

/* @score must be a number. */
void till_scores_add (TillScores *self, float score);
/* Adds all of @other, which becomes empty. */
void till_scores_take (TillScores *self, TillScores *other);

gsize till_scores_get_n (const TillScores *self);
/* Ascending; @rank below the number of scores. */
float till_scores_get (TillScores *self, gsize rank);
/* How many are at least @threshold. */
gsize till_scores_count_from (TillScores *self, double threshold);
/* 0 when there are none. */
double till_scores_get_mean (const TillScores *self);

/*
 * The least threshold that at most @most scores reach: just above the next lower one, so that equal scores fall
 * together. Minus infinity when there are no more than @most.
 */
double till_scores_threshold_passed_by (TillScores *self, gsize most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillScores, till_scores_free)

G_END_DECLS
