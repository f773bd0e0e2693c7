/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "customers/till-pass-sheet.h"
#include "customers/till-pass-template.h"
#include "customers/till-pass-text.h"
#include "pass-picture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#define ID "pass_0b2f6a54-9c1e-4d3a-8f00-112233445566"

/* Its components lie as a face's do, few of them far out. */
static void
random_unit (float vector[TILL_VISION_EMBEDDING])
{
  double square = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      double sum = 0;

      for (guint j = 0; j < 6; j++)
        sum += g_test_rand_double_range (-1, 1);
      vector[i] = (float) sum;
      square += (double) vector[i] * (double) vector[i];
    }
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    vector[i] = (float) ((double) vector[i] / sqrt (square));
}

static TillFacePass *
make_pass (const char *id, const char *suffix, const char *payer, GError **error)
{
  float vector[TILL_VISION_EMBEDDING];

  random_unit (vector);
  return till_face_pass_new (id, suffix, payer, vector, 1, 20780, 21145, error);
}

static void
assert_bytes (GBytes *bytes, gconstpointer wanted, gsize size)
{
  g_autoptr (GBytes) other = g_bytes_new (wanted, size);

  g_assert_true (g_bytes_equal (bytes, other));
}

/* The examples of RFC 9285, and that nothing else means the same. */
static void
test_pass_text (void)
{
  static const char *const examples[][2] = {
    { "", "" },
    { "AB", "BB8" },
    { "Hello!!", "%69 VD92EX0" },
    { "base-45", "UJCLQE7W581" },
    { "ietf!", "QED8WEX0" },
  };
  /* Too large a number, one character left over, small letters, a character of none, no prefix, another one, nothing. */
  static const char *const wrong[] = {
    TILL_PASS_TEXT_PREFIX "GGW",
    TILL_PASS_TEXT_PREFIX ":::",
    TILL_PASS_TEXT_PREFIX "V5",
    TILL_PASS_TEXT_PREFIX "BB8B",
    TILL_PASS_TEXT_PREFIX "bb8",
    TILL_PASS_TEXT_PREFIX "BB_",
    "BB8",
    "SMILETILL2:BB8",
    "",
    "https://example.org/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *text = till_pass_text_write (examples[i][0], strlen (examples[i][0]));
      g_autofree char *wanted = g_strconcat (TILL_PASS_TEXT_PREFIX, examples[i][1], NULL);
      g_autoptr (GBytes) bytes = till_pass_text_read (text, NULL);

      g_assert_cmpstr (text, ==, wanted);
      assert_bytes (bytes, examples[i][0], strlen (examples[i][0]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (till_pass_text_read (wrong[i], &error));
      g_assert_error (error, TILL_PASS_ERROR, TILL_PASS_ERROR_NOT_A_PASS);
    }

  g_autofree char *long_text = g_malloc (1 << 20);
  g_autoptr (GError) error = NULL;
  memset (long_text, '0', 1 << 20);
  memcpy (long_text, TILL_PASS_TEXT_PREFIX, strlen (TILL_PASS_TEXT_PREFIX));
  long_text[(1 << 20) - 1] = '\0';
  g_assert_null (till_pass_text_read (long_text, &error));
  g_assert_error (error, TILL_PASS_ERROR, TILL_PASS_ERROR_NOT_A_PASS);
}

/* Bytes of any number and value come back. */
static void
test_pass_text_random (void)
{
  for (guint size = 0; size < 300; size++)
    {
      guint8 bytes[300];

      for (guint i = 0; i < size; i++)
        bytes[i] = (guint8) g_test_rand_int_range (0, 256);
      g_autofree char *text = till_pass_text_write (bytes, size);
      g_autoptr (GBytes) back = till_pass_text_read (text, NULL);
      assert_bytes (back, bytes, size);
    }
}

/* What is left of a template's direction; of faces' templates the evaluation tells the same. */
static void
test_pass_template (void)
{
  static const double least[] = { 0, 0.75, 0.92, 0.974, 0.99, 0.996, 0.999, 0.9997, 0.9999 };

  for (guint bits = TILL_PASS_TEMPLATE_LEAST_BITS; bits <= TILL_PASS_TEMPLATE_MOST_BITS; bits++)
    for (guint i = 0; i < 20; i++)
      {
        float vector[TILL_VISION_EMBEDDING], back[TILL_VISION_EMBEDDING];
        guint8 bytes[TILL_PASS_TEMPLATE_SIZE (TILL_PASS_TEMPLATE_MOST_BITS) + 1];
        double square = 0;

        random_unit (vector);
        memset (bytes, 0xa5, sizeof bytes);
        till_pass_template_write (vector, bits, bytes);
        g_assert_cmphex (bytes[TILL_PASS_TEMPLATE_SIZE (bits)], ==, 0xa5);
        till_pass_template_read (bytes, bits, back);
        for (guint j = 0; j < TILL_VISION_EMBEDDING; j++)
          square += (double) back[j] * (double) back[j];
        g_assert_cmpfloat_with_epsilon (sqrt (square), 1, 1e-5);
        g_assert_cmpfloat (till_vision_compare (vector, back), >, least[bits]);
      }
}

/* Vectors that no face has are written and read without harm, and any bytes are some unit vector. */
static void
test_pass_template_extremes (void)
{
  float vector[TILL_VISION_EMBEDDING] = { 0 };
  guint8 bytes[TILL_PASS_TEMPLATE_SIZE (TILL_PASS_TEMPLATE_MOST_BITS)];

  vector[7] = -1;
  for (guint bits = TILL_PASS_TEMPLATE_LEAST_BITS; bits <= TILL_PASS_TEMPLATE_MOST_BITS; bits++)
    {
      float back[TILL_VISION_EMBEDDING];

      till_pass_template_write (vector, bits, bytes);
      till_pass_template_read (bytes, bits, back);
      g_assert_cmpfloat (back[7], <, 0);
      for (guint fill = 0; fill < 256; fill += 51)
        {
          memset (bytes, (int) fill, sizeof bytes);
          till_pass_template_read (bytes, bits, back);
          for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
            g_assert_true (isfinite (back[i]) && back[i] != 0);
        }
    }
}

static void
assert_invalid (const char *id, const char *suffix, const char *payer)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (make_pass (id, suffix, payer, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

static void
test_pass_invalid (void)
{
  float vector[TILL_VISION_EMBEDDING] = { 0 };
  g_autofree char *long_payer = g_strnfill (TILL_FACE_PASS_PAYER_MOST + 1, 'x');
  g_autoptr (GError) error = NULL;

  assert_invalid ("cust_0b2f6a54-9c1e-4d3a-8f00-112233445566", "0417", "cus_1");
  assert_invalid ("pass_0B2F6A54-9C1E-4D3A-8F00-112233445566", "0417", "cus_1");
  assert_invalid ("pass_0b2f6a54", "0417", "cus_1");
  assert_invalid (ID, "417", "cus_1");
  assert_invalid (ID, "04171", "cus_1");
  assert_invalid (ID, NULL, "cus_1");
  assert_invalid (ID, "0417", "");
  assert_invalid (ID, "0417", NULL);
  assert_invalid (ID, "0417", "cus 1");
  assert_invalid (ID, "0417", long_payer);
  g_assert_null (till_face_pass_new (ID, "0417", "cus_1", vector, 1, 20780, 21145, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  random_unit (vector);
  g_assert_null (till_face_pass_new (ID, "0417", "cus_1", vector, 1, 20780, 20779, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (till_face_pass_new (ID, "0417", "cus_1", vector, 1, 20780, 70000, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

/* Numbers are letters without vowels, and the same for the same pass. */
static void
test_pass_number (void)
{
  g_autofree char *number = till_face_pass_number_of (ID);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (strlen (number), ==, 9);
  g_assert_null (till_face_pass_number_of ("customer_0b2f6a54-9c1e-4d3a-8f00-112233445566"));
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (TillFacePass) pass = make_pass (NULL, "0000", "cus_1", NULL);
      const char *own = till_face_pass_get_number (pass);

      g_assert_cmpuint (strspn (own, "BCDFGHJKLMNPQRSTVWXZ"), ==, 4);
      g_assert_cmpint (own[4], ==, '-');
      g_assert_cmpuint (strspn (own + 5, "BCDFGHJKLMNPQRSTVWXZ"), ==, 4);
      g_assert_true (g_hash_table_add (seen, g_strdup (own)));
    }
}

/* All digits and the longest payer come back; a small face of several templates is their mean. */
static void
test_pass_holder (void)
{
  g_autofree char *payer = g_strnfill (TILL_FACE_PASS_PAYER_MOST, 'z');
  float templates[3 * TILL_VISION_EMBEDDING];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    random_unit (templates + i * TILL_VISION_EMBEDDING);
  g_autoptr (TillFacePass) pass = till_face_pass_new (ID, "0009", payer, templates, 3, 20780, 21145, &error);
  g_assert_no_error (error);
  g_autoptr (TillCustomer) whole
      = till_customer_new (NULL, "x", "0009", payer, "consent_x", templates, 3, 0, &error);
  g_autoptr (TillCustomer) holder = till_face_pass_to_customer (pass);

  g_assert_cmpstr (till_customer_get_suffix (holder), ==, "0009");
  g_assert_cmpstr (till_customer_get_payer (holder), ==, payer);
  g_assert_cmpstr (till_customer_get_consent (holder), ==, "consent_0b2f6a54-9c1e-4d3a-8f00-112233445566");
  g_assert_cmpint (till_customer_get_enrolled_us (holder), ==, 20780 * (gint64) 86400 * G_USEC_PER_SEC);
  g_assert_null (till_customer_get_pin (holder));
  g_assert_cmpfloat (till_vision_compare (till_customer_get_mean (whole), till_customer_get_mean (holder)), >,
                     0.97);
}

/* As long as the text of a pass of a payer of 46 characters. */
static char *
make_text (void)
{
  guint8 bytes[373];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) g_test_rand_int_range (0, 256);
  return till_pass_text_write (bytes, sizeof bytes);
}

/* A pass fits a code of 69 modules; what is too long or in small letters is refused. */
static void
test_pass_code (void)
{
  g_autofree char *text = make_text ();
  g_autofree char *endless = g_strnfill (5000, 'A');
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPassCode) code = till_pass_code_new (text, &error);

  g_assert_no_error (error);
  g_assert_cmpint (till_pass_code_get_version (code), ==, 13);
  g_assert_cmpint (till_pass_code_get_side (code), ==, 69);
  g_assert_null (till_pass_code_new (endless, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (till_pass_code_new ("small letters", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

/*
 * What a customer does to it: held too far or turned, out of focus, moved, lit by a lamp, in poor light; from paper and
 * from a phone. The limits are further out (docs/face-pass.md).
 */
static void
test_pass_code_read (void)
{
  static const PassPicture pictures[] = {
    { .width = 360, .height = 288, .module = 3.5 },
    { .width = 360, .height = 288, .module = 3.5, .noise = 0.03, .blur = 0.5 },
    { .width = 640, .height = 480, .module = 3, .noise = 0.02 },
    { .width = 640, .height = 480, .module = 5, .noise = 0.02, .yaw = 5 },
    { .width = 640, .height = 480, .module = 5, .noise = 0.02, .pitch = 5, .roll = 20 },
    { .width = 640, .height = 480, .module = 5, .noise = 0.02, .blur = 1.2 },
    { .width = 640, .height = 480, .module = 5, .noise = 0.02, .smear = 2 },
    { .width = 640, .height = 480, .module = 5, .noise = 0.02, .glare = 0.4 },
    { .width = 640, .height = 480, .module = 5, .noise = 0.02, .dark = 0.5 },
  };
  g_autofree char *text = make_text ();
  g_autoptr (TillPassCode) code = till_pass_code_new (text, NULL);

  for (guint kind = PASS_PICTURE_PAPER; kind <= PASS_PICTURE_PHONE; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
      {
        PassPicture how = pictures[i];

        how.kind = kind;
        how.seed = (guint32) g_test_rand_int ();
        g_autofree guint8 *pixels = pass_picture_draw (&how, code);
        g_autofree char *read = pass_picture_read (pixels, how.width, how.height);
        g_test_message ("%s, picture %u", kind == PASS_PICTURE_PAPER ? "paper" : "phone", i);
        g_assert_cmpstr (read, ==, text);
      }
}

/* The light of a sheet's picture in a size whose width zbar takes (transfer full). */
static guint8 *
load_light (const char *path, int *width, int *height)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  const guint8 *data = cairo_image_surface_get_data (surface);
  const int stride = cairo_image_surface_get_stride (surface);

  *width = cairo_image_surface_get_width (surface) / 8 * 8;
  *height = cairo_image_surface_get_height (surface) / 2 * 2;
  guint8 *light = g_malloc ((gsize) *width * (gsize) *height);
  for (int y = 0; y < *height; y++)
    for (int x = 0; x < *width; x++)
      light[y * *width + x] = data[y * stride + 4 * x + 1];
  cairo_surface_destroy (surface);
  return light;
}

/* The paper holds the code so that it can be read, is a file of its owner's alone, and wants a folder that is there. */
static void
test_pass_sheet (void)
{
  g_autofree char *folder = g_dir_make_tmp ("test-pass-XXXXXX", NULL);
  g_autofree char *png = g_build_filename (folder, "pass.png", NULL);
  g_autofree char *pdf = g_build_filename (folder, "pass.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "pass.pdf", NULL);
  g_autofree char *text = make_text ();
  g_autofree char *content = NULL;
  g_autoptr (TillPassCode) code = till_pass_code_new (text, NULL);
  g_autoptr (TillFacePass) pass = make_pass (ID, "0417", "cus_1", NULL);
  const TillPassSheet sheet = { "The Corner Shop of a Long Name & Daughters", pass, code };
  g_autoptr (GError) error = NULL;
  struct stat status;
  int width, height;

  g_assert_true (till_pass_sheet_save (&sheet, png, &error));
  g_assert_true (till_pass_sheet_save (&sheet, pdf, &error));
  g_assert_no_error (error);
  g_assert_false (till_pass_sheet_save (&sheet, nowhere, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (pdf, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF"));
  g_assert_cmpint (stat (pdf, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);

  g_autofree guint8 *light = load_light (png, &width, &height);
  g_autofree char *read = pass_picture_read (light, width, height);
  g_assert_cmpstr (read, ==, text);
  g_unlink (png);
  g_unlink (pdf);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pass/text", test_pass_text);
  g_test_add_func ("/pass/text-random", test_pass_text_random);
  g_test_add_func ("/pass/template", test_pass_template);
  g_test_add_func ("/pass/template-extremes", test_pass_template_extremes);
  g_test_add_func ("/pass/invalid", test_pass_invalid);
  g_test_add_func ("/pass/number", test_pass_number);
  g_test_add_func ("/pass/holder", test_pass_holder);
  g_test_add_func ("/pass/code", test_pass_code);
  g_test_add_func ("/pass/code-read", test_pass_code_read);
  g_test_add_func ("/pass/sheet", test_pass_sheet);
  return g_test_run ();
}
