/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-camera.h"
#include "recognition/till-recognizer.h"

/* A recognizer before a clip, and what it said last. With test data it takes its networks from the folder of that name. */
typedef struct
{
  TillOperatingPoint *point;
  TillMailbox *mailbox;
  TillRecognizer *recognizer;
  TillCamera *camera;

  TillSighting *sighting; /* the newest */
  guint sightings;
  gboolean may_fail;   /* the networks are not the real ones */
  GError *error;       /* of the recognizer */
  guint64 frames_seen; /* by the camera, when recognition_fixture_let_frames_pass() was called */
  gboolean ended;      /* the clip */
  guint least_serial;  /* a sighting of an older session fails the test */
} RecognitionFixture;

/* Has this happened? */
typedef gboolean (*RecognitionCondition) (RecognitionFixture *fixture);

void recognition_fixture_set_up (RecognitionFixture *fixture, gconstpointer data);
void recognition_fixture_tear_down (RecognitionFixture *fixture, gconstpointer data);

/* The clip or still of that name in the models' folder, with what @rest adds to it, as "@0-40,loop". */
void recognition_fixture_play (RecognitionFixture *fixture, const char *name, const char *rest);
void recognition_fixture_stop (RecognitionFixture *fixture);

/* Runs the main context until @condition holds. A watchdog ends the test if it never does. */
void recognition_fixture_wait (RecognitionFixture *fixture, RecognitionCondition condition, const char *what);

/* Waits until the camera has given some more frames than before this call. */
void recognition_fixture_let_frames_pass (RecognitionFixture *fixture);

guint recognition_fixture_begin (RecognitionFixture *fixture, TillRecognizerPurpose purpose);

gboolean recognition_fixture_is_ready (RecognitionFixture *fixture);
gboolean recognition_fixture_has_failed (RecognitionFixture *fixture);
gboolean recognition_fixture_has_ended (RecognitionFixture *fixture);
gboolean recognition_fixture_is_identified (RecognitionFixture *fixture);
gboolean recognition_fixture_is_unknown (RecognitionFixture *fixture);
gboolean recognition_fixture_has_smiled (RecognitionFixture *fixture);

/* The man of franck.webm, enrolled from its first part at the first call (transfer full). */
TillGallery *recognition_fixture_get_franck (void);

/* Customer @id with the embedding of a photograph in the models' folder (transfer full). */
TillGallery *recognition_fixture_enrol_photo (const char *id, const char *name);
