/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define TILL_VISION_LANDMARKS 68
#define TILL_VISION_EMBEDDING 512

/* What to work out besides the boxes. Everything but the boxes needs the landmarks, which are then added. */
typedef enum
{
  TILL_VISION_WANT_BOXES = 0,
  TILL_VISION_WANT_LANDMARKS = 1 << 0, /* landmarks and, from them, pose */
  TILL_VISION_WANT_QUALITY = 1 << 1,
  TILL_VISION_WANT_LIVENESS = 1 << 2,
  TILL_VISION_WANT_EYES = 1 << 3,
  TILL_VISION_WANT_SMILE = 1 << 4,
  TILL_VISION_WANT_EMBEDDING = 1 << 5,
  TILL_VISION_WANT_CLOSE_LIVENESS = 1 << 6,
  TILL_VISION_WANT_GRID = 1 << 7,
  TILL_VISION_WANT_ALL = (1 << 8) - 1,
  TILL_VISION_LARGEST_ONLY
  = 1 << 8, /* all of the above for the largest face alone; the others keep their boxes */
} TillVisionWanted;

/* Pixels, from the top left corner. */
typedef struct
{
  float x;
  float y;
} TillPoint;

typedef struct
{
  float x;
  float y;
  float width;
  float height;
} TillBox;

/* All of a face crop. */
typedef struct
{
  float size;       /* side of the face's square, pixels */
  float sharpness;  /* variance of the Laplacian over the aligned 112x112 grey face; higher is sharper */
  float brightness; /* mean grey of the aligned face, 0..255 */
  float contrast;   /* standard deviation of that grey */
  float side_light; /* |left - right| half's mean grey over their sum, 0 even .. 1 */
  float clipped;    /* share of that grey at 250 and more, 0..1: too bright for the camera */
} TillFaceQuality;

/**
 * TillFace: what was seen of one face. Fields not in @measured are zero.
 */
typedef struct
{
  TillVisionWanted measured;
  TillBox box;                                /* as the detector gave it, clipped to the image */
  TillBox square;                             /* what the other networks looked at */
  float score;                                /* detector's, 0.65..1 */
  gboolean followed;                          /* by till_vision_follow(): box and square are the landmarks' */
  TillPoint landmarks[TILL_VISION_LANDMARKS]; /* iBUG order */
  struct
  {
    float yaw;   /* degrees; positive: the face turns to the image's right */
    float pitch; /* degrees; positive: up */
    float roll;  /* degrees; positive: clockwise in the image */
  } pose;
  TillFaceQuality quality;
  float live;       /* probability, 0..1, by the face and what surrounds it */
  float live_close; /* the same by the face alone */
  /* What repeats itself across the face, as a screen's pixels do: 1 nothing; skin 4 to 8, up to 10 through a webcam's
   * codec. */
  float grid;
  float eyes_closed[2];                   /* probability each, 0..1; the eye at the image's left first */
  float smile;                            /* probability of "happy", 0..1 */
  float embedding[TILL_VISION_EMBEDDING]; /* unit length; compare by dot product */
  /* Length of the embedding before it was made one: how much of a face the network saw; blurred, covered and turned
   * faces are weak. */
  float strength;
} TillFace;

/* Milliseconds each stage of one analysis took, for the faces it was asked for together. */
typedef struct
{
  float detect;
  float landmarks;
  float quality;
  float liveness; /* both */
  float grid;
  float eyes;
  float smile;
  float embedding;
  float total;
} TillVisionTimes;

/**
 * TillFaces: the faces of one frame, largest first. Immutable, reference-counted, wiped when the last reference goes.
 */
typedef struct _TillFaces TillFaces;

#define TILL_TYPE_FACES (till_faces_get_type ())
GType till_faces_get_type (void);
TillFaces *till_faces_ref (TillFaces *self);
void till_faces_unref (TillFaces *self);
guint till_faces_get_n (const TillFaces *self);
/* (transfer none); @index below till_faces_get_n(). */
const TillFace *till_faces_get (const TillFaces *self, guint index);
const TillVisionTimes *till_faces_get_times (const TillFaces *self);

/**
 * TillVision: the networks, loaded. Not thread-safe: each thread has its own. All C++ stays behind this header.
 */
typedef struct _TillVision TillVision;

/**
 * Loads the networks named in DIR/manifest.json from @models_dir, each checked against its sha256 first
 * (transfer full).
 *
 * @threads: how many threads OpenCV may use in this process, 0 for its own choice.
 * Errors: %TILL_ERROR_NOT_FOUND, %TILL_ERROR_CHECKSUM, %TILL_ERROR_CORRUPT (a network that does not load, or does
 * not have the tensors the manifest says), each naming the file and the mend.
 */
TillVision *till_vision_new (const char *models_dir, int threads, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void till_vision_free (TillVision *self);

/**
 * Finds the faces of @frame and measures what is @wanted of them (transfer full). No face is no error: an
 * empty list. The pre-processing is the one each network was measured with; see the sources named in the .cpp files.
 */
TillFaces *till_vision_analyse (TillVision *self, TillFrame *frame, TillVisionWanted wanted, GError **error);

/**
 * Looks for one face where it was last, without the detector, and measures what is @wanted of it (transfer full).
 *
 * @last: a face of an earlier frame of the same size, with its landmarks; %TILL_VISION_WANT_LANDMARKS is added to
 * @wanted, and %TILL_VISION_LARGEST_ONLY means nothing here.
 *
 * Gives one face, "followed", with box and square as the detector would put them about its landmarks and the score
 * of @last; or an empty list when the face is lost: it left, was covered, moved too far for a frame, or its
 * landmarks were no numbers. Then the caller analyses the same frame. Says nothing of other faces in the picture.
 */
TillFaces *till_vision_follow (
    TillVision *self, TillFrame *frame, const TillFace *last, TillVisionWanted wanted, GError **error);

/*
 * A photograph from disk, turned upright by its EXIF (transfer full). %TILL_ERROR_NOT_FOUND, or
 * %TILL_ERROR_INVALID for a file that is no image or is larger than 16,384 pixels a side.
 */
TillFrame *till_vision_read_photo (const char *path, GError **error);

/* Cosine of two unit vectors of %TILL_VISION_EMBEDDING floats, -1..1. */
float till_vision_compare (const float *a, const float *b);

/* Where the models are: $SMILETILL_MODELS, else the installed folder (transfer full). */
char *till_vision_default_models_dir (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillFaces, till_faces_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillVision, till_vision_free)

G_END_DECLS
