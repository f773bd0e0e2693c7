/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"
#include "customers/till-enrolment.h"
#include "recognition/till-evidence-bar.h"
#include "vision/till-vision.h"

G_BEGIN_DECLS

/* What the customer should mend; one at a time, the most important first, steady enough to be read. */
typedef enum
{
  TILL_HINT_NONE,
  TILL_HINT_NO_FACE,
  TILL_HINT_ALONE,
  TILL_HINT_CLOSER,
  TILL_HINT_BACK,
  TILL_HINT_LIGHT,
  TILL_HINT_STILL,
  TILL_HINT_FACE_CAMERA,
  TILL_HINT_EYES,
} TillHint;

typedef enum
{
  TILL_SMILE_IDLE,    /* not prompted */
  TILL_SMILE_RELAX,   /* prompted; the face must be neutral until the moment, drawn at random, to smile at */
  TILL_SMILE_WANTED,  /* now smile */
  TILL_SMILE_HOLDING, /* smiling; a moment longer */
  TILL_SMILE_MADE,    /* as many as were asked for */
} TillSmileState;

/**
 * TillSighting: what the recognition thread saw in one frame, and what all frames of the session say by now.
 * Immutable, reference-counted, any thread.
 */
typedef struct
{
  guint serial;       /* of the session; older ones are to be dropped */
  guint64 frame;      /* serial of the frame */
  gint64 captured_us; /* when the frame was taken, monotonic */
  gint64 done_us;     /* when this was known, monotonic */
  int frame_width;    /* pixels; what the boxes below refer to */
  int frame_height;
  TillFaces *faces; /* what was measured, without embeddings (transfer none) */
  TillHint hint;
  gboolean face;         /* somebody is in view */
  TillEvidence alone;    /* AGAINST: a second person of similar size */
  TillEvidence live;     /* AGAINST: an attack */
  TillEvidence eyes;     /* FOR: open; AGAINST: closed too long */
  TillEvidence identity; /* FOR: one of the candidates, by threshold and margin; AGAINST: none of them */
  TillSmileState smile;
  double smile_level; /* 0..1 for the meter */
  guint smiles_made;
  guint smiles_wanted; /* 0 until prompted */
  char *customer;      /* id, only while identity is FOR */
  double score;        /* cosine to the best candidate, -1 without candidates */
  double margin;       /* distance to the second best, 2 if there is none */
  gboolean
      look_alike; /* the score passes but not the margin; for tester and ledger, never for the customer */
  TillEvidenceBar bars[TILL_EVIDENCE_N_BARS]; /* for the tester's view */
  /* Milestones, monotonic microseconds, 0 until reached; they restart with the evidence. */
  gint64 first_face_us; /* capture time of the first frame with a face */
  gint64 first_good_us; /* capture time of the first frame that passed the quality gate */
  gint64 identified_us; /* when identity was known */
  gint64 smile_us;      /* when the smile was known */
  gint64 smile_seen_us; /* capture time of the frame that decided the smile */
  /* Enrolment only. */
  TillEnrolmentHint enrolment_hint;
  double enrolment_progress; /* 0..1 */
} TillSighting;

#define TILL_TYPE_SIGHTING (till_sighting_get_type ())
GType till_sighting_get_type (void);
/* One that saw nothing, to be filled in before anybody else has it (transfer full). */
TillSighting *till_sighting_new (void) G_GNUC_WARN_UNUSED_RESULT;
TillSighting *till_sighting_ref (TillSighting *self);
void till_sighting_unref (TillSighting *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSighting, till_sighting_unref)

G_END_DECLS
