/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/*
 * The size pictures come out in: at most 1280x720, scaled down only, keeping their shape, with square pixels.
 */

/* The size for a picture of @width x @height pixels that are each @par_n:@par_d wide. At least 1x1. */
void till_camera_fit_size (int *width, int *height, int par_n, int par_d);

/* Makes @filter, a capsfilter behind the videoscale @scale, ask for BGR in the size that fits what arrives at @scale. */
void till_camera_fit_attach (GstElement *scale, GstElement *filter);

/* Of what a camera offers, the modes it is best asked for (transfer full): quick ones near 1280x720. */
GstCaps *till_camera_fit_choose (GstCaps *offered);

G_END_DECLS
