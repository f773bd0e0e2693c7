/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-identity-evidence.h"

#include <math.h>
#include <string.h>

static const TillOperatingPoint point = {
  .identity_curve = { 2, { { 1e-4, 0.418, 0.0136 }, { 1e-5, 0.477, 0.0257 } } },
  .identity_fmr = 1e-5,
  .identity_margin = 0.08,
  .look_alike_margin = 0.2,
  .least_strength = 2.9,
  .identity_frames = 3,
  .identity_patience = 20,
};

/* Person N's template is the Nth unit vector; no frame is like a person above 99. */
static TillCustomer *
make_customer (const char *id, guint person)
{
  g_autoptr (GError) error = NULL;
  float template[TILL_VISION_EMBEDDING] = { 0 };

  template[person] = 1;
  TillCustomer *customer = till_customer_new (id, id, "1234", "cus_1", "consent_1", template, 1, 1, &error);
  g_assert_no_error (error);
  return customer;
}

static TillGallery *
make_gallery (guint n)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("customer_%u", i);

      g_ptr_array_add (customers, make_customer (id, i));
    }
  return till_gallery_new (customers);
}

/* A frame with these cosines to the first two people. */
static void
add_frames (TillIdentityEvidence *identity, double first, double second, guint frames)
{
  float embedding[TILL_VISION_EMBEDDING] = { 0 };

  embedding[0] = (float) first;
  embedding[1] = (float) second;
  embedding[100] = (float) sqrt (1 - first * first - second * second);
  for (guint i = 0; i < frames; i++)
    till_identity_evidence_add (identity, embedding, 3);
}

typedef struct
{
  TillIdentityEvidence identity;
  TillGallery *gallery;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  till_identity_evidence_init (&fixture->identity, &point);
  fixture->gallery = make_gallery (2);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  till_identity_evidence_clear (&fixture->identity);
  till_gallery_unref (fixture->gallery);
}

static void
test_agreeing (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  add_frames (identity, 0.7, 0.1, 2);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  g_assert_null (till_identity_evidence_get_customer (identity));
  add_frames (identity, 0.7, 0.1, 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_FOR);
  g_assert_cmpstr (till_identity_evidence_get_customer (identity), ==, "customer_0");
  g_assert_cmpfloat_with_epsilon (till_identity_evidence_get_score (identity), 0.7, 1e-3);
  g_assert_cmpfloat_with_epsilon (till_identity_evidence_get_margin (identity), 0.6, 1e-3);
}

static void
test_late_candidates (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  add_frames (identity, 0.7, 0.1, 30);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpfloat (till_identity_evidence_get_score (identity), ==, -1);
  g_assert_cmpfloat (till_identity_evidence_get_margin (identity), ==, 2);
  till_identity_evidence_set_candidates (identity, fixture->gallery);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_FOR);
  till_identity_evidence_set_candidates (identity, NULL);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  g_assert_null (till_identity_evidence_get_customer (identity));
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  add_frames (identity, 0.47, 0.1, point.identity_patience - 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  add_frames (identity, 0.47, 0.1, 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_AGAINST);
}

/* An empty bucket must not be told from a full one by when it answers. */
static void
test_empty_gallery (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;
  g_autoptr (TillGallery) empty = make_gallery (0);

  till_identity_evidence_set_candidates (identity, empty);
  add_frames (identity, 0.9, 0.1, point.identity_patience - 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  add_frames (identity, 0.9, 0.1, 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpfloat (till_identity_evidence_get_score (identity), ==, -1);
}

static void
test_look_alike (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  add_frames (identity, 0.6, 0.55, 30);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_AGAINST);
}

static void
test_disagreeing (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  add_frames (identity, 0.7, 0.1, 3);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_FOR);
  add_frames (identity, 0.1, 0.7, 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  g_assert_null (till_identity_evidence_get_customer (identity));
}

/* Who looked down while typing is not turned away for it. */
static void
test_patience_starts_with_candidates (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  add_frames (identity, 0.3, 0.1, 50);
  till_identity_evidence_set_candidates (identity, fixture->gallery);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  add_frames (identity, 0.3, 0.1, point.identity_patience - 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  add_frames (identity, 0.3, 0.1, 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_AGAINST);
}

/* Nor is a customer who was known and turns aside for a moment. */
static void
test_patience_starts_again (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  add_frames (identity, 0.7, 0.1, 100);
  add_frames (identity, 0.3, 0.1, TILL_IDENTITY_EVIDENCE_KEPT / 2);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_FOR);
  add_frames (identity, 0.3, 0.1, point.identity_patience - 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  add_frames (identity, 0.3, 0.1, 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_AGAINST);
}

/* A few lucky frames among many that are not: no customer. */
static void
test_lucky_frames (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  for (guint i = 0; i < 20; i++)
    {
      add_frames (identity, 0.5, 0.1, 1);
      g_assert_cmpint (till_identity_evidence_get (identity), !=, TILL_EVIDENCE_FOR);
      add_frames (identity, 0.3, 0.1, 2);
    }
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_AGAINST);
}

static void
test_late_good_frames (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  add_frames (identity, 0.4, 0.1, point.identity_patience);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_AGAINST);
  add_frames (identity, 0.7, 0.1, TILL_IDENTITY_EVIDENCE_KEPT / 2);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_FOR);
}

/* A customer marked as somebody's double needs more distance from them. */
static void
test_marked (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
  g_autoptr (TillCustomer) plain = make_customer ("customer_0", 0);

  g_ptr_array_add (customers, till_customer_with_look_alike (plain, TRUE));
  g_ptr_array_add (customers, make_customer ("customer_1", 1));
  g_autoptr (TillGallery) gallery = till_gallery_new (customers);

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  add_frames (identity, 0.7, 0.55, 4);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_FOR);
  g_assert_false (till_identity_evidence_is_look_alike (identity));
  till_identity_evidence_set_candidates (identity, gallery);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  g_assert_true (till_identity_evidence_is_look_alike (identity));
  add_frames (identity, 0.7, 0.45, 4);
  g_assert_cmpstr (till_identity_evidence_get_customer (identity), ==, "customer_0");
  g_assert_false (till_identity_evidence_is_look_alike (identity));
  /* The other one is not marked. */
  till_identity_evidence_restart (identity);
  add_frames (identity, 0.55, 0.7, 4);
  g_assert_cmpstr (till_identity_evidence_get_customer (identity), ==, "customer_1");
}

/* A stranger who is like nobody in particular is no double. */
static void
test_no_look_alike (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  add_frames (identity, 0.3, 0.29, 16);
  g_assert_false (till_identity_evidence_is_look_alike (identity));
  add_frames (identity, 0.6, 0.58, 7);
  g_assert_false (till_identity_evidence_is_look_alike (identity));
  add_frames (identity, 0.6, 0.58, 1);
  g_assert_true (till_identity_evidence_is_look_alike (identity));
}

/* Embeddings that are anybody's say nothing of anybody, but are not waited with for ever. */
static void
test_weak (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;
  const float embedding[TILL_VISION_EMBEDDING] = { 1 };

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  for (guint i = 0; i < point.identity_patience; i++)
    {
      g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
      till_identity_evidence_add (identity, embedding, 2.8);
    }
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_AGAINST);
  g_assert_false (till_identity_evidence_has_enough (identity));
}

/* The more there are to be mistaken for, the surer it must be. */
static void
test_bucket (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;
  g_autoptr (TillGallery) one = make_gallery (1);
  g_autoptr (TillGallery) ten = make_gallery (10);

  till_identity_evidence_set_candidates (identity, one);
  add_frames (identity, 0.5, 0.1, 4);
  g_assert_cmpfloat_with_epsilon (till_identity_evidence_get_least_score (identity), 0.477, 1e-9);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_FOR);
  g_assert_true (till_identity_evidence_newest_agrees (identity));
  till_identity_evidence_set_candidates (identity, ten);
  g_assert_cmpfloat_with_epsilon (till_identity_evidence_get_least_score (identity), 0.536, 1e-9);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  g_assert_false (till_identity_evidence_newest_agrees (identity));
}

/* What all say is not what one says. */
static void
test_newest (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;

  g_assert_false (till_identity_evidence_newest_agrees (identity));
  till_identity_evidence_set_candidates (identity, fixture->gallery);
  add_frames (identity, 0.7, 0.1, 6);
  g_assert_true (till_identity_evidence_newest_agrees (identity));
  add_frames (identity, 0.3, 0.1, 1);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_FOR);
  g_assert_false (till_identity_evidence_newest_agrees (identity));
}

static void
test_wiped (Fixture *fixture, gconstpointer data)
{
  TillIdentityEvidence *identity = &fixture->identity;
  g_autofree char *zeroes = g_malloc0 (sizeof identity->frames);

  till_identity_evidence_set_candidates (identity, fixture->gallery);
  add_frames (identity, 0.7, 0.1, 8);
  till_identity_evidence_restart (identity);
  g_assert_cmpint (till_identity_evidence_get (identity), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (memcmp (identity->frames, zeroes, sizeof identity->frames), ==, 0);

  /* The candidates stay: the digits were typed, whoever stands there. */
  add_frames (identity, 0.1, 0.7, 3);
  g_assert_cmpstr (till_identity_evidence_get_customer (identity), ==, "customer_1");
  till_identity_evidence_clear (identity);
  g_assert_null (identity->candidates);
  g_assert_cmpint (memcmp (identity->frames, zeroes, sizeof identity->frames), ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/identity/agreeing", test_agreeing);
  ADD ("/identity/late-candidates", test_late_candidates);
  ADD ("/identity/unknown", test_unknown);
  ADD ("/identity/empty-gallery", test_empty_gallery);
  ADD ("/identity/look-alike", test_look_alike);
  ADD ("/identity/disagreeing", test_disagreeing);
  ADD ("/identity/patience-starts-with-candidates", test_patience_starts_with_candidates);
  ADD ("/identity/patience-starts-again", test_patience_starts_again);
  ADD ("/identity/lucky-frames", test_lucky_frames);
  ADD ("/identity/late-good-frames", test_late_good_frames);
  ADD ("/identity/marked", test_marked);
  ADD ("/identity/no-look-alike", test_no_look_alike);
  ADD ("/identity/weak", test_weak);
  ADD ("/identity/bucket", test_bucket);
  ADD ("/identity/newest", test_newest);
  ADD ("/identity/wiped", test_wiped);

  return g_test_run ();
}
