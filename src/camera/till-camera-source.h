/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  TILL_CAMERA_SOURCE_DEVICE, /* a real camera */
  TILL_CAMERA_SOURCE_CLIP,   /* a video file played in real time */
  TILL_CAMERA_SOURCE_STILLS, /* a still, or a folder of them in the order of their names, each shown one second */
} TillCameraSourceKind;

/**
 * TillCameraSource: what `--camera` says. Immutable and reference-counted.
 *
 *     device            the first real camera
 *     device:ID         the one with this id (see till_camera_devices_list())
 *     clip:PATH         a video file, a folder of stills, or one still
 *     clip:PATH@A-B     from second A to second B ("@A-" to the end; decimals allowed); video files only
 *     clip:PATH,loop    from the start again when the end is reached; with @A-B that segment
 *
 * A path may itself hold '@' and ',': only an ending of the forms above is read as one.
 */
typedef struct _TillCameraSource TillCameraSource;

#define TILL_TYPE_CAMERA_SOURCE (till_camera_source_get_type ())
GType till_camera_source_get_type (void);

/*
 * %TILL_ERROR_INVALID for words that are none of the above or a segment that ends before it starts,
 * %TILL_ERROR_NOT_FOUND for a path that is not there or an empty folder (transfer full).
 */
TillCameraSource *till_camera_source_parse (const char *spec, GError **error);

TillCameraSource *till_camera_source_ref (TillCameraSource *self);
void till_camera_source_unref (TillCameraSource *self);

TillCameraSourceKind till_camera_source_get_kind (const TillCameraSource *self);
/* The file or folder; NULL for a device. */
const char *till_camera_source_get_path (const TillCameraSource *self);
/* The device's id, NULL for the first one. */
const char *till_camera_source_get_device (const TillCameraSource *self);
/* Seconds; 0 from the start. */
double till_camera_source_get_start (const TillCameraSource *self);
/* Seconds; negative to the end. */
double till_camera_source_get_end (const TillCameraSource *self);
gboolean till_camera_source_get_loop (const TillCameraSource *self);
/* The words till_camera_source_parse() would read to the same source (transfer full). */
char *till_camera_source_to_string (const TillCameraSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCameraSource, till_camera_source_unref)

G_END_DECLS
