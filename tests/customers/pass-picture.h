/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-pass-code.h"

G_BEGIN_DECLS

/* What a code is shown on. */
typedef enum
{
  PASS_PICTURE_PAPER,
  PASS_PICTURE_PHONE, /* stripes of three colours, twelve dots a module; black shines a little; glass that mirrors */
} PassPictureKind;

/**
 * PassPicture: how a camera sees a code that is held before it. A value; all zero but the sizes is the best there is.
 */
typedef struct
{
  PassPictureKind kind;
  int width; /* pixels of the picture; multiples of 8 */
  int height;
  double module; /* pixels of the picture a module takes where the code is nearest to facing it */
  double yaw;    /* degrees the paper is turned away about its upright axis */
  double pitch;  /* and about the level one */
  double roll;
  double blur;  /* standard deviation in pixels: out of focus */
  double smear; /* pixels that it moves to the side while the shutter is open */
  double glare; /* a lamp mirrored in it: 1 is as bright as white paper in its middle */
  double dark;  /* how much of the light is missing, 0 to 1 */
  double noise; /* standard deviation, of 1 for white */
  guint32 seed; /* of noise and of where between the pixels the code lies */
} PassPicture;

/* The brightness of each pixel, top row first (transfer full). */
guint8 *pass_picture_draw (const PassPicture *self, const TillPassCode *code);

/* What GStreamer's zbar element reads in one such picture (transfer full) (nullable: nothing). Blocks. */
char *pass_picture_read (const guint8 *pixels, int width, int height);

G_END_DECLS
