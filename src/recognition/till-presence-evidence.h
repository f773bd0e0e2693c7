/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-band-evidence.h"
#include "recognition/till-bezel-evidence.h"
#include "recognition/till-liveness-evidence.h"
#include "recognition/till-screen-evidence.h"
#include "vision/till-periodogram.h"

G_BEGIN_DECLS

/* A screen's bands come and go with its refresh and the camera's: they are remembered as long as the looks are fused. */
#define TILL_PRESENCE_EVIDENCE_BANDS_US (3 * G_USEC_PER_SEC)

/* A bezel is covered by hands and leaves the view as it is held: remembered for as long. */
#define TILL_PRESENCE_EVIDENCE_BEZEL_US TILL_PRESENCE_EVIDENCE_BANDS_US

/* A face is looked at for a screen's period this often. */
#define TILL_PRESENCE_EVIDENCE_GRID_US (120 * 1000)

/* A face and the room about it are compared this often, and so many times before they have something in common. */
#define TILL_PRESENCE_EVIDENCE_RECURRENCE_US (120 * 1000)
#define TILL_PRESENCE_EVIDENCE_RECURRENCES   4

/**
 * TillPresenceEvidence: whether a living person is present, by all that speaks for and against it.
 *
 * The liveness network looks twice: at the face with what surrounds it, where the edge of a sheet or a screen shows, and at
 * the face alone, where a screen that fills the view shows; each is fused over frames by itself. Beside them stands
 * the screen evidence. FOR needs all three, no bands of a screen's refresh about the face, no bezel beside it and no period that goes on from
 * the face into the room; AGAINST any one of the three. Pure, but for the periodogram it is lent.
 */
typedef struct
{
  TillLivenessEvidence wide;
  TillLivenessEvidence close;
  TillScreenEvidence screen;
  TillBandEvidence bands;
  double recurrence; /* as the periodogram has it */
  guint recurrences; /* looks it rests on, 0 if no picture was shown */
  gint64 recurrence_us;
  TillBezelEvidence bezel;
  gint64 bezel_us; /* capture time of the newest frame with a bezel, 0 for none */
  gint64 bands_us; /* the same with bands */
  gint64 wide_us;  /* capture time of the newest frame each was measured in, 0 for none */
  gint64 close_us;
  gint64 grid_us;
} TillPresenceEvidence;

void till_presence_evidence_init (TillPresenceEvidence *self, const TillOperatingPoint *point);

/* Takes in what of it was measured of a face that passed the quality gate. */
void till_presence_evidence_add (TillPresenceEvidence *self, const TillFace *face, gint64 captured_us);

/*
 * The same frame's picture: for bands of light, for a bezel, and for what face and room repeat in common, which @periodogram gathers:
 * it is to be reset when the evidence is. Cheap, and cheaper until the next look is due.
 */
void till_presence_evidence_look (TillPresenceEvidence *self,
                                  TillPeriodogram *periodogram,
                                  TillFrame *frame,
                                  const TillBox *square);

/* What the frames up to @now_us say. */
TillEvidence till_presence_evidence_get (const TillPresenceEvidence *self, gint64 now_us);

/* The lesser of the two looks' fused probabilities, 0.5 without frames. */
double till_presence_evidence_get_probability (const TillPresenceEvidence *self, gint64 now_us);

/* Enough was seen, and it is still neither: the light is to blame more often than not. */
gboolean till_presence_evidence_is_undecided (const TillPresenceEvidence *self, gint64 now_us);

/* TRUE if both looks were taken in this very frame, and neither sees a picture. */
gboolean till_presence_evidence_frame_holds (const TillPresenceEvidence *self, const TillFace *face);

/*
 * What to measure in a frame captured at @captured_us: the looks take turns, every frame while it is not decided, later
 * every @recheck_us each. @decides: the frame is paid on and gets both.
 */
TillVisionWanted till_presence_evidence_want (const TillPresenceEvidence *self,
                                              gint64 captured_us,
                                              gint64 recheck_us,
                                              gboolean decides);

G_END_DECLS
