/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drawn-face.h"
#include "recognition/till-face-shape.h"
#include "recognition/till-smile-gauge.h"
#include "recognition/till-smile-growth.h"

#include <math.h>
#include <string.h>

#define FRAME_US (40 * 1000)

static TillFaceShape
take (double x, double y, double size, double widening, double roll)
{
  TillPoint landmarks[TILL_VISION_LANDMARKS];
  TillFaceShape shape;

  drawn_face_fill (landmarks, x, y, size, widening);
  for (guint i = 0; i < TILL_VISION_LANDMARKS; i++)
    {
      double px = (double) landmarks[i].x;
      double py = (double) landmarks[i].y;

      landmarks[i] = (TillPoint){ (float) (px * cos (roll) - py * sin (roll)),
                                  (float) (px * sin (roll) + py * cos (roll)) };
    }
  g_assert_true (till_face_shape_take (&shape, landmarks));
  return shape;
}

/* Where the head is, how near and how tilted makes no difference. */
static void
test_same_shape (void)
{
  TillFaceShape shape = take (100, 100, 200, 0, 0);
  TillFaceShape moved = take (250, 60, 130, 0, 0);
  TillFaceShape tilted = take (100, 100, 200, 0, 0.3);

  g_assert_cmpfloat (till_face_shape_compare (&shape, &moved), <, 1e-4);
  g_assert_cmpfloat (till_face_shape_compare (&shape, &tilted), <, 1e-4);
  g_assert_cmpfloat_with_epsilon (shape.mouth, moved.mouth, 1e-4);
  g_assert_cmpfloat_with_epsilon (shape.mouth, tilted.mouth, 1e-4);
}

static void
test_mouth (void)
{
  TillFaceShape neutral = take (100, 100, 200, 0, 0.1);
  TillFaceShape smile = take (100, 100, 200, 0.15, 0.1);

  g_assert_cmpfloat_with_epsilon (smile.mouth - neutral.mouth, 0.15, 1e-3);
  g_assert_cmpfloat (till_face_shape_compare (&neutral, &smile), <, 1e-4);
}

static void
test_no_shape (void)
{
  TillPoint landmarks[TILL_VISION_LANDMARKS];
  TillFaceShape shape;

  memset (landmarks, 0, sizeof landmarks);
  g_assert_false (till_face_shape_take (&shape, landmarks));
}

static void
test_gauge (void)
{
  TillSmileGauge gauge;

  till_smile_gauge_init (&gauge, 0.1);
  g_assert_cmpfloat (till_smile_gauge_get_rise (&gauge, 1), ==, 0);
  for (guint i = 0; i < 10; i++)
    g_assert_true (till_smile_gauge_rest (&gauge, 0.7 + (i % 2 == 0 ? 0.01 : -0.01)));
  g_assert_cmpfloat_with_epsilon (till_smile_gauge_get_rise (&gauge, 0.8), 1, 0.05);
  g_assert_cmpfloat_with_epsilon (till_smile_gauge_get_rise (&gauge, 0.65), -0.5, 0.05);

  /* It drifts with the face, but not with a smile. */
  for (guint i = 0; i < 200; i++)
    till_smile_gauge_drift (&gauge, 0.8);
  g_assert_cmpfloat_with_epsilon (till_smile_gauge_get_rise (&gauge, 0.8), 1, 0.05);
  for (guint i = 0; i < 200; i++)
    till_smile_gauge_drift (&gauge, 0.73);
  g_assert_cmpfloat_with_epsilon (till_smile_gauge_get_rise (&gauge, 0.73), 0, 0.01);

  /* A mouth that moves begins anew. */
  g_assert_false (till_smile_gauge_rest (&gauge, 0.9));
  g_assert_cmpfloat_with_epsilon (till_smile_gauge_get_rise (&gauge, 0.9), 0, 1e-9);
}

/* Shows the rises @every frames apart, then asks about the last. */
static TillEvidence
judge (const double *rises, guint n, gint64 every_us)
{
  TillSmileGrowth growth;

  till_smile_growth_init (&growth);
  for (guint i = 0; i < n; i++)
    till_smile_growth_add (&growth, rises[i], G_USEC_PER_SEC + i * every_us);
  return till_smile_growth_judge (&growth, rises[n - 1], 80 * 1000);
}

#define JUDGE(every_us, ...)                                                                                 \
  judge ((const double[]){ __VA_ARGS__ }, sizeof ((const double[]){ __VA_ARGS__ }) / sizeof (double),        \
         every_us)

static void
test_growth (void)
{
  /* The quickest of a man's smiles on video. */
  g_assert_cmpint (JUDGE (FRAME_US, 0, -0.06, 0.28, 0.53, 0.85, 0.99, 1.15), ==, TILL_EVIDENCE_FOR);
  /* One that grew out of a smaller smile with more than half of it in one frame, as a cut does: asked for once more. */
  g_assert_cmpint (JUDGE (FRAME_US, 0, -0.11, 0.55, 0.75, 1.14, 1.2), ==, TILL_EVIDENCE_AGAINST);
  /* Ten frames a second. */
  g_assert_cmpint (JUDGE (100 * 1000, 0, 0, 0.3, 0.8, 1.1), ==, TILL_EVIDENCE_FOR);
  /* From one picture to the next, at once or with one blurred between. */
  g_assert_cmpint (JUDGE (FRAME_US, 0, 0, 0, 1.2, 1.2, 1.2), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (JUDGE (FRAME_US, 0, 0, 0.2, 1.2, 1.2, 1.2), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (JUDGE (FRAME_US, 0, 0, 0.3, 1.3, 1.2, 1.2), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (JUDGE (500 * 1000, 0, 0, 1.2, 1.2), ==, TILL_EVIDENCE_AGAINST);
  /* It fell back between: the last time counts. */
  g_assert_cmpint (JUDGE (FRAME_US, 0, 0.3, 0.7, 1, 0, 1, 1), ==, TILL_EVIDENCE_AGAINST);
  /* Nothing seen before it. */
  g_assert_cmpint (JUDGE (FRAME_US, 1, 1, 1), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (JUDGE (FRAME_US, 0.3, 0.5, 0.6, 0.7, 0.9, 1), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (JUDGE (FRAME_US, 0, 0, 0), ==, TILL_EVIDENCE_OPEN);
}

/* Two prints in one place after the other. */
static void
test_growth_of_swaps (void)
{
  TillSmileGrowth slid;

  /* Slid in: the landmarks are lost while the edge passes, and the smile is there when they are found again. */
  till_smile_growth_init (&slid);
  for (guint i = 0; i < 20; i++)
    if (i < 6 || i > 12)
      till_smile_growth_add (&slid, i < 6 ? 0.02 : 1, G_USEC_PER_SEC + i * FRAME_US);
  g_assert_cmpint (till_smile_growth_judge (&slid, 1, 80 * 1000), ==, TILL_EVIDENCE_AGAINST);

  /* Cross-faded over a second: the landmarks stay with one mouth until the other is the stronger. */
  g_assert_cmpint (JUDGE (FRAME_US, 0, 0.01, 0.03, 0.05, 0.08, 0.1, 0.16, 0.86, 0.92, 0.95, 0.98, 1, 1), ==,
                   TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (JUDGE (FRAME_US, 0, 0.03, 0.1, 0.22, 0.75, 0.9, 1, 1), ==, TILL_EVIDENCE_AGAINST);
}

/* In two seconds it is seen; what began longer ago than anything is remembered is not. */
static void
test_slow_growth (void)
{
  double rises[2 * TILL_SMILE_GROWTH_KEPT];
  guint slow = 50;

  for (guint i = 0; i < G_N_ELEMENTS (rises); i++)
    rises[i] = MIN (1.0 * i / slow, 1);
  g_assert_cmpint (judge (rises, slow + 1, FRAME_US), ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (judge (rises, G_N_ELEMENTS (rises), FRAME_US), ==, TILL_EVIDENCE_AGAINST);
}

static void
test_growth_readings (void)
{
  TillSmileGrowth growth;

  till_smile_growth_init (&growth);
  g_assert_cmpint (till_smile_growth_get_onset_us (&growth, 1), ==, 0);
  g_assert_cmpfloat (till_smile_growth_get_most (&growth, 0), ==, 0);
  g_assert_cmpfloat (till_smile_growth_get_at (&growth, 10), ==, 0);
  for (guint i = 0; i <= 10; i++)
    till_smile_growth_add (&growth, 0.1 * i, i * 10);
  till_smile_growth_add (&growth, 0.5, 110);
  g_assert_cmpint (till_smile_growth_get_onset_us (&growth, 1), ==, 20);
  g_assert_cmpfloat_with_epsilon (till_smile_growth_get_at (&growth, 55), 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (till_smile_growth_get_most (&growth, 0), 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (till_smile_growth_get_most (&growth, 105), 0.5, 1e-9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shape/same", test_same_shape);
  g_test_add_func ("/shape/mouth", test_mouth);
  g_test_add_func ("/shape/none", test_no_shape);
  g_test_add_func ("/gauge", test_gauge);
  g_test_add_func ("/growth/judge", test_growth);
  g_test_add_func ("/growth/swaps", test_growth_of_swaps);
  g_test_add_func ("/growth/slow", test_slow_growth);
  g_test_add_func ("/growth/readings", test_growth_readings);

  return g_test_run ();
}
