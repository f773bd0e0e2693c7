/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

/* The networks, loaded once for the program on one thread (transfer none). */
TillVision *vision_fixture_networks (void);
/* Frees the networks; call it when the tests have run. */
void vision_fixture_clear (void);

/* Full name of a file that the manifest names (transfer full). */
char *vision_fixture_path (const char *file);
/* One of the fetched portraits (transfer full). */
TillFrame *vision_fixture_portrait (const char *file);

/* Every @step-th frame of a clip's segment ("@0-4"), @n of them (element-type TillFrame) (transfer full). */
GPtrArray *vision_fixture_clip (const char *file, const char *segment, guint step, guint n);

/* Never NULL; aborts on an error (transfer full). */
TillFaces *vision_fixture_analyse (TillFrame *frame, TillVisionWanted wanted);

/*
 * A picture of @width by @height in which the pixel at x, y is, bilinearly, the one of @frame at
 * (map[0] x + map[1] y + map[2], map[3] x + map[4] y + map[5]); grey where there is none (transfer full).
 */
TillFrame *vision_fixture_warp (TillFrame *frame, const double map[6], int width, int height);
/* @factor times as large (transfer full). */
TillFrame *vision_fixture_scale (TillFrame *frame, double factor);
/* Left and right swapped (transfer full). */
TillFrame *vision_fixture_mirror (TillFrame *frame);
/* Turned clockwise about its middle (transfer full). */
TillFrame *vision_fixture_turn (TillFrame *frame, double degrees);
/* The part from @x, @y on (transfer full). */
TillFrame *vision_fixture_crop (TillFrame *frame, int x, int y, int width, int height);
/* Every channel times @gain (transfer full). */
TillFrame *vision_fixture_brighten (TillFrame *frame, double gain);
/* The part within @box, clipped to the picture, in one colour (transfer full). */
TillFrame *vision_fixture_paint (TillFrame *frame, TillBox box, const guint8 bgr[3]);
/* One colour all over (transfer full). */
TillFrame *vision_fixture_plain (int width, int height, guint8 grey);
/* @left and @right, on grey (transfer full). */
TillFrame *vision_fixture_beside (TillFrame *left, TillFrame *right);
