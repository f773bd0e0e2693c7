/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"
#include "vision/till-vision.h"

G_BEGIN_DECLS

/**
 * TillPeriodogram: what repeats itself across a face and the room about it alike, by the spectra of many frames.
 *
 * A screen's pixels beat with the camera's over the whole of the screen: in the face, beside it and above it at the same
 * period. A face has no period, and what in a room has one (blinds, shelves, a shirt) does not go on across the face. So
 * patches of the face and of four places about it are transformed, each averaged over the frames, and
 * only what all of them have in common counts; a period too weak to be told from the texture of one frame stands out of
 * many (Bartlett's method). Not thread-safe.
 */
typedef struct _TillPeriodogram TillPeriodogram;

TillPeriodogram *till_periodogram_new (void);
void till_periodogram_free (TillPeriodogram *self);

/* Forgets all frames. */
void till_periodogram_reset (TillPeriodogram *self);

/* One frame and the face's square in it. FALSE, and nothing is taken in, if the picture is too small for the patches. */
gboolean till_periodogram_add (TillPeriodogram *self, TillFrame *frame, const TillBox *square);

/*
 * How far the strongest common period stands out: 1 not at all, and 0 without frames. Frames of the last few seconds, at
 * the pace they are added, have a say. Rooms with people in them come to 2 to 8, screens that can be seen to beat to 10
 * and more.
 */
double till_periodogram_get_recurrence (TillPeriodogram *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPeriodogram, till_periodogram_free)

G_END_DECLS
