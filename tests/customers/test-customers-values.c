/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "customers-fixture.h"
#include "customers/till-customer-record.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *id;
  const char *name;
  const char *suffix;
  const char *payer;
  const char *consent;
  guint n;
  gint64 enrolled_us;
} Words;

static TillCustomer *
customer_of (const Words *words, const float *templates, GError **error)
{
  return till_customer_new (words->id, words->name, words->suffix, words->payer, words->consent, templates,
                            words->n, words->enrolled_us, error);
}

static void
test_customer (void)
{
  g_autofree float *templates = customers_random_templates (2);
  const Words words = { NULL, "Ada Lovelace", "4711", "cus_1", "consent_1", 2, 5 };
  g_autoptr (TillCustomer) customer = customer_of (&words, templates, NULL);
  g_autoptr (TillCustomer) other = customer_of (&words, templates, NULL);

  g_assert_true (g_str_has_prefix (till_customer_get_id (customer), "cust_"));
  g_assert_cmpstr (till_customer_get_id (customer), !=, till_customer_get_id (other));
  g_assert_cmpstr (till_customer_get_name (customer), ==, "Ada Lovelace");
  g_assert_cmpstr (till_customer_get_suffix (customer), ==, "4711");
  g_assert_cmpstr (till_customer_get_payer (customer), ==, "cus_1");
  g_assert_cmpstr (till_customer_get_consent (customer), ==, "consent_1");
  g_assert_cmpint (till_customer_get_enrolled_us (customer), ==, 5);
  g_assert_cmpuint (till_customer_get_n_templates (customer), ==, 2);
  g_assert_true (memcmp (till_customer_get_template (customer, 1), templates + TILL_VISION_EMBEDDING,
                         TILL_VISION_EMBEDDING * sizeof (float))
                 == 0);
}

static void
test_mean (void)
{
  const Words words = { NULL, "Ada", "4711", "cus_1", "c", 2, 0 };
  const Words single = { NULL, "Ada", "4711", "cus_1", "c", 1, 0 };
  g_autofree float *templates = customers_random_templates (2);
  g_autoptr (TillCustomer) one = customer_of (&single, templates, NULL);
  g_autoptr (TillCustomer) two = customer_of (&words, templates, NULL);
  const float *mean = till_customer_get_mean (two);
  float length = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      g_assert_cmpfloat_with_epsilon (till_customer_get_mean (one)[i], templates[i], 1e-6f);
      length += mean[i] * mean[i];
    }
  g_assert_cmpfloat_with_epsilon (length, 1, 1e-5f);
  g_assert_cmpfloat_with_epsilon (till_vision_compare (mean, templates),
                                  till_vision_compare (mean, templates + TILL_VISION_EMBEDDING), 1e-5f);
  g_assert_cmpfloat (till_vision_compare (mean, templates), >,
                     till_vision_compare (templates, templates + TILL_VISION_EMBEDDING));

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    templates[TILL_VISION_EMBEDDING + i] = -templates[i];
  g_autoptr (TillCustomer) opposed = customer_of (&words, templates, NULL);
  g_assert_cmpfloat_with_epsilon (till_vision_compare (till_customer_get_mean (opposed), templates), 1,
                                  1e-5f);
}

static void
test_customer_refuses (void)
{
  g_autofree float *templates = customers_random_templates (17);
  g_autofree char *huge = g_strnfill (10 * 1024, 'x');
  const Words wrongs[] = {
    { "", "Ada", "4711", "cus_1", "c", 1, 0 },
    { "a b", "Ada", "4711", "cus_1", "c", 1, 0 },
    { "ä", "Ada", "4711", "cus_1", "c", 1, 0 },
    { huge, "Ada", "4711", "cus_1", "c", 1, 0 },
    { "a", "", "4711", "cus_1", "c", 1, 0 },
    { "a", NULL, "4711", "cus_1", "c", 1, 0 },
    { "a", huge, "4711", "cus_1", "c", 1, 0 },
    { "a", "A\nB", "4711", "cus_1", "c", 1, 0 },
    { "a", "A\033[1m", "4711", "cus_1", "c", 1, 0 },
    { "a",
      "A\xe2\x80\xae"
      "B",
      "4711", "cus_1", "c", 1, 0 },
    { "a", "\xff", "4711", "cus_1", "c", 1, 0 },
    { "a", "Ada", NULL, "cus_1", "c", 1, 0 },
    { "a", "Ada", "471", "cus_1", "c", 1, 0 },
    { "a", "Ada", "47111", "cus_1", "c", 1, 0 },
    { "a", "Ada", "47a1", "cus_1", "c", 1, 0 },
    { "a", "Ada", "4711", "", "c", 1, 0 },
    { "a", "Ada", "4711", NULL, "c", 1, 0 },
    { "a", "Ada", "4711", "c us", "c", 1, 0 },
    { "a", "Ada", "4711", huge, "c", 1, 0 },
    { "a", "Ada", "4711", "cus_1", NULL, 1, 0 },
    { "a", "Ada", "4711", "cus_1", "", 1, 0 },
    { "a", "Ada", "4711", "cus_1", "c", 0, 0 },
    { "a", "Ada", "4711", "cus_1", "c", 17, 0 },
    { "a", "Ada", "4711", "cus_1", "c", 1, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autoptr (GError) error = NULL;

      if (customer_of (&wrongs[i], templates, &error) != NULL)
        g_error ("number %u was taken", i);
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_assert_cmpuint (strlen (error->message), <, 200);
    }
}

static void
test_template_lengths (void)
{
  static const float factors[] = { 0.0f, 0.5f, 0.99f, 1.01f, 2.0f, NAN, INFINITY };
  const Words words = { "a", "Ada", "4711", "cus_1", "c", 1, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      g_autofree float *template = customers_random_templates (1);
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < TILL_VISION_EMBEDDING; j++)
        template[j] *= factors[i];
      g_assert_null (customer_of (&words, template, &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
    }
}

static void
test_record_round_trip (void)
{
  for (guint n = 1; n <= 16; n++)
    {
      g_autoptr (TillCustomer) customer = customers_somebody ("cust_1", "عائشة Ünal", "0007", n);
      g_autoptr (TillSecret) record = till_customer_record_encode (customer);
      g_autoptr (GError) error = NULL;
      g_autoptr (TillCustomer) back = till_customer_record_decode ("cust_1", record, &error);

      g_assert_no_error (error);
      g_assert_true (customers_equal (customer, back));
    }
}

/* Of no PIN, but as one is kept. */
#define PIN_HASH                                                                                             \
  "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void
test_record_pin_and_marks (void)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (TillCustomer) plain = customers_somebody ("cust_1", "Ada", "0007", 2);
      g_autoptr (GError) error = NULL;
      g_autoptr (TillCustomer) with_pin = till_customer_with_pin (plain, i & 1 ? PIN_HASH : NULL, &error);
      g_assert_no_error (error);
      g_autoptr (TillCustomer) locked = till_customer_with_face_locked (with_pin, (i & 4) != 0);
      g_autoptr (TillCustomer) customer = till_customer_with_look_alike (locked, (i & 2) != 0);
      g_autoptr (TillSecret) record = till_customer_record_encode (customer);
      g_autoptr (TillCustomer) back = till_customer_record_decode ("cust_1", record, &error);

      g_assert_no_error (error);
      g_assert_true (customers_equal (customer, back));
      g_assert_cmpstr (till_customer_get_pin (back), ==, i & 1 ? PIN_HASH : NULL);
      g_assert_cmpint (till_customer_is_look_alike (back), ==, (i & 2) != 0);
      g_assert_cmpint (till_customer_is_face_locked (back), ==, (i & 4) != 0);
    }
}

static void
test_pin_must_be_hashed (void)
{
  static const char *const wrongs[] = { "", "2580", "$argon2id$", PIN_HASH "A", "$argon2i" PIN_HASH };
  g_autoptr (TillCustomer) customer = customers_somebody ("cust_1", "Ada", "0007", 1);

  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (till_customer_with_pin (customer, wrongs[i], &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
    }
}

/* As tills wrote it before there were PINs and look-alikes. */
static TillSecret *
record_of_version_1 (const TillCustomer *customer)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint n = till_customer_get_n_templates (customer);
  const gint64 enrolled = till_customer_get_enrolled_us (customer);
  const char *const texts[] = { till_customer_get_name (customer), till_customer_get_suffix (customer),
                                till_customer_get_payer (customer), till_customer_get_consent (customer) };

  g_byte_array_append (bytes, (const guint8[]){ 1, (guint8) n }, 2);
  g_byte_array_append (bytes, (const guint8 *) &enrolled, sizeof enrolled);
  g_byte_array_append (bytes, (const guint8 *) till_customer_get_template (customer, 0),
                       (guint) (n * TILL_VISION_EMBEDDING * sizeof (float)));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_byte_array_append (bytes, (const guint8 *) texts[i], (guint) strlen (texts[i]) + 1);
  return till_secret_new (bytes->data, bytes->len);
}

static void
test_record_of_former_version (void)
{
  g_autoptr (TillCustomer) customer = customers_somebody ("cust_1", "Ada", "0007", 3);
  g_autoptr (TillSecret) record = record_of_version_1 (customer);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) back = till_customer_record_decode ("cust_1", record, &error);

  g_assert_no_error (error);
  g_assert_true (customers_equal (customer, back));
  g_assert_null (till_customer_get_pin (back));
  g_assert_false (till_customer_is_look_alike (back));
  g_assert_false (till_customer_is_face_locked (back));
}

/* What came with the fourth version: who agreed for somebody young, and when they were last here. */
static void
test_record_guardian_and_visit (void)
{
  g_autoptr (TillCustomer) plain = customers_somebody ("cust_1", "Ada", "4711", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) young = till_customer_with_guardian (plain, "Lord Byron", &error);
  g_autoptr (TillCustomer) seen = till_customer_with_last_visit_day (young, 30000);
  g_autoptr (TillSecret) record = till_customer_record_encode (seen);
  g_autoptr (TillCustomer) back = till_customer_record_decode ("cust_1", record, &error);

  g_assert_no_error (error);
  g_assert_true (customers_equal (back, seen));
  g_assert_cmpstr (till_customer_get_guardian (back), ==, "Lord Byron");
  g_assert_cmpint (till_customer_get_last_visit_day (back), ==, 30000);
  g_assert_null (till_customer_get_guardian (plain));
  g_assert_cmpint (till_customer_get_last_visit_day (plain), ==,
                   till_customer_get_enrolled_us (plain) / (24 * G_TIME_SPAN_HOUR));
  g_assert_null (till_customer_with_guardian (plain, "", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

static void
test_record_of_later_version (void)
{
  g_autoptr (TillSecret) record = till_secret_new ("\5 and whatever comes then", 25);
  g_autoptr (GError) error = NULL;

  g_assert_null (till_customer_record_decode ("cust_1", record, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED);
}

/* A record that got past the seal is still read with care: cut short, lengthened, altered. */
static void
test_record_damaged (void)
{
  g_autoptr (TillCustomer) customer = customers_somebody ("cust_1", "Ada", "0007", 2);
  g_autoptr (TillSecret) record = till_customer_record_encode (customer);
  gsize size = till_secret_get_size (record);
  g_autofree guint8 *bytes = g_malloc (size + 8);

  for (guint i = 0; i < size + 3000; i++)
    {
      gsize length = i < size ? i : i % 3 == 0 ? size + 1 + i % 7 : size;
      g_autoptr (GError) error = NULL;

      memset (bytes, 0, size + 8);
      memcpy (bytes, till_secret_get_data (record), size);
      if (length == size)
        bytes[g_test_rand_int_range (0, (gint32) size)] ^= (guint8) g_test_rand_int_range (1, 256);
      g_autoptr (TillSecret) damaged = till_secret_new (bytes, length);
      g_autoptr (TillCustomer) back = till_customer_record_decode ("cust_1", damaged, &error);

      if (length != size)
        g_assert_null (back);
      if (back == NULL)
        {
          g_assert_true (g_error_matches (error, TILL_ERROR, TILL_ERROR_CORRUPT)
                         || g_error_matches (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED));
          g_assert_nonnull (strstr (error->message, "cust_1"));
        }
    }
}

static void
test_empty_gallery (void)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (TillGallery) gallery = till_gallery_new (nobody);
  g_autofree float *probe = customers_random_templates (1);
  TillMatch match;

  till_gallery_match (gallery, probe, &match);
  g_assert_null (match.customer);
  g_assert_null (match.second);
  g_assert_cmpfloat (match.score, ==, -1);
  g_assert_cmpfloat (match.second_score, ==, -1);
}

static TillCustomer *
customer_with (const char *id, const float *templates, guint n)
{
  const Words words = { id, "Name", "0007", "cus_1", "c", n, 0 };
  TillCustomer *customer = customer_of (&words, templates, NULL);

  g_assert_nonnull (customer);
  return customer;
}

/* The second is the best of the others, not the best customer's second template. */
static void
test_match (void)
{
  g_autofree float *probe = customers_random_templates (1);
  g_autofree float *own = g_new (float, 2 * TILL_VISION_EMBEDDING);
  g_autofree float *near = customers_template_near (probe, 0.8);
  g_autofree float *nearer = customers_template_near (probe, 0.7);
  g_autofree float *other = customers_template_near (probe, 0.4);
  g_autofree float *away = customers_template_near (probe, -0.9);
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
  TillMatch match;

  memcpy (own, nearer, TILL_VISION_EMBEDDING * sizeof (float));
  memcpy (own + TILL_VISION_EMBEDDING, near, TILL_VISION_EMBEDDING * sizeof (float));
  g_ptr_array_add (customers, customer_with ("away", away, 1));
  g_autoptr (TillGallery) alone = till_gallery_new (customers);
  till_gallery_match (alone, probe, &match);
  g_assert_cmpstr (match.customer, ==, "away");
  g_assert_cmpfloat_with_epsilon (match.score, -0.9f, 1e-4f);
  g_assert_null (match.second);
  g_assert_cmpfloat (match.second_score, ==, -1);

  g_ptr_array_add (customers, customer_with ("other", other, 1));
  g_ptr_array_add (customers, customer_with ("own", own, 2));
  g_autoptr (TillGallery) gallery = till_gallery_new (customers);
  g_ptr_array_set_size (customers, 0);
  till_gallery_match (gallery, probe, &match);
  g_assert_cmpstr (match.customer, ==, "own");
  g_assert_cmpfloat_with_epsilon (
      match.score,
      till_vision_compare (probe, till_customer_get_mean (till_gallery_get_customer (gallery, "own"))),
      1e-5f);
  g_assert_cmpstr (match.second, ==, "other");
  g_assert_cmpfloat_with_epsilon (match.second_score, 0.4f, 1e-4f);
}

/* Against the plain definition, over galleries in random order. */
static void
test_match_random (void)
{
  for (guint round = 0; round < 50; round++)
    {
      guint n = (guint) g_test_rand_int_range (2, 20);
      g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
      g_autofree float *probe = customers_random_templates (1);
      float best = -1, second = -1;
      TillMatch match;

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *id = g_strdup_printf ("cust_%u", i);
          TillCustomer *customer
              = customers_somebody (id, "Name", "0007", (guint) g_test_rand_int_range (1, 6));
          float score = till_vision_compare (probe, till_customer_get_mean (customer));

          second = score > best ? best : MAX (second, score);
          best = MAX (best, score);
          g_ptr_array_add (customers, customer);
        }
      g_autoptr (TillGallery) gallery = till_gallery_new (customers);
      till_gallery_match (gallery, probe, &match);
      g_assert_cmpfloat_with_epsilon (match.score, best, 1e-5f);
      g_assert_cmpfloat_with_epsilon (match.second_score, second, 1e-5f);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/customers/customer/right", test_customer);
  g_test_add_func ("/customers/customer/mean", test_mean);
  g_test_add_func ("/customers/customer/refuses", test_customer_refuses);
  g_test_add_func ("/customers/customer/template-lengths", test_template_lengths);
  g_test_add_func ("/customers/record/round-trip", test_record_round_trip);
  g_test_add_func ("/customers/record/pin-and-mark", test_record_pin_and_marks);
  g_test_add_func ("/customers/record/pin-must-be-hashed", test_pin_must_be_hashed);
  g_test_add_func ("/customers/record/of-former-version", test_record_of_former_version);
  g_test_add_func ("/customers/record/guardian-and-visit", test_record_guardian_and_visit);
  g_test_add_func ("/customers/record/of-later-version", test_record_of_later_version);
  g_test_add_func ("/customers/record/damaged", test_record_damaged);
  g_test_add_func ("/customers/gallery/empty", test_empty_gallery);
  g_test_add_func ("/customers/gallery/match", test_match);
  g_test_add_func ("/customers/gallery/match-random", test_match_random);
  return g_test_run ();
}
