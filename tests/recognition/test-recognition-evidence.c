/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-alone-evidence.h"
#include "recognition/till-continuity.h"
#include "recognition/till-eyes-evidence.h"
#include "recognition/till-liveness-evidence.h"
#include "recognition/till-quality-gate.h"
#include "recognition/till-steady-hint.h"

#include <string.h>

#define FRAME_US (40 * 1000)

static const TillOperatingPoint point = {
  .same_face = 0.3,
  .live_score = 0.6,
  .attack_score = 0.25,
  .live_frames = 5,
  .live_seconds = 2,
  .eyes_closed = 0.6,
  .asleep_seconds = 1.5,
  .blink_seconds = 0.6,
  .absent_seconds = 1,
  .hint_seconds = 1,
  .least_square = 120,
  .most_fill = 0.9,
  .least_sharpness = 20,
  .least_brightness = 40,
  .most_brightness = 220,
  .least_contrast = 15,
  .most_side_light = 0.4,
  .most_clipped = 0.05,
  .most_yaw = 25,
  .most_pitch = 20,
  .most_roll = 15,
  .second_face = 0.5,
};

static TillEvidence
add_others (TillAloneEvidence *alone, double other, guint frames)
{
  for (guint i = 0; i < frames; i++)
    till_alone_evidence_add (alone, 200, other);
  return till_alone_evidence_get (alone);
}

static void
test_alone (void)
{
  TillAloneEvidence alone;

  till_alone_evidence_init (&alone, &point);
  g_assert_cmpint (till_alone_evidence_get (&alone), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_others (&alone, 0, 1), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_others (&alone, 0, 1), ==, TILL_EVIDENCE_FOR);
  /* Somebody passing far behind. */
  g_assert_cmpint (add_others (&alone, 99, 50), ==, TILL_EVIDENCE_FOR);
  /* A pattern taken for a face, once. */
  g_assert_cmpint (add_others (&alone, 100, 1), ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (add_others (&alone, 0, 1), ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (add_others (&alone, 100, 2), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (add_others (&alone, 0, TILL_ALONE_EVIDENCE_ALONE - 1), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (add_others (&alone, 0, 1), ==, TILL_EVIDENCE_FOR);
}

static void
test_alone_larger (void)
{
  TillAloneEvidence alone;

  till_alone_evidence_init (&alone, &point);
  g_assert_cmpint (add_others (&alone, 300, 2), ==, TILL_EVIDENCE_AGAINST);
}

static TillFace
make_good_face (void)
{
  TillFace face = {
    .measured = TILL_QUALITY_GATE_WANTED,
    .box = { .x = 100, .y = 100, .width = 150, .height = 200 },
    .quality = { .size = 200, .sharpness = 100, .brightness = 120, .contrast = 50, .side_light = 0.1f },
  };

  return face;
}

static void
test_gate (void)
{
  TillFace face = make_good_face ();
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_NONE);

  face.quality.size = 119;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_CLOSER);

  face = make_good_face ();
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 220), ==, TILL_HINT_BACK);

  face.quality.brightness = 39;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_LIGHT);
  face.quality.brightness = 221;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_LIGHT);
  face = make_good_face ();
  face.quality.contrast = 14;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_LIGHT);
  face = make_good_face ();
  face.quality.side_light = 0.5f;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_LIGHT);
  face = make_good_face ();
  face.quality.clipped = 0.04f;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_NONE);
  face.quality.clipped = 0.06f;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_LIGHT);

  face = make_good_face ();
  face.quality.sharpness = 19;
  face.pose.yaw = 40;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_STILL);
  face.quality.sharpness = 21;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_FACE_CAMERA);
  face.pose.yaw = -26;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_FACE_CAMERA);
  face.pose.yaw = 0;
  face.pose.pitch = -21;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_FACE_CAMERA);
  face.pose.pitch = 0;
  face.pose.roll = 16;
  g_assert_cmpint (till_quality_gate_judge (&point, &face, 480), ==, TILL_HINT_FACE_CAMERA);
}

static TillHint
hint_for (TillSteadyHint *steady, TillHint hint, guint frames, gint64 *now_us)
{
  for (guint i = 0; i < frames; i++)
    {
      *now_us += FRAME_US;
      till_steady_hint_add (steady, hint, *now_us);
    }
  return till_steady_hint_get (steady);
}

static void
test_hint_settles (void)
{
  TillSteadyHint steady;
  gint64 now_us = G_USEC_PER_SEC;

  till_steady_hint_init (&steady, &point);
  g_assert_cmpint (hint_for (&steady, TILL_HINT_CLOSER, 2, &now_us), ==, TILL_HINT_NONE);
  g_assert_cmpint (hint_for (&steady, TILL_HINT_CLOSER, 10, &now_us), ==, TILL_HINT_CLOSER);
  /* It can be read before it goes, although it was mended at once. */
  g_assert_cmpint (hint_for (&steady, TILL_HINT_NONE, 12, &now_us), ==, TILL_HINT_CLOSER);
  g_assert_cmpint (hint_for (&steady, TILL_HINT_NONE, 25, &now_us), ==, TILL_HINT_NONE);
}

static void
test_hint_does_not_flicker (void)
{
  TillSteadyHint steady;
  gint64 now_us = G_USEC_PER_SEC;
  guint changes = 0;
  TillHint shown = TILL_HINT_NONE;

  till_steady_hint_init (&steady, &point);
  for (guint i = 0; i < 250; i++)
    {
      TillHint next = hint_for (&steady, i % 2 == 0 ? TILL_HINT_LIGHT : TILL_HINT_NONE, 1, &now_us);

      changes += next != shown;
      shown = next;
    }
  g_assert_cmpuint (changes, ==, 0);

  /* Ten seconds of two hints by turns: never faster than one a second, and the first hint does not stay for ever. */
  hint_for (&steady, TILL_HINT_CLOSER, 30, &now_us);
  shown = till_steady_hint_get (&steady);
  g_assert_cmpint (shown, ==, TILL_HINT_CLOSER);
  for (guint i = 0; i < 250; i++)
    {
      TillHint next = hint_for (&steady, i % 2 == 0 ? TILL_HINT_LIGHT : TILL_HINT_STILL, 1, &now_us);

      changes += next != shown;
      shown = next;
    }
  g_assert_cmpint (shown, !=, TILL_HINT_CLOSER);
  g_assert_cmpuint (changes, >=, 1);
  g_assert_cmpuint (changes, <=, 10);
}

static TillEvidence
add_live (TillLivenessEvidence *liveness, double live, guint frames, gint64 *now_us)
{
  for (guint i = 0; i < frames; i++)
    {
      *now_us += FRAME_US;
      till_liveness_evidence_add (liveness, live, *now_us);
    }
  return till_liveness_evidence_get (liveness, *now_us);
}

static void
test_liveness (void)
{
  TillLivenessEvidence liveness;
  gint64 now_us = G_USEC_PER_SEC;

  till_liveness_evidence_init (&liveness, &point);
  g_assert_cmpfloat (till_liveness_evidence_get_probability (&liveness, now_us, NULL), ==, 0.5);
  g_assert_cmpint (add_live (&liveness, 0.99, 4, &now_us), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_live (&liveness, 0.99, 1, &now_us), ==, TILL_EVIDENCE_FOR);
  /* One bad frame does not make a customer a photograph. */
  g_assert_cmpint (add_live (&liveness, 0, 1, &now_us), ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (add_live (&liveness, 0.01, TILL_LIVENESS_EVIDENCE_WINDOW, &now_us), ==,
                   TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (add_live (&liveness, 0.99, 3, &now_us), ==, TILL_EVIDENCE_AGAINST);
}

static void
test_liveness_attack (void)
{
  TillLivenessEvidence liveness;
  gint64 now_us = G_USEC_PER_SEC;

  /* One lucky frame in four. */
  till_liveness_evidence_init (&liveness, &point);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpint (add_live (&liveness, i % 4 == 3 ? 1.0 : 0.02, 1, &now_us), !=, TILL_EVIDENCE_FOR);
  g_assert_cmpint (till_liveness_evidence_get (&liveness, now_us), ==, TILL_EVIDENCE_AGAINST);
}

/* Attack is said later than live: nothing is lost by waiting, and a customer by not waiting. */
static void
test_liveness_slow_to_accuse (void)
{
  TillLivenessEvidence liveness;
  gint64 now_us = G_USEC_PER_SEC;

  till_liveness_evidence_init (&liveness, &point);
  g_assert_cmpint (add_live (&liveness, 0.01, 9, &now_us), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_live (&liveness, 0.01, 1, &now_us), ==, TILL_EVIDENCE_AGAINST);
}

static void
test_liveness_undecided (void)
{
  TillLivenessEvidence liveness;
  gint64 now_us = G_USEC_PER_SEC;

  till_liveness_evidence_init (&liveness, &point);
  add_live (&liveness, 0.44, 9, &now_us);
  g_assert_false (till_liveness_evidence_is_undecided (&liveness, now_us));
  add_live (&liveness, 0.44, 1, &now_us);
  g_assert_true (till_liveness_evidence_is_undecided (&liveness, now_us));
  g_assert_cmpint (till_liveness_evidence_get (&liveness, now_us), ==, TILL_EVIDENCE_OPEN);
}

static void
test_liveness_ages (void)
{
  TillLivenessEvidence liveness;
  gint64 now_us = G_USEC_PER_SEC;

  till_liveness_evidence_init (&liveness, &point);
  g_assert_cmpint (add_live (&liveness, 0.99, 16, &now_us), ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (till_liveness_evidence_get (&liveness, now_us + 3 * G_USEC_PER_SEC), ==,
                   TILL_EVIDENCE_OPEN);
}

static TillEvidence
add_eyes (TillEyesEvidence *eyes, float left, float right, gboolean smiling, guint frames, gint64 *now_us)
{
  const float closed[2] = { left, right };

  for (guint i = 0; i < frames; i++)
    {
      *now_us += FRAME_US;
      till_eyes_evidence_add (eyes, closed, smiling, *now_us);
    }
  return till_eyes_evidence_get (eyes);
}

static void
test_eyes_blink (void)
{
  TillEyesEvidence eyes;
  gint64 now_us = G_USEC_PER_SEC;

  till_eyes_evidence_init (&eyes, &point);
  g_assert_cmpint (till_eyes_evidence_get (&eyes), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_eyes (&eyes, 0.1f, 0, FALSE, TILL_EYES_EVIDENCE_OPEN, &now_us), ==, TILL_EVIDENCE_FOR);
  for (guint i = 0; i < 30; i++)
    {
      g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.95f, FALSE, 8, &now_us), ==, TILL_EVIDENCE_FOR);
      g_assert_cmpint (add_eyes (&eyes, 0.1f, 0, FALSE, TILL_EYES_EVIDENCE_OPEN, &now_us), ==,
                       TILL_EVIDENCE_FOR);
    }
}

static void
test_eyes_sleep (void)
{
  TillEyesEvidence eyes;
  gint64 now_us = G_USEC_PER_SEC;

  till_eyes_evidence_init (&eyes, &point);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 37, &now_us), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 2, &now_us), ==, TILL_EVIDENCE_AGAINST);
  /* One frame the network got wrong wakes nobody. */
  g_assert_cmpint (add_eyes (&eyes, 0.1f, 0.1f, FALSE, 1, &now_us), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 1, &now_us), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (add_eyes (&eyes, 0.1f, 0.1f, FALSE, TILL_EYES_EVIDENCE_OPEN, &now_us), ==,
                   TILL_EVIDENCE_FOR);
}

/* A sleeper's lids were taken for open eyes: believed, but not for long. */
static void
test_eyes_mistaken (void)
{
  TillEyesEvidence eyes;
  gint64 now_us = 0;

  till_eyes_evidence_init (&eyes, &point);
  g_assert_cmpint (add_eyes (&eyes, 0.2f, 0.2f, FALSE, TILL_EYES_EVIDENCE_OPEN, &now_us), ==,
                   TILL_EVIDENCE_FOR);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 15, &now_us), ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 1, &now_us), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_eyes (&eyes, 0.2f, 0.2f, FALSE, TILL_EYES_EVIDENCE_OPEN - 1, &now_us), ==,
                   TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 30, &now_us), ==, TILL_EVIDENCE_AGAINST);
}

static void
test_eyes_noisy_sleep (void)
{
  TillEyesEvidence eyes;
  gint64 now_us = G_USEC_PER_SEC;

  till_eyes_evidence_init (&eyes, &point);
  for (guint i = 0; i < 10; i++)
    {
      add_eyes (&eyes, 0.9f, 0.9f, FALSE, 4, &now_us);
      g_assert_cmpint (add_eyes (&eyes, 0.2f, 0.2f, FALSE, 1, &now_us), !=, TILL_EVIDENCE_FOR);
    }
  g_assert_cmpint (till_eyes_evidence_get (&eyes), ==, TILL_EVIDENCE_AGAINST);
}

static void
test_eyes_wink (void)
{
  TillEyesEvidence eyes;
  gint64 now_us = G_USEC_PER_SEC;

  till_eyes_evidence_init (&eyes, &point);
  /* One eye clearly open is open; one that is hardly so says nothing. */
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.5f, FALSE, 100, &now_us), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.1f, FALSE, TILL_EYES_EVIDENCE_OPEN, &now_us), ==,
                   TILL_EVIDENCE_FOR);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.1f, FALSE, 100, &now_us), ==, TILL_EVIDENCE_FOR);
}

static void
test_eyes_narrowed_by_smile (void)
{
  TillEyesEvidence eyes;
  gint64 now_us = G_USEC_PER_SEC;

  till_eyes_evidence_init (&eyes, &point);
  add_eyes (&eyes, 0.1f, 0.1f, FALSE, TILL_EYES_EVIDENCE_OPEN, &now_us);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, TRUE, 100, &now_us), ==, TILL_EVIDENCE_FOR);

  /* A sleeper who is taken to smile for a moment is asleep none the less. */
  add_eyes (&eyes, 0.9f, 0.9f, FALSE, 20, &now_us);
  add_eyes (&eyes, 0.9f, 0.9f, TRUE, 20, &now_us);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 17, &now_us), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 2, &now_us), ==, TILL_EVIDENCE_AGAINST);
}

/* Somebody who looked down at the keys. */
static void
test_eyes_forgiven (void)
{
  TillEyesEvidence eyes;
  gint64 now_us = G_USEC_PER_SEC;

  till_eyes_evidence_init (&eyes, &point);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 100, &now_us), ==, TILL_EVIDENCE_AGAINST);
  till_eyes_evidence_forgive (&eyes, now_us);
  g_assert_cmpint (till_eyes_evidence_get (&eyes), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 37, &now_us), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (add_eyes (&eyes, 0.9f, 0.9f, FALSE, 1, &now_us), ==, TILL_EVIDENCE_AGAINST);

  /* Who was awake stays so. */
  add_eyes (&eyes, 0.1f, 0.1f, FALSE, TILL_EYES_EVIDENCE_OPEN, &now_us);
  till_eyes_evidence_forgive (&eyes, now_us);
  g_assert_cmpint (till_eyes_evidence_get (&eyes), ==, TILL_EVIDENCE_FOR);
}

static const TillBox here = { .x = 100, .y = 100, .width = 80, .height = 100 };
static const TillBox near_by = { .x = 130, .y = 110, .width = 90, .height = 115 };
static const TillBox elsewhere = { .x = 300, .y = 100, .width = 80, .height = 100 };
static const TillBox huge = { .x = 60, .y = 30, .width = 170, .height = 220 };

static TillContinuityStep
follow (TillContinuity *continuity, const TillBox *box, gint64 now_us)
{
  guint subject = 0;

  return till_continuity_follow (continuity, box, box != NULL ? 1 : 0, now_us, &subject);
}

static void
test_continuity_follows (void)
{
  TillContinuity continuity;
  gint64 now_us = G_USEC_PER_SEC;

  till_continuity_init (&continuity, &point);
  g_assert_cmpint (follow (&continuity, NULL, now_us), ==, TILL_CONTINUITY_NOBODY);
  g_assert_cmpint (follow (&continuity, &here, now_us += FRAME_US), ==, TILL_CONTINUITY_NEW);
  g_assert_cmpint (follow (&continuity, &near_by, now_us += FRAME_US), ==, TILL_CONTINUITY_SAME);
  /* The detector looks away for some frames. */
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (follow (&continuity, NULL, now_us += FRAME_US), ==, TILL_CONTINUITY_NOBODY);
  g_assert_cmpint (follow (&continuity, &here, now_us += FRAME_US), ==, TILL_CONTINUITY_SAME);
}

static void
test_continuity_leaves (void)
{
  TillContinuity continuity;
  gint64 now_us = G_USEC_PER_SEC;

  till_continuity_init (&continuity, &point);
  follow (&continuity, &here, now_us);
  g_assert_cmpint (follow (&continuity, NULL, now_us + 900 * 1000), ==, TILL_CONTINUITY_NOBODY);
  g_assert_cmpint (follow (&continuity, NULL, now_us + 1100 * 1000), ==, TILL_CONTINUITY_GONE);
  g_assert_cmpint (follow (&continuity, NULL, now_us + 1200 * 1000), ==, TILL_CONTINUITY_NOBODY);
  g_assert_cmpint (follow (&continuity, &here, now_us + 1300 * 1000), ==, TILL_CONTINUITY_NEW);
  /* Nobody looked for a while: whoever is there now may be anybody. */
  g_assert_cmpint (follow (&continuity, &here, now_us + 2500 * 1000), ==, TILL_CONTINUITY_NEW);
}

static void
test_continuity_jumps (void)
{
  TillContinuity continuity;
  gint64 now_us = G_USEC_PER_SEC;

  till_continuity_init (&continuity, &point);
  follow (&continuity, &here, now_us);
  g_assert_cmpint (follow (&continuity, &elsewhere, now_us += FRAME_US), ==, TILL_CONTINUITY_UNSURE);
  g_assert_cmpint (follow (&continuity, &here, now_us += FRAME_US), ==, TILL_CONTINUITY_SAME);
  g_assert_cmpint (follow (&continuity, &elsewhere, now_us += FRAME_US), ==, TILL_CONTINUITY_UNSURE);
  g_assert_cmpint (follow (&continuity, &elsewhere, now_us += FRAME_US), ==, TILL_CONTINUITY_NEW);
  g_assert_cmpint (follow (&continuity, &elsewhere, now_us += FRAME_US), ==, TILL_CONTINUITY_SAME);

  /* A picture held before the face: in the same place, twice the size. */
  follow (&continuity, &here, now_us += 2 * G_USEC_PER_SEC);
  g_assert_cmpint (follow (&continuity, &huge, now_us += FRAME_US), ==, TILL_CONTINUITY_UNSURE);
  g_assert_cmpint (follow (&continuity, &huge, now_us += FRAME_US), ==, TILL_CONTINUITY_NEW);
}

static void
test_continuity_larger_newcomer (void)
{
  TillContinuity continuity;
  const TillBox both[2] = { elsewhere, here };
  guint subject = 0;

  till_continuity_init (&continuity, &point);
  follow (&continuity, &here, G_USEC_PER_SEC);
  g_assert_cmpint (till_continuity_follow (&continuity, both, 2, G_USEC_PER_SEC + FRAME_US, &subject), ==,
                   TILL_CONTINUITY_SAME);
  g_assert_cmpuint (subject, ==, 1);
}

static void
test_continuity_swap (void)
{
  TillContinuity continuity;
  float first[TILL_VISION_EMBEDDING] = { 1 };
  float like[TILL_VISION_EMBEDDING] = { 0.8f, 0.6f };
  float other[TILL_VISION_EMBEDDING] = { 0.1f, 0.99499f };
  const float wiped[TILL_VISION_EMBEDDING] = { 0 };

  till_continuity_init (&continuity, &point);
  follow (&continuity, &here, G_USEC_PER_SEC);
  g_assert_true (till_continuity_recognise (&continuity, first));
  g_assert_true (till_continuity_recognise (&continuity, like));
  g_assert_false (till_continuity_recognise (&continuity, other));
  /* The newcomer is now the one to stay. */
  g_assert_true (till_continuity_recognise (&continuity, other));
  g_assert_false (till_continuity_recognise (&continuity, first));

  till_continuity_clear (&continuity);
  g_assert_cmpint (memcmp (continuity.first, wiped, sizeof continuity.first), ==, 0);
  g_assert_true (till_continuity_recognise (&continuity, other));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alone/counts-frames", test_alone);
  g_test_add_func ("/alone/larger", test_alone_larger);
  g_test_add_func ("/quality-gate/order", test_gate);
  g_test_add_func ("/hint/settles", test_hint_settles);
  g_test_add_func ("/hint/does-not-flicker", test_hint_does_not_flicker);
  g_test_add_func ("/liveness/fused", test_liveness);
  g_test_add_func ("/liveness/attack", test_liveness_attack);
  g_test_add_func ("/liveness/slow-to-accuse", test_liveness_slow_to_accuse);
  g_test_add_func ("/liveness/undecided", test_liveness_undecided);
  g_test_add_func ("/liveness/ages", test_liveness_ages);
  g_test_add_func ("/eyes/blink", test_eyes_blink);
  g_test_add_func ("/eyes/sleep", test_eyes_sleep);
  g_test_add_func ("/eyes/noisy-sleep", test_eyes_noisy_sleep);
  g_test_add_func ("/eyes/mistaken", test_eyes_mistaken);
  g_test_add_func ("/eyes/wink", test_eyes_wink);
  g_test_add_func ("/eyes/narrowed-by-smile", test_eyes_narrowed_by_smile);
  g_test_add_func ("/eyes/forgiven", test_eyes_forgiven);
  g_test_add_func ("/continuity/follows", test_continuity_follows);
  g_test_add_func ("/continuity/leaves", test_continuity_leaves);
  g_test_add_func ("/continuity/jumps", test_continuity_jumps);
  g_test_add_func ("/continuity/larger-newcomer", test_continuity_larger_newcomer);
  g_test_add_func ("/continuity/swap", test_continuity_swap);

  return g_test_run ();
}
