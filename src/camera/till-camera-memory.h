/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/*
 * What GStreamer's elements allocate for pictures, in the memory of camera/till-frame-memory.h: kept out of core dumps
 * and wiped when it is let go of. What is too small for a picture is ordinary memory. Prefix, padding, alignment, sharing
 * and flags are as of GST_ALLOCATOR_SYSMEM.
 */
#define TILL_TYPE_CAMERA_MEMORY (till_camera_memory_get_type ())
G_DECLARE_FINAL_TYPE (TillCameraMemory, till_camera_memory, TILL, CAMERA_MEMORY, GstAllocator)

/* The name of its memory's type. */
#define TILL_CAMERA_MEMORY_TYPE "TillCameraMemory"

/* In bytes: a picture from which a face could be made out has more. */
#define TILL_CAMERA_MEMORY_LEAST 4096

/*
 * Starts GStreamer and has it allocate here from then on, also in elements that others make. May be called any number
 * of times, from any thread. FALSE with GStreamer's own error if it does not start.
 */
gboolean till_camera_memory_start (GError **error);

G_END_DECLS
