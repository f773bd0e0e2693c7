/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"
#include "vision/till-vision.h"

G_BEGIN_DECLS

/* Neutral faces that are kept. */
#define TILL_CHEEKS_MOST 3

/**
 * TillCheeks: how much cheeks beside nose and mouth differ from those of the same person's neutral face.
 *
 * A smile lifts the cheeks and folds them along the nose; a printed mask with a hole for the mouth stays as it is
 * around the smile in the hole. The aligned faces are laid upon each other by what is best for nose and cheeks
 * (Lucas and Kanade, affine), which takes out the head's turns and those of a sheet, and then their cheeks are
 * correlated, away from the mouth; the one that changed less counts. Light that becomes brighter or darker changes nothing. Not thread-safe; a face takes
 * a few milliseconds.
 */
typedef struct _TillCheeks TillCheeks;

TillCheeks *till_cheeks_new (void);
/* Wipes what it kept. */
void till_cheeks_free (TillCheeks *self);

/* Forgets, and wipes, the neutral faces. */
void till_cheeks_reset (TillCheeks *self);

/*
 * Keeps the neutral face of @frame by its %TILL_VISION_LANDMARKS @landmarks, in place of the oldest if there are
 * %TILL_CHEEKS_MOST. FALSE: the landmarks fall on one point, and nothing is kept.
 */
gboolean till_cheeks_rest (TillCheeks *self, TillFrame *frame, const TillPoint *landmarks);

/*
 * How much both cheeks differ from those of the most alike neutral face: 0 not at all, up to 2. 1 for cheeks without
 * anything to compare, overexposed ones say; 0 without a neutral face, or if the landmarks fall on one point.
 */
double till_cheeks_compare (TillCheeks *self, TillFrame *frame, const TillPoint *landmarks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCheeks, till_cheeks_free)

G_END_DECLS
