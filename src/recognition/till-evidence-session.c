/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-evidence-session.h"

#include "base/till-private-memory.h"
#include "recognition/till-alone-evidence.h"
#include "recognition/till-continuity.h"
#include "recognition/till-evidence-bars.h"
#include "recognition/till-eyes-evidence.h"
#include "recognition/till-identity-evidence.h"
#include "recognition/till-presence-evidence.h"
#include "recognition/till-quality-gate.h"
#include "recognition/till-smile-challenge.h"
#include "recognition/till-steady-hint.h"
#include "vision/till-cheeks.h"
#include "vision/till-faces-private.h"

#include <math.h>
#include <string.h>

/* More faces than this in one picture are a crowd: the rest can't change any decision. */
#define MOST_FACES 16

/* What is left of a good frame's rank a frame later: half in a second. */
#define RANK_MEMORY 0.97

struct _TillEvidenceSession
{
  guint serial;
  TillRecognizerPurpose purpose;
  TillOperatingPoint *point;
  gint64 begun_us;

  /* The evidence. */
  TillContinuity continuity;
  TillAloneEvidence alone;
  TillPresenceEvidence presence;
  TillPeriodogram *periodogram;
  TillEyesEvidence eyes;
  TillIdentityEvidence identity;
  TillSmileChallenge smile;
  TillCheeks *cheeks;
  TillSteadyHint hint;
  TillEnrolment *enrolment; /* NULL when paying, and once taken */
  TillEnrolmentHint enrolment_hint;
  double enrolment_progress;
  TillEvidenceBar bars[TILL_EVIDENCE_N_BARS];

  /* When each was last measured, for the plan; 0 since the evidence started. */
  gint64 good_us;
  gint64 embedding_us;
  gint64 smile_us;
  gint64 detected_us;

  /* How good the frames are, for the plan. */
  double rank;
  double best_rank;

  /* The newest frame. */
  gboolean seen;
  guint64 frame;
  gint64 captured_us;
  gint64 done_us;
  int width;
  int height;
  gboolean face;
  TillFaces *faces;        /* without embeddings */
  const TillFace *subject; /* among them, NULL if the customer is not; borrowed */

  /* Milestones, as in TillSighting. */
  gint64 first_face_us;
  gint64 first_good_us;
  gint64 identified_us;
  gint64 smile_made_us;
};

TillEvidenceSession *
till_evidence_session_new (guint serial,
                           TillRecognizerPurpose purpose,
                           TillOperatingPoint *point,
                           gint64 begun_us)
{
  TillEvidenceSession *self = till_private_memory_alloc (sizeof (TillEvidenceSession));

  self->serial = serial;
  self->purpose = purpose;
  self->point = till_operating_point_ref (point);
  self->begun_us = begun_us;
  till_continuity_init (&self->continuity, point);
  till_alone_evidence_init (&self->alone, point);
  till_presence_evidence_init (&self->presence, point);
  self->periodogram = till_periodogram_new ();
  self->cheeks = till_cheeks_new ();
  till_eyes_evidence_init (&self->eyes, point);
  till_identity_evidence_init (&self->identity, point);
  till_smile_challenge_init (&self->smile, point, till_random_delay_draw, NULL);
  till_steady_hint_init (&self->hint, point);
  till_evidence_bars_init (self->bars, point);
  if (purpose == TILL_RECOGNIZER_ENROL)
    self->enrolment = till_enrolment_new ();
  return self;
}

void
till_evidence_session_free (TillEvidenceSession *self)
{
  till_continuity_clear (&self->continuity);
  till_identity_evidence_clear (&self->identity);
  g_clear_pointer (&self->periodogram, till_periodogram_free);
  g_clear_pointer (&self->cheeks, till_cheeks_free);
  g_clear_pointer (&self->enrolment, till_enrolment_free);
  g_clear_pointer (&self->faces, till_faces_unref);
  g_clear_pointer (&self->point, till_operating_point_unref);
  till_private_memory_free (self);
}

gint64
till_evidence_session_get_begun_us (const TillEvidenceSession *self)
{
  return self->begun_us;
}

/* The face is another one, or the same after a while: nothing gathered so far is about it. */
static void
restart (TillEvidenceSession *self)
{
  till_presence_evidence_init (&self->presence, self->point);
  till_periodogram_reset (self->periodogram);
  till_cheeks_reset (self->cheeks);
  till_eyes_evidence_init (&self->eyes, self->point);
  till_identity_evidence_restart (&self->identity);
  till_smile_challenge_restart (&self->smile);
  till_evidence_bars_init (self->bars, self->point);
  self->good_us = 0;
  self->embedding_us = 0;
  self->smile_us = 0;
  self->rank = 0;
  self->best_rank = 0;
  self->first_face_us = 0;
  self->first_good_us = 0;
  self->identified_us = 0;
  self->smile_made_us = 0;
  if (self->enrolment != NULL)
    {
      till_enrolment_free (self->enrolment);
      self->enrolment = till_enrolment_new ();
      self->enrolment_hint = TILL_ENROLMENT_HINT_NONE;
      self->enrolment_progress = 0;
    }
}

static TillEvidence
get_live (const TillEvidenceSession *self)
{
  return till_presence_evidence_get (&self->presence, self->captured_us);
}

static gboolean
all_holds (const TillEvidenceSession *self)
{
  return till_alone_evidence_get (&self->alone) == TILL_EVIDENCE_FOR && get_live (self) == TILL_EVIDENCE_FOR
         && till_eyes_evidence_get (&self->eyes) == TILL_EVIDENCE_FOR
         && till_identity_evidence_get (&self->identity) == TILL_EVIDENCE_FOR;
}

static void
note_identity (TillEvidenceSession *self, gint64 now_us)
{
  if (self->identified_us == 0 && till_identity_evidence_get (&self->identity) == TILL_EVIDENCE_FOR)
    self->identified_us = now_us;
}

void
till_evidence_session_set_candidates (TillEvidenceSession *self, TillGallery *candidates, gint64 now_us)
{
  /* Who types looks down, and their eyes seem shut. */
  till_eyes_evidence_forgive (&self->eyes, now_us);
  till_identity_evidence_set_candidates (&self->identity, candidates);
  /* Who they are may have changed, so what they wished for is to be asked again. */
  till_smile_challenge_restart (&self->smile);
  self->smile_made_us = 0;
  self->identified_us = 0;
  note_identity (self, now_us);
}

void
till_evidence_session_prompt_smile (TillEvidenceSession *self, guint smiles, gint64 prompted_us)
{
  till_smile_challenge_prompt (&self->smile, smiles, prompted_us);
  self->smile_made_us = 0;
}

void
till_evidence_session_set_delay (TillEvidenceSession *self, TillRandomDelay draw, gpointer data)
{
  till_smile_challenge_init (&self->smile, self->point, draw, data);
}

/* A frame nearly as good as the best of late is one of the best. */
static gboolean
is_fit (const TillEvidenceSession *self)
{
  return self->rank >= 0.8 * self->best_rank;
}

static gboolean
is_doubtful (const TillEvidenceSession *self)
{
  return till_alone_evidence_get (&self->alone) != TILL_EVIDENCE_FOR
         || till_alone_evidence_is_doubtful (&self->alone) || self->continuity.jumped;
}

void
till_evidence_session_plan (const TillEvidenceSession *self, gint64 captured_us, TillAnalysisPlan *plan)
{
  TillAnalysisNeed need = {
    .purpose = self->purpose,
    .captured_us = self->seen ? self->captured_us : 0,
    .face = self->face,
    .followable = self->subject != NULL,
    .doubtful = is_doubtful (self),
    .detected_us = self->detected_us,
    .good_us = self->good_us,
    .fit = is_fit (self),
    .presence = &self->presence,
    .identity = till_identity_evidence_get (&self->identity),
    .sought = self->identity.candidates != NULL,
    .enough = till_identity_evidence_has_enough (&self->identity),
    .holds = all_holds (self),
    .smile = till_smile_challenge_get_state (&self->smile),
    .judge = till_smile_challenge_wants_judgement (&self->smile, captured_us),
    .embedding_us = self->embedding_us,
  };

  till_analysis_plan_make (plan, &need, captured_us);
}

const TillFace *
till_evidence_session_get_subject (const TillEvidenceSession *self)
{
  return self->subject;
}

static TillFaces *
copy_without_embeddings (const TillFaces *faces)
{
  guint n = till_faces_get_n (faces);
  TillFaces *copy = till_faces_new (n);

  for (guint i = 0; i < n; i++)
    {
      TillFace *face = till_faces_edit (copy, i);

      *face = *till_faces_get (faces, i);
      face->measured &= ~(guint) TILL_VISION_WANT_EMBEDDING;
      explicit_bzero (face->embedding, sizeof face->embedding);
    }
  *till_faces_edit_times (copy) = *till_faces_get_times (faces);
  return copy;
}

static gboolean
has_strong_embedding (const TillEvidenceSession *self, const TillFace *face)
{
  return (face->measured & TILL_VISION_WANT_EMBEDDING) != 0
         && (double) face->strength >= self->point->least_strength;
}

/* Embedding first: if it is somebody else's, the rest is the first evidence about them. */
static void
add_identity (TillEvidenceSession *self, const TillFace *face)
{
  if ((face->measured & TILL_VISION_WANT_EMBEDDING) == 0)
    return;
  if (has_strong_embedding (self, face) && !till_continuity_recognise (&self->continuity, face->embedding))
    {
      restart (self);
      self->first_face_us = self->captured_us;
    }
  till_identity_evidence_add (&self->identity, face->embedding, (double) face->strength);
  self->embedding_us = self->captured_us;
  note_identity (self, self->done_us);
}

static void
add_eyes (TillEvidenceSession *self, const TillFace *face)
{
  TillSmileState state = till_smile_challenge_get_state (&self->smile);
  gboolean smiling = state == TILL_SMILE_HOLDING || state == TILL_SMILE_MADE;

  if ((face->measured & TILL_VISION_WANT_EYES) == 0)
    return;
  till_eyes_evidence_add (&self->eyes, face->eyes_closed, smiling, self->captured_us);
  till_evidence_bar_measure (&self->bars[TILL_EVIDENCE_BAR_EYES],
                             (double) MIN (face->eyes_closed[0], face->eyes_closed[1]),
                             till_eyes_evidence_get (&self->eyes));
}

/* In a frame that is paid on not only what all frames say must hold, but what this one says. */
static gboolean
frame_holds (const TillEvidenceSession *self, const TillFace *face)
{
  if (!all_holds (self))
    return FALSE;
  if (till_smile_challenge_get_state (&self->smile) != TILL_SMILE_HOLDING
      || (face->measured & TILL_VISION_WANT_SMILE) == 0)
    return TRUE;
  return till_presence_evidence_frame_holds (&self->presence, face) && has_strong_embedding (self, face)
         && till_identity_evidence_newest_agrees (&self->identity) && !face->followed;
}

/* Cheeks are compared in the frames alone that decide. */
static double
measure_cheeks (TillEvidenceSession *self, TillFrame *frame, const TillFace *face)
{
  if (till_smile_challenge_get_state (&self->smile) != TILL_SMILE_HOLDING
      || (face->measured & TILL_VISION_WANT_SMILE) == 0)
    return 0;
  return till_cheeks_compare (self->cheeks, frame, face->landmarks);
}

static void
add_smile (TillEvidenceSession *self, TillFrame *picture, const TillFace *face)
{
  TillFaceShape shape;
  TillSmileFrame frame = {
    .captured_us = self->captured_us,
    .known_us = self->done_us,
    .holds = frame_holds (self, face),
    .shape = &shape,
    .judged = (face->measured & TILL_VISION_WANT_SMILE) != 0,
    .happy = (double) face->smile,
    .cheeks = measure_cheeks (self, picture, face),
  };

  if (!till_face_shape_take (&shape, face->landmarks))
    return;
  till_smile_challenge_add (&self->smile, &frame);
  if (till_smile_challenge_is_at_rest (&self->smile))
    till_cheeks_rest (self->cheeks, picture, face->landmarks);
  self->smile_us = self->captured_us;
  if (self->smile_made_us == 0 && till_smile_challenge_get_state (&self->smile) == TILL_SMILE_MADE)
    self->smile_made_us = self->done_us;
}

/* The customer's face; gives what there is to mend. */
static TillHint
add_face (TillEvidenceSession *self, TillFrame *frame, const TillFace *face)
{
  if (self->first_face_us == 0)
    self->first_face_us = self->captured_us;
  if ((face->measured & TILL_QUALITY_GATE_WANTED) != TILL_QUALITY_GATE_WANTED)
    return TILL_HINT_ALONE;

  till_evidence_bars_measure_quality (self->bars, self->point, face);
  TillHint hint = till_quality_gate_judge (self->point, face, self->height);
  if (hint != TILL_HINT_NONE)
    return hint;

  add_identity (self, face);
  self->good_us = self->captured_us;
  self->rank = till_quality_gate_rank (face);
  self->best_rank = MAX (self->rank, RANK_MEMORY * self->best_rank);
  if (self->first_good_us == 0)
    self->first_good_us = self->captured_us;
  till_presence_evidence_add (&self->presence, face, self->captured_us);
  till_presence_evidence_look (&self->presence, self->periodogram, frame, &face->square);
  add_eyes (self, face);
  add_smile (self, frame, face);
  return till_presence_evidence_is_undecided (&self->presence, self->captured_us) ? TILL_HINT_LIGHT
                                                                                  : TILL_HINT_NONE;
}

/* Boxes of one and the same face differ more in their heights and widths than in this. */
static double
get_size (const TillBox *box)
{
  return sqrt ((double) box->width * (double) box->height);
}

static double
get_largest_other (const TillFaces *faces, guint subject)
{
  double largest = 0;

  for (guint i = 0; i < till_faces_get_n (faces); i++)
    if (i != subject)
      largest = MAX (largest, get_size (&till_faces_get (faces, i)->box));
  return largest;
}

static void
add_company (TillEvidenceSession *self, double face, double other)
{
  till_alone_evidence_add (&self->alone, face, other);
  till_evidence_bar_measure (&self->bars[TILL_EVIDENCE_BAR_ALONE], other / MAX (face, 1),
                             till_alone_evidence_get (&self->alone));
}

static void
note_subject (TillEvidenceSession *self, guint subject)
{
  const TillFace *face = till_faces_get (self->faces, subject);

  if ((face->measured & TILL_VISION_WANT_LANDMARKS) != 0)
    self->subject = face;
}

static TillHint
add_followed (TillEvidenceSession *self, TillFrame *frame, const TillFaces *faces)
{
  TillBox boxes[MOST_FACES];
  guint n = MIN (till_faces_get_n (faces), MOST_FACES);
  guint subject = 0;

  for (guint i = 0; i < n; i++)
    boxes[i] = till_faces_get (faces, i)->box;
  self->face = n > 0;

  TillContinuityStep step = till_continuity_follow (&self->continuity, boxes, n, self->captured_us, &subject);
  if (step == TILL_CONTINUITY_GONE || step == TILL_CONTINUITY_NEW)
    restart (self);
  if (step == TILL_CONTINUITY_GONE)
    till_alone_evidence_init (&self->alone, self->point);
  if (step != TILL_CONTINUITY_NEW && step != TILL_CONTINUITY_SAME)
    return n == 0 ? TILL_HINT_NO_FACE : TILL_HINT_STILL;

  note_subject (self, subject);
  if (!till_faces_get (faces, subject)->followed)
    add_company (self, get_size (&boxes[subject]), get_largest_other (faces, subject));
  return add_face (self, frame, till_faces_get (faces, subject));
}

static TillEnrolmentHint
get_enrolment_hint (TillHint hint)
{
  switch (hint)
    {
    case TILL_HINT_NO_FACE:
      return TILL_ENROLMENT_HINT_NO_FACE;
    case TILL_HINT_ALONE:
      return TILL_ENROLMENT_HINT_ALONE;
    case TILL_HINT_CLOSER:
      return TILL_ENROLMENT_HINT_CLOSER;
    case TILL_HINT_BACK:
      return TILL_ENROLMENT_HINT_BACK;
    case TILL_HINT_LIGHT:
      return TILL_ENROLMENT_HINT_LIGHT;
    case TILL_HINT_STILL:
      return TILL_ENROLMENT_HINT_STILL;
    case TILL_HINT_FACE_CAMERA:
      return TILL_ENROLMENT_HINT_FACE_CAMERA;
    case TILL_HINT_EYES:
      return TILL_ENROLMENT_HINT_EYES;
    case TILL_HINT_NONE:
    default:
      return TILL_ENROLMENT_HINT_NONE;
    }
}

/* A template is taken only from a face that is alone and known to live. */
static void
offer_enrolment (TillEvidenceSession *self, const TillFaces *faces)
{
  if (self->enrolment == NULL)
    return;

  gboolean usable = self->face && get_live (self) == TILL_EVIDENCE_FOR
                    && till_alone_evidence_get (&self->alone) == TILL_EVIDENCE_FOR;
  if (!usable)
    {
      self->enrolment_hint = get_enrolment_hint (till_steady_hint_get (&self->hint));
      return;
    }
  till_enrolment_offer (self->enrolment, faces);
  self->enrolment_hint = till_enrolment_get_hint (self->enrolment);
  self->enrolment_progress
      = till_enrolment_is_complete (self->enrolment) ? 1 : till_enrolment_get_progress (self->enrolment);
}

void
till_evidence_session_add (TillEvidenceSession *self, TillFrame *frame, TillFaces *faces, gint64 done_us)
{
  self->seen = TRUE;
  self->frame = till_frame_get_serial (frame);
  self->captured_us = till_frame_get_captured_us (frame);
  self->done_us = done_us;
  self->width = till_frame_get_width (frame);
  self->height = till_frame_get_height (frame);
  self->subject = NULL;
  g_clear_pointer (&self->faces, till_faces_unref);
  self->faces = copy_without_embeddings (faces);
  if (till_faces_get_n (faces) == 0 || !till_faces_get (faces, 0)->followed)
    self->detected_us = self->captured_us;

  TillHint hint = add_followed (self, frame, faces);
  if (hint != TILL_HINT_NO_FACE && till_alone_evidence_get (&self->alone) == TILL_EVIDENCE_AGAINST)
    hint = TILL_HINT_ALONE;
  else if (hint == TILL_HINT_NONE && till_eyes_evidence_get (&self->eyes) == TILL_EVIDENCE_AGAINST)
    hint = TILL_HINT_EYES;
  till_steady_hint_add (&self->hint, hint, self->captured_us);
  offer_enrolment (self, faces);
}

/* What depends on the candidates, or on the time that passed, is worked out when it is asked for. */
static void
fill_bars (const TillEvidenceSession *self, TillEvidenceBar *bars)
{
  const TillIdentityEvidence *identity = &self->identity;
  TillEvidenceBar *margin = &bars[TILL_EVIDENCE_BAR_MARGIN];

  memcpy (bars, self->bars, sizeof self->bars);
  if (self->presence.wide_us != 0 && self->presence.close_us != 0)
    till_evidence_bar_measure (&bars[TILL_EVIDENCE_BAR_LIVE],
                               till_presence_evidence_get_probability (&self->presence, self->captured_us),
                               get_live (self));
  if (self->smile_us != 0)
    till_evidence_bar_measure (&bars[TILL_EVIDENCE_BAR_SMILE], till_smile_challenge_get_level (&self->smile),
                               till_smile_challenge_get_state (&self->smile) == TILL_SMILE_MADE
                                   ? TILL_EVIDENCE_FOR
                                   : TILL_EVIDENCE_OPEN);
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_IDENTITY],
                          till_identity_evidence_get_least_score (identity), TRUE, 1);
  if (self->embedding_us == 0 || identity->candidates == NULL)
    return;
  till_evidence_bar_measure (&bars[TILL_EVIDENCE_BAR_IDENTITY], till_identity_evidence_get_score (identity),
                             till_identity_evidence_get (identity));
  till_evidence_bar_measure (margin, till_identity_evidence_get_margin (identity),
                             till_evidence_bar_judge (margin, till_identity_evidence_get_margin (identity)));
}

TillSighting *
till_evidence_session_sight (const TillEvidenceSession *self)
{
  if (!self->seen)
    return NULL;

  TillSighting *sighting = till_sighting_new ();
  sighting->serial = self->serial;
  sighting->frame = self->frame;
  sighting->captured_us = self->captured_us;
  sighting->done_us = self->done_us;
  sighting->frame_width = self->width;
  sighting->frame_height = self->height;
  sighting->faces = till_faces_ref (self->faces);
  sighting->hint = till_steady_hint_get (&self->hint);
  sighting->face = self->face;
  sighting->alone = till_alone_evidence_get (&self->alone);
  sighting->live = get_live (self);
  sighting->eyes = till_eyes_evidence_get (&self->eyes);
  sighting->identity = till_identity_evidence_get (&self->identity);
  sighting->smile = till_smile_challenge_get_state (&self->smile);
  sighting->smile_level = till_smile_challenge_get_level (&self->smile);
  sighting->customer = g_strdup (till_identity_evidence_get_customer (&self->identity));
  sighting->score = till_identity_evidence_get_score (&self->identity);
  sighting->margin = till_identity_evidence_get_margin (&self->identity);
  sighting->look_alike = till_identity_evidence_is_look_alike (&self->identity);
  sighting->smiles_made = till_smile_challenge_get_made (&self->smile);
  sighting->smiles_wanted = till_smile_challenge_get_wanted (&self->smile);
  fill_bars (self, sighting->bars);
  sighting->first_face_us = self->first_face_us;
  sighting->first_good_us = self->first_good_us;
  sighting->identified_us = self->identified_us;
  sighting->smile_us = self->smile_made_us;
  sighting->smile_seen_us = till_smile_challenge_get_seen_us (&self->smile);
  sighting->enrolment_hint = self->enrolment_hint;
  sighting->enrolment_progress = self->enrolment_progress;
  return sighting;
}

TillEnrolment *
till_evidence_session_take_enrolment (TillEvidenceSession *self)
{
  if (self->enrolment == NULL || !till_enrolment_is_complete (self->enrolment))
    return NULL;
  return g_steal_pointer (&self->enrolment);
}
