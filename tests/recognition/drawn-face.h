/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

/*
 * Landmarks of a face that looks into the camera: its square's corner at @x, @y, its side @size, pixels; its mouth wider
 * than at rest by @widening eye distances, corners and all.
 */
void drawn_face_fill (
    TillPoint landmarks[TILL_VISION_LANDMARKS], double x, double y, double size, double widening);
