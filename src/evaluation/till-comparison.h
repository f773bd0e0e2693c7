/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-identity-picture.h"
#include "evaluation/till-scores.h"

G_BEGIN_DECLS

/* Pairs kept of each kind, for a person to look at. */
#define TILL_COMPARISON_WORST 20

/* Two pictures, by their places, and their cosine. */
typedef struct
{
  guint first;
  guint second;
  float score;
} TillComparedPair;

/**
 * TillComparison: every picture with a face compared with every other one.
 */
typedef struct
{
  TillScores *genuine; /* two pictures of one person */
  TillScores *impostor;
  TillScores *good_genuine; /* the till would decide on both */
  TillScores *good_impostor;
  GArray *least_genuine; /* (element-type TillComparedPair): the lowest, lowest first */
  GArray *most_impostor; /* the highest, highest first: look-alikes, or one person under two names */
} TillComparison;

/* @pictures: (element-type TillIdentityPicture). Blocks, on so many @threads. */
void till_comparison_init (TillComparison *self, GArray *pictures, guint threads);
void till_comparison_clear (TillComparison *self);

G_END_DECLS
