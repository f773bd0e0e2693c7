/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

G_BEGIN_DECLS

/* Landmarks of brows, nose and eyes: what a smile hardly moves. */
#define TILL_FACE_SHAPE_UPPER 31

/**
 * TillFaceShape: a face's landmarks without the head's place, size and roll: the middle between the eyes is the origin,
 * the line through them the x axis, and their distance the unit. Turning the head shortens eyes and mouth alike, so
 * that their ratio hardly changes. A value.
 */
typedef struct
{
  double mouth; /* how wide the mouth is, outside and inside, and how far its corners are lifted */
  TillPoint upper[TILL_FACE_SHAPE_UPPER];
} TillFaceShape;

/* @landmarks: %TILL_VISION_LANDMARKS of them. FALSE if the eyes fall on one point. */
gboolean till_face_shape_take (TillFaceShape *self, const TillPoint *landmarks);

/* Root mean square distance of the upper landmarks, in eye distances. */
double till_face_shape_compare (const TillFaceShape *self, const TillFaceShape *other);

G_END_DECLS
