/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"

G_BEGIN_DECLS

/**
 * TillClipReader: the pictures of a clip, as the till's camera would give them, one after the other and as fast as they
 * are asked for. Used by one thread.
 */
typedef struct _TillClipReader TillClipReader;

/* Errors are those of a camera: %TILL_ERROR_INVALID for a file that can't be played, and so on. */
TillClipReader *till_clip_reader_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void till_clip_reader_free (TillClipReader *self);

/*
 * The next picture, its capture time being its place in the clip (transfer full). NULL without an error at the end.
 * @skip: pictures to pass over first.
 */
TillFrame *till_clip_reader_next (TillClipReader *self, guint skip, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillClipReader, till_clip_reader_free)

G_END_DECLS
