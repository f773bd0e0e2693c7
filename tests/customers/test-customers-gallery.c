/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The gallery's answers are those of comparing a probe with every customer one by one. */
#include "clip-frames.h"
#include "customers-fixture.h"
#include "customers/till-gallery.h"
#include "customers/till-template-code.h"

#include <math.h>
#include <string.h>

/* The most that writing as bytes may move a cosine of two templates. */
#define COSINE_MOVES 0.0035f
#define FRAMES       60
#define FRAME_STEP   17

static TillCustomer *
customer_with (guint index, const float *templates, guint n)
{
  g_autofree char *id = g_strdup_printf ("cust_%u", index);
  g_autoptr (GError) error = NULL;
  TillCustomer *customer = till_customer_new (id, "Name", "0007", "cus_1", "c", templates, n, 0, &error);

  g_assert_no_error (error);
  return customer;
}

static GPtrArray *
new_customers (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
}

/* A customer's score in a gallery where nobody else is. */
static float
score_alone (TillCustomer *customer, const float *probe)
{
  g_autoptr (GPtrArray) customers = new_customers ();
  TillMatch match;

  g_ptr_array_add (customers, till_customer_ref (customer));
  g_autoptr (TillGallery) gallery = till_gallery_new (customers);
  till_gallery_match (gallery, probe, &match);
  g_assert_null (match.second);
  g_assert_cmpfloat (match.second_score, ==, -1);
  return match.score;
}

/* The first of the best, and the first of the best others, as the scores of each by itself say. */
static void
match_one_by_one (GPtrArray *customers, const float *probe, TillMatch *match)
{
  *match = (TillMatch){ .score = -1, .second_score = -1 };

  for (guint i = 0; i < customers->len; i++)
    {
      TillCustomer *customer = g_ptr_array_index (customers, i);
      float score = score_alone (customer, probe);

      g_assert_cmpfloat_with_epsilon (score, till_vision_compare (probe, till_customer_get_mean (customer)),
                                      1e-5f);
      if (match->customer == NULL || score > match->score)
        *match = (TillMatch){ till_customer_get_id (customer), score, match->customer, match->score };
      else if (match->second == NULL || score > match->second_score)
        {
          match->second = till_customer_get_id (customer);
          match->second_score = score;
        }
    }
}

static void
check_matches (GPtrArray *customers, const float *probes, guint n_probes)
{
  g_autoptr (TillGallery) gallery = till_gallery_new (customers);

  for (guint i = 0; i < n_probes; i++)
    {
      const float *probe = probes + i * TILL_VISION_EMBEDDING;
      TillMatch expected, match;

      match_one_by_one (customers, probe, &expected);
      till_gallery_match (gallery, probe, &match);
      g_assert_cmpstr (match.customer, ==, expected.customer);
      g_assert_cmpfloat (match.score, ==, expected.score);
      g_assert_cmpstr (match.second, ==, expected.second);
      g_assert_cmpfloat (match.second_score, ==, expected.second_score);
    }
}

/* Sizes about the number of templates that are scanned at a time, some customers with several. */
static void
test_random (void)
{
  static const guint sizes[] = { 1, 2, 3, 5, 17, 170, 511, 512, 513, 1100 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GPtrArray) customers = new_customers ();
      g_autofree float *probes = customers_random_templates (5);

      for (guint j = 0; j < sizes[i]; j++)
        {
          guint n = i % 2 == 0 ? 1 : (guint) g_test_rand_int_range (1, 17);
          g_autofree float *templates = customers_random_templates (n);

          if (j % 50 == 3)
            {
              g_autofree float *near = customers_template_near (probes, g_test_rand_double_range (0.3, 0.9));
              memcpy (templates, near, TILL_VISION_EMBEDDING * sizeof (float));
            }
          g_ptr_array_add (customers, customer_with (j, templates, n));
        }
      check_matches (customers, probes, 5);
    }
}

/* All scores lie closer together than bytes can tell apart. */
static void
test_crowded (void)
{
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GPtrArray) customers = new_customers ();
      g_autofree float *probe = customers_random_templates (1);

      for (guint i = 0; i < 300; i++)
        {
          g_autofree float *near
              = customers_template_near (probe, 0.5 + g_test_rand_double_range (-0.0005, 0.0005));
          g_ptr_array_add (customers, customer_with (i, near, 1));
        }
      check_matches (customers, probe, 1);
    }
}

/* Every score is higher than all before it, or lower. */
static void
test_in_order (void)
{
  for (gboolean falling = FALSE; falling <= TRUE; falling++)
    {
      g_autoptr (GPtrArray) customers = new_customers ();
      g_autofree float *probe = customers_random_templates (1);

      for (guint i = 0; i < 700; i++)
        {
          double cosine = -0.9 + (falling ? 700 - i : i) * 0.0025;
          g_autofree float *near = customers_template_near (probe, cosine);
          g_ptr_array_add (customers, customer_with (i, near, 1));
        }
      check_matches (customers, probe, 1);
    }
}

/* Of customers with the very same templates the first is the best and the next the second. */
static void
test_ties (void)
{
  g_autoptr (GPtrArray) customers = new_customers ();
  g_autofree float *probes = customers_random_templates (3);
  TillMatch match;

  for (guint i = 0; i < 600; i++)
    g_ptr_array_add (customers, customer_with (i, probes + (i % 3) * TILL_VISION_EMBEDDING, 1));
  check_matches (customers, probes, 3);

  g_autoptr (TillGallery) gallery = till_gallery_new (customers);
  till_gallery_match (gallery, probes + TILL_VISION_EMBEDDING, &match);
  g_assert_cmpstr (match.customer, ==, "cust_1");
  g_assert_cmpstr (match.second, ==, "cust_4");
  g_assert_cmpfloat (match.score, ==, match.second_score);
  g_assert_cmpfloat (match.score, <=, 1);
}

/* A customer's many templates count for one customer: their mean, closer to the probe than any of them. */
static void
test_own_templates_do_not_rival (void)
{
  g_autoptr (GPtrArray) customers = new_customers ();
  g_autofree float *probe = customers_random_templates (1);
  g_autofree float *own = g_new (float, 16 * TILL_VISION_EMBEDDING);
  TillMatch match;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree float *other = customers_template_near (probe, 0.3 + i * 0.001);
      g_ptr_array_add (customers, customer_with (i, other, 1));
    }
  for (guint i = 0; i < 16; i++)
    {
      g_autofree float *near = customers_template_near (probe, 0.75 + i * 0.01);
      memcpy (own + i * TILL_VISION_EMBEDDING, near, TILL_VISION_EMBEDDING * sizeof (float));
    }
  g_ptr_array_insert (customers, 20, customer_with (99, own, 16));
  check_matches (customers, probe, 1);

  g_autoptr (TillGallery) gallery = till_gallery_new (customers);
  till_gallery_match (gallery, probe, &match);
  g_assert_cmpstr (match.customer, ==, "cust_99");
  g_assert_cmpfloat (match.score, >, 0.9f);
  g_assert_cmpstr (match.second, ==, "cust_39");
  g_assert_cmpfloat_with_epsilon (match.second_score, 0.339f, 1e-4f);
}

/* Nobody is recognised by a probe that is no direction, however large its numbers. */
static void
test_strange_probes (void)
{
  static const float strange[] = { 0, NAN, INFINITY };
  g_autoptr (GPtrArray) customers = new_customers ();

  for (guint i = 0; i < 30; i++)
    g_ptr_array_add (customers, customers_somebody (NULL, "Name", "0007", 2));
  g_autoptr (TillGallery) gallery = till_gallery_new (customers);
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      float probe[TILL_VISION_EMBEDDING];
      TillMatch match;

      for (guint j = 0; j < TILL_VISION_EMBEDDING; j++)
        probe[j] = strange[i];
      till_gallery_match (gallery, probe, &match);
      g_assert_null (match.customer);
      g_assert_null (match.second);
      g_assert_cmpfloat (match.score, ==, -1);
      g_assert_cmpfloat (match.second_score, ==, -1);
    }
}

static void
add_embeddings (TillVision *vision, const char *file, GArray *embeddings)
{
  g_autofree char *models = till_vision_default_models_dir ();
  g_autofree char *path = g_build_filename (models, file, NULL);
  g_autoptr (ClipFrames) clip = clip_frames_open (path);

  for (guint i = 0; i < FRAMES * FRAME_STEP; i++)
    {
      g_autoptr (TillFrame) frame = clip_frames_next (clip);
      g_autoptr (GError) error = NULL;

      if (frame == NULL)
        break;
      if (i % FRAME_STEP != 0)
        continue;
      g_autoptr (TillFaces) faces = till_vision_analyse (
          vision, frame, TILL_VISION_WANT_EMBEDDING | TILL_VISION_LARGEST_ONLY, &error);
      g_assert_no_error (error);
      if (till_faces_get_n (faces) > 0)
        g_array_append_vals (embeddings, till_faces_get (faces, 0)->embedding, TILL_VISION_EMBEDDING);
    }
}

/* Two men's embeddings by the real network: frames of a clip are a crowd of look-alikes. */
static void
test_real (void)
{
  g_autofree char *models = till_vision_default_models_dir ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TillVision) vision = till_vision_new (models, 2, &error);
  g_autoptr (GArray) embeddings = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GPtrArray) customers = new_customers ();
  float most = 0;

  g_assert_no_error (error);
  add_embeddings (vision, "franck.webm", embeddings);
  add_embeddings (vision, "cap12_edit.webm", embeddings);
  const float *all = &g_array_index (embeddings, float, 0);
  guint n = embeddings->len / TILL_VISION_EMBEDDING;
  g_assert_cmpuint (n, >, FRAMES * 3 / 2);

  for (guint i = 0; i < n; i++)
    for (guint j = i; j < n; j++)
      {
        gint8 a[TILL_VISION_EMBEDDING], b[TILL_VISION_EMBEDDING];
        TillTemplateCode a_code, b_code;
        gint32 sum = 0;

        till_template_code_write (&a_code, all + i * TILL_VISION_EMBEDDING, a);
        till_template_code_write (&b_code, all + j * TILL_VISION_EMBEDDING, b);
        for (guint k = 0; k < TILL_VISION_EMBEDDING; k++)
          sum += a[k] * b[k];
        most = MAX (most, fabsf ((float) sum * a_code.scale * b_code.scale
                                 - till_vision_compare (all + i * TILL_VISION_EMBEDDING,
                                                        all + j * TILL_VISION_EMBEDDING)));
      }
  g_test_message ("%u embeddings; bytes moved a cosine by at most %.4f", n, (double) most);
  g_assert_cmpfloat (most, <=, COSINE_MOVES);

  for (guint i = 0; i + 1 < n; i += 2)
    g_ptr_array_add (customers, customer_with (i, all + i * TILL_VISION_EMBEDDING, 1 + i % 4 / 2));
  check_matches (customers, all, n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/customers/gallery/random", test_random);
  g_test_add_func ("/customers/gallery/crowded", test_crowded);
  g_test_add_func ("/customers/gallery/in-order", test_in_order);
  g_test_add_func ("/customers/gallery/ties", test_ties);
  g_test_add_func ("/customers/gallery/own-templates-do-not-rival", test_own_templates_do_not_rival);
  g_test_add_func ("/customers/gallery/strange-probes", test_strange_probes);
  g_test_add_func ("/customers/gallery/real", test_real);
  return g_test_run ();
}
