/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-camera-source.h"
#include "camera/till-mailbox.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TILL_TYPE_CAMERA (till_camera_get_type ())
G_DECLARE_FINAL_TYPE (TillCamera, till_camera, TILL, CAMERA, GObject)

/**
 * TillCamera: a GStreamer pipeline from one source to BGR frames in real time.
 *
 * Every frame goes to the mailbox from the streaming thread, and, newest wins, to the "frame" signal in the main
 * context that was the thread default when the camera was made. Frames wider than 1280 or higher than 720 are
 * scaled down to fit, never up, keeping their shape.
 *
 * Signals, all in that main context:
 *   "started"  ()                 the first frame is there
 *   "frame"    (TillFrame *)      the newest picture, for the preview
 *   "code"     (const char *)     the text of a QR code in view, while codes are read: when it is seen first, and once a
 *                                 second while it stays. It may be as good as money: never log it, wipe copies
 *   "ended"    ()                 a clip without ",loop" has played to its end; nothing more will come
 *   "failed"   (const GError *)   no such device, unplugged, not a video, ...; nothing more will come.
 *                                 %TILL_ERROR_NOT_FOUND no camera; %TILL_ERROR_UNAVAILABLE it stopped sending;
 *                                 %TILL_ERROR_BUSY held by another program; %TILL_ERROR_INVALID the file can't be
 *                                 played; %TILL_ERROR_UNSUPPORTED a part of GStreamer is not installed
 * No signal comes after till_camera_stop().
 */

/* Makes it without touching the device. Frames also go to @mailbox (nullable; a reference is taken). */
TillCamera *till_camera_new (TillCameraSource *source, TillMailbox *mailbox) G_GNUC_WARN_UNUSED_RESULT;

/* Starts; never blocks. What goes wrong, at once or later, comes as "failed". May be called once. */
void till_camera_start (TillCamera *self);

/*
 * Stops and lets go of the device; once it returns nothing more reaches the mailbox and no signal is emitted.
 * A device that takes long to close does so behind this call. Calling it again, or before start, does nothing.
 */
void till_camera_stop (TillCamera *self);

/*
 * Whether QR codes are looked for, at first not; at any time, also before start. Off it costs nothing. On, the newest
 * picture is searched beside the others' way, and never keeps them waiting. Once it is off no "code" comes any more. Without
 * GStreamer's zbar element none ever comes, and the log says what to install.
 */
void till_camera_set_reading_codes (TillCamera *self, gboolean reading);
gboolean till_camera_get_reading_codes (TillCamera *self);

/* From start until it is stopped, has ended or has failed. */
gboolean till_camera_is_running (TillCamera *self);

TillCameraSource *till_camera_get_source (TillCamera *self);

/* Microseconds from till_camera_start() to the first frame, -1 before it. */
gint64 till_camera_get_start_delay_us (TillCamera *self);

/* Frames that came out of the source so far. Thread-safe. */
guint64 till_camera_get_frame_count (TillCamera *self);

/*
 * Waits until every camera of this process that was stopped, ended or failed has let go of its device; FALSE when
 * one has not at @deadline_us (monotonic). For the end of a program; till_camera_start() waits its turn by itself.
 */
gboolean till_camera_wait_closed (gint64 deadline_us);

G_END_DECLS
