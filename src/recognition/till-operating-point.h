/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-identity-curve.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TillOperatingPoint: every threshold recognition decides by, read from data/operating-point.json, where each stands
 * beside the measurement it came from. Immutable, reference-counted.
 */
typedef struct
{
  TillIdentityCurve identity_curve;
  double
      identity_fmr; /* wanted rate of false matches of one attempt, over all the customers it is compared with */
  double identity_margin;   /* least distance to the second best customer */
  double look_alike_margin; /* the same for a customer whose face is known to be close to another's */
  double least_strength;    /* length of the embedding before it was made one: below it, it is anybody's */
  guint identity_frames;    /* frames that must agree */
  guint identity_patience;  /* good frames after which a face that matches nobody is given up */
  double same_face;         /* cosine to the session's first embedding below which it is another person */
  double live_score;        /* least fused probability of being live */
  double live_least;        /* least probability of every single frame that is fused */
  double live_frame_score;  /* least probability of a frame that is paid on, by itself */
  double most_grid;         /* middle of the frames' grids above which the face has a screen's period */
  double most_recurrence;   /* what face and room repeat in common, above which a screen may be before both */
  double most_bands;     /* light that both sides of the face have in common over time, grey levels squared */
  double band_likeness;  /* and the correlation from which on it is one light */
  double most_bezel;     /* grey levels a dark bar beside the face may stand out from both its sides */
  double attack_score;   /* fused probability below which it is an attack */
  guint live_frames;     /* frames to fuse before a decision */
  double live_seconds;   /* frames older than this have no say any more */
  double eyes_closed;    /* p(closed) above which an eye is shut */
  double asleep_seconds; /* both shut this long: asleep */
  double blink_seconds;  /* both shut longer than a blink: not known to be awake */
  double neutral_smile;  /* p(happy) at or below which a frame is neutral */
  double smile_score;    /* p(happy) at or above which a frame smiles */
  double smile_log_odds; /* least rise of those of "happy" above the person's own neutral */
  double smile_widening; /* eye distances the mouth widens by in a smile */
  double resting_smile;  /* p(happy) up to which a face that stays so is at rest */
  double resting_seconds; /* for as long */
  double neutral_seconds; /* neutral must be seen this long after the prompt */
  double smile_seconds;   /* the smile must be held this long */
  double
      now_least_seconds; /* the smile is wanted so long after the neutral face, at random between the two */
  double now_most_seconds;
  double reaction_seconds;       /* nobody reacts sooner */
  double smile_patience_seconds; /* a smile that is wanted comes within this time, or never */
  double growth_seconds;         /* least time from a fifth of the smile to four fifths */
  double shape_step; /* eye distances the upper face's landmarks may move, head apart, from frame to frame */
  double cheek_change;   /* least difference of the cheeks in a smile from the person's own neutral ones */
  double absent_seconds; /* nobody in view this long: the evidence starts anew */
  double hint_seconds;   /* a hint stays at least this long */
  double least_square;   /* px: below it the liveness network guesses */
  double most_fill;      /* side of the face's square over the frame's height: above it the face is cut off */
  double least_sharpness;  /* variance of the Laplacian */
  double least_brightness; /* mean grey */
  double most_brightness;
  double least_contrast;
  double most_side_light;
  double most_clipped; /* share of the face that is too bright for the camera */
  double most_yaw;     /* degrees, either way */
  double most_pitch;
  double most_roll;
  double second_face; /* side of a second face over the first's from which on there are two people */
} TillOperatingPoint;

#define TILL_TYPE_OPERATING_POINT (till_operating_point_get_type ())
GType till_operating_point_get_type (void);

/* %TILL_ERROR_NOT_FOUND, or %TILL_ERROR_INVALID naming the member that is missing or out of range (transfer full). */
TillOperatingPoint *till_operating_point_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
TillOperatingPoint *till_operating_point_ref (TillOperatingPoint *self);
void till_operating_point_unref (TillOperatingPoint *self);

/*
 * The least cosine of a match with one of @bucket customers (0 counts as 1), so that the rate of false matches over all
 * of them stays at identity_fmr: each comparison may take its share of it.
 */
double till_operating_point_identity_score (const TillOperatingPoint *self, guint bucket);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillOperatingPoint, till_operating_point_unref)

G_END_DECLS
