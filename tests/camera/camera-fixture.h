/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-camera.h"

G_BEGIN_DECLS

/* Longer than anything here takes, even on a slow machine under a sanitizer. */
#define CAMERA_PATIENCE_US (60 * G_USEC_PER_SEC)

/**
 * CameraWatch: a camera, and all it said.
 */
typedef struct
{
  TillCamera *camera;
  TillMailbox *mailbox;
  GMainContext *context;
  gint64 begun_us;
  guint started;
  guint shown; /* "frame" signals */
  guint ended;
  GError *error;    /* of "failed" */
  guint after_end;  /* signals that came after "ended" or "failed" */
  guint stop_at;    /* stops in the handler of that "frame" signal, 0 never */
  TillFrame *first; /* of the "frame" signal */
  TillFrame *newest;
  guint64 serial; /* of the newest */
} CameraWatch;

CameraWatch *camera_watch_new (const char *spec);
CameraWatch *camera_watch_new_printf (const char *format, ...) G_GNUC_PRINTF (1, 2);
void camera_watch_free (CameraWatch *watch);

void camera_watch_start (CameraWatch *watch);

/*
 * From the first picture to the newest one that was shown. A machine that stalled at the first one makes it short, so
 * a test asks for no more than half of what it should be.
 */
gint64 camera_watch_get_played_us (CameraWatch *watch);

/* Each turns the main context until it is so, and aborts the test when it never is. */
void camera_watch_run_to_end (CameraWatch *watch);
void camera_watch_run_to_stop (CameraWatch *watch);
void camera_watch_run_to_frame (CameraWatch *watch, guint shown);
void camera_wait_closed (void);

/* Runs it to its end, which must be a failure of that code whose message has @words in it. */
void camera_watch_assert_fails (CameraWatch *watch, int code, const char *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CameraWatch, camera_watch_free)

/* A folder for a test, removed with what is in it. */
char *camera_folder_new (void);
void camera_folder_free (char *folder);

typedef char CameraFolder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CameraFolder, camera_folder_free)

/* The path of a fetched clip, or NULL after marking the test as skipped (transfer full). */
char *camera_find_clip (const char *name);

/* Runs a GStreamer pipeline to its end; FALSE after marking the test as skipped when an element is not installed. */
gboolean camera_make_clip (const char *pipeline_format, ...) G_GNUC_PRINTF (1, 2);

/* What a plain decoder makes of a clip, from its front and without seeking: the picture at @seconds (transfer full). */
GBytes *camera_decode_at (const char *path, double seconds, int *width, int *height);

G_END_DECLS
