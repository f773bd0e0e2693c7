/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-specimen-set.h"
#include "recognition/till-quality-gate.h"
#include "vision/till-vision.h"

G_BEGIN_DECLS

/* What was seen in one picture of a specimen. */
typedef struct
{
  guint specimen;     /* place in the set */
  gint64 captured_us; /* place in the clip; 0 for a photograph */
  TillFaces *faces;
  const TillFace *face; /* the one the picture is of, NULL when there is none */
  gboolean largest;     /* that face is also the first of @faces */
  TillHint hint;        /* what the till's quality gate says of it, %TILL_HINT_NONE for a good one */
  gboolean enlarged;    /* found only once the picture was enlarged, with something around it */
} TillExaminedPicture;

/*
 * Called on several threads at once, but for one specimen always by the same thread and in the order of its pictures.
 * Nothing of @picture outlives the call but what a reference is taken to.
 */
typedef void (*TillExaminationLook) (const TillExaminedPicture *picture, gpointer data);

/* Called on the thread of till_examination_run(), a few times a second. */
typedef void (*TillExaminationProgress) (guint done, guint n, gpointer data);

/* How to look. */
typedef struct
{
  const char *models_dir;
  const TillOperatingPoint *point;
  TillVisionWanted wanted; /* what the gate needs is added */
  guint threads;           /* at least 1 */
  guint every;             /* of a clip, one picture in so many */
  gboolean enlarge;        /* try small pictures without a face again, enlarged */
  gboolean central;        /* several faces: take the most central of the large ones, not the largest */
  TillExaminationLook look;
  gpointer data;
  TillExaminationProgress progress; /* (nullable) */
  gpointer progress_data;
} TillExaminationPlan;

/**
 * Looks at every specimen of @set with the till's own networks, and notes in each what was found or what is wrong with
 * it. Blocks. FALSE when the networks can't be loaded; a specimen that can't be read is no error.
 */
gboolean till_examination_run (const TillExaminationPlan *plan, TillSpecimenSet *set, GError **error);

G_END_DECLS
