/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-gallery.h"
#include "recognition/till-analysis-plan.h"
#include "recognition/till-operating-point.h"
#include "recognition/till-random-delay.h"
#include "recognition/till-recognizer-purpose.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/**
 * TillEvidenceSession: all the evidence about one customer, frame after frame. It says what to measure in the next
 * frame, takes in what was measured, and says what it all amounts to.
 *
 * When the customer leaves or another face takes their place, the evidence starts anew; that a smile was prompted
 * stays. Pure: no thread, and time is the frames' own, or given. Wiped when freed.
 */
typedef struct _TillEvidenceSession TillEvidenceSession;

/* @begun_us: frames captured before this belong to nobody's session and are to be left out. */
TillEvidenceSession *till_evidence_session_new (guint serial,
                                                TillRecognizerPurpose purpose,
                                                TillOperatingPoint *point,
                                                gint64 begun_us) G_GNUC_WARN_UNUSED_RESULT;
void till_evidence_session_free (TillEvidenceSession *self);

gint64 till_evidence_session_get_begun_us (const TillEvidenceSession *self);

/* Whom to look for (nullable) (transfer none). @now_us becomes the milestone if that identifies the customer. */
void till_evidence_session_set_candidates (TillEvidenceSession *self, TillGallery *candidates, gint64 now_us);

/* Frames captured after @prompted_us are looked at for neutral, then a smile, @smiles times. */
void till_evidence_session_prompt_smile (TillEvidenceSession *self, guint smiles, gint64 prompted_us);

/* In place of libsodium's random moments to smile at. @data must outlive the session. */
void till_evidence_session_set_delay (TillEvidenceSession *self, TillRandomDelay draw, gpointer data);

void till_evidence_session_plan (const TillEvidenceSession *self, gint64 captured_us, TillAnalysisPlan *plan);

/* The customer's face in the newest frame, with its landmarks, to be followed; NULL if it can't (transfer none). */
const TillFace *till_evidence_session_get_subject (const TillEvidenceSession *self);

/* Takes in the @faces of @frame, which were known at @done_us. */
void
till_evidence_session_add (TillEvidenceSession *self, TillFrame *frame, TillFaces *faces, gint64 done_us);

/* What is known by now, NULL before the first frame (transfer full). */
TillSighting *till_evidence_session_sight (const TillEvidenceSession *self);

/* The enrolment once it is complete, and only once (transfer full) (nullable). */
TillEnrolment *till_evidence_session_take_enrolment (TillEvidenceSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillEvidenceSession, till_evidence_session_free)

G_END_DECLS
