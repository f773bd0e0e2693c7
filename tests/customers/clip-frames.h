/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"

G_BEGIN_DECLS

/* The frames of a clip one after the other, as fast as they are asked for. */
typedef struct _ClipFrames ClipFrames;

ClipFrames *clip_frames_open (const char *path);
void clip_frames_close (ClipFrames *self);

/* (transfer full) (nullable) NULL at the end of the clip. */
TillFrame *clip_frames_next (ClipFrames *self);

/* Every pixel times @light, then blurred twice by a box of @blur pixels around each (transfer full). */
TillFrame *clip_frame_spoil (const TillFrame *frame, double light, int blur);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClipFrames, clip_frames_close)

G_END_DECLS
