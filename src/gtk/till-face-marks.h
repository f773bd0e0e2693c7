/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-sighting.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Draws what the networks found in @sighting over a picture of @width by @height: of every face the box and the square
 * the other networks look at, and the landmarks that were placed. The face that is judged is drawn in another colour
 * than the others.
 */
void
till_face_marks_snapshot (GtkSnapshot *snapshot, const TillSighting *sighting, float width, float height);

G_END_DECLS
