/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-sighting.h"
#include "vision/till-vision.h"

G_BEGIN_DECLS

/**
 * TillIdentityPicture: one picture of a person, as the till saw it: a photograph, or one of a clip.
 */
typedef struct
{
  char *name;           /* of the file, and for clips the second */
  guint person;         /* group of the set */
  TillFaces *faces;     /* kept for enrolling; wiped with the last reference */
  const TillFace *face; /* of the person, owned by @faces; NULL when none was found */
  gboolean largest;     /* it is also the first of @faces */
  TillHint hint;        /* of the quality gate */
  gboolean weak;        /* it passed, but the network saw too little of a face for the till to compare */
} TillIdentityPicture;

/* The till would decide on it: it has a face, which passed the gate and is not weak. */
gboolean till_identity_picture_is_good (const TillIdentityPicture *self);

void till_identity_picture_clear (TillIdentityPicture *self);

G_END_DECLS
