/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

G_BEGIN_DECLS

/* @n faces, all zero, to be filled in before anybody else sees them (transfer full). */
TillFaces *till_faces_new (guint n) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer none); @index below @n. */
TillFace *till_faces_edit (TillFaces *self, guint index);
TillVisionTimes *till_faces_edit_times (TillFaces *self);

G_END_DECLS
