/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"
#include "camera/till-mailbox.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TillCameraOutlet: what a camera and its thread share. Pictures and the end go in from the thread; they come out in
 * the mailbox and, through one pending source, in the camera's main context. Reference-counted, thread-safe.
 *
 * It also counts, over the whole process, the cameras that were stopped, ended or failed but whose thread has not yet
 * let go of the device.
 */
typedef struct _TillCameraOutlet TillCameraOutlet;

/* What one turn of the main context hands to the camera. */
typedef struct
{
  gboolean started; /* the first picture is there */
  TillFrame *frame; /* the newest picture, nullable */
  char *code;       /* the text of the newest code, nullable */
  gboolean ended;   /* nothing more will come */
  GError *error;    /* why, NULL for a clip's proper end */
} TillCameraDelivery;

/* Called in the camera's context with the owner still alive. */
typedef void (*TillCameraDeliver) (gpointer owner, const TillCameraDelivery *delivery);

/* @owner is held weakly. Deliveries come in the context that is the thread default now. */
TillCameraOutlet *till_camera_outlet_new (GObject *owner, TillCameraDeliver deliver, TillMailbox *mailbox);
TillCameraOutlet *till_camera_outlet_ref (TillCameraOutlet *self);
void till_camera_outlet_unref (TillCameraOutlet *self);

GMainContext *till_camera_outlet_get_context (TillCameraOutlet *self);

/* Starts counting time; the thread that follows must end with till_camera_outlet_finish(). */
void till_camera_outlet_begin (TillCameraOutlet *self);

/* Copies the pixels into the next frame of the camera. FALSE once it was stopped. */
gboolean
till_camera_outlet_push (TillCameraOutlet *self, const guint8 *bgr, int width, int height, gsize stride);

/*
 * Whether QR codes are looked for in the pictures that follow; at first they are not. A text is delivered when it is
 * seen first, and once a second while it stays.
 */
void till_camera_outlet_set_reading (TillCameraOutlet *self, gboolean reading);
gboolean till_camera_outlet_is_reading (TillCameraOutlet *self);

/* No more pictures: @error is why (transfer full), NULL for a clip's proper end. */
void till_camera_outlet_end (TillCameraOutlet *self, GError *error);

/* The thread has let go of everything it held. */
void till_camera_outlet_finish (TillCameraOutlet *self);

/* Once it returns no frame reaches the mailbox and no delivery starts. */
void till_camera_outlet_stop (TillCameraOutlet *self);
gboolean till_camera_outlet_is_stopped (TillCameraOutlet *self);

/* Waits until that monotonic time; FALSE, at once, when the camera is stopped. */
gboolean till_camera_outlet_wait_until (TillCameraOutlet *self, gint64 when_us);

gint64 till_camera_outlet_get_start_delay_us (TillCameraOutlet *self);
guint64 till_camera_outlet_get_count (TillCameraOutlet *self);

/* Waits until no camera is letting go of its device any more; FALSE when some still are at @deadline_us. */
gboolean till_camera_outlet_wait_all_finished (gint64 deadline_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCameraOutlet, till_camera_outlet_unref)

G_END_DECLS
