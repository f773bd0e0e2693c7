/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "recognition/till-operating-point.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static char *
get_shipped_path (void)
{
  return g_build_filename (g_getenv ("SMILETILL_DATA"), "operating-point.json", NULL);
}

static char *
read_shipped (void)
{
  g_autofree char *path = get_shipped_path ();
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static TillOperatingPoint *
load_text (const char *text, GError **error)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("operating-point-XXXXXX.json", &stream, NULL);
  const char *path = g_file_peek_path (file);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  TillOperatingPoint *point = till_operating_point_load (path, error);
  g_unlink (path);
  return point;
}

static void
replace (char **text, const char *what, const char *with)
{
  g_autoptr (GString) string = g_string_new (*text);

  g_assert_cmpuint (g_string_replace (string, what, with, 1), ==, 1);
  g_free (*text);
  *text = g_strdup (string->str);
}

static void
assert_refused (const char *text, const char *names)
{
  g_autoptr (GError) error = NULL;
  TillOperatingPoint *point = load_text (text, &error);

  g_assert_null (point);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, names));
}

/* Changes the value of one member, or takes away what follows it, and expects to be told its name. */
static void
assert_member_refused (const char *name, const char *value)
{
  g_autofree char *text = read_shipped ();
  g_autofree char *pattern = g_strdup_printf ("(\"%s\"\\s*:\\s*\\{\\s*\"value\"\\s*:\\s*)[-0-9.]+", name);
  g_autofree char *with = g_strdup_printf ("\\g<1>%s", value);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);

  g_assert_true (g_regex_match (regex, text, 0, NULL));
  g_autofree char *changed = g_regex_replace (regex, text, -1, 0, with, 0, NULL);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", name);
  assert_refused (changed, quoted);
}

static void
test_shipped (void)
{
  g_autofree char *path = get_shipped_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TillOperatingPoint) point = till_operating_point_load (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (point);
  /* A stranger in 100,000, or fewer. */
  g_assert_cmpfloat (point->identity_fmr, <=, 1e-5);
  g_assert_cmpfloat (till_operating_point_identity_score (point, 1), >=, 0.3);
  g_assert_cmpuint (point->identity_frames, >=, 2);
  g_assert_cmpfloat (point->least_square, >=, 120);
  g_assert_cmpfloat (point->second_face, <=, 0.5);
}

static void
test_absent (void)
{
  g_autoptr (GError) error = NULL;
  TillOperatingPoint *point = till_operating_point_load ("/nonexistent/point.json", &error);

  g_assert_null (point);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nonexistent/point.json"));
}

static void
test_not_json (void)
{
  assert_refused ("{ \"live_score\": ", "not JSON");
  assert_refused ("[]", "object");
  assert_refused ("", "object");
}

static void
test_missing (void)
{
  g_autofree char *text = read_shipped ();

  replace (&text, "\"smile_seconds\"", "\"smile_second\"");
  assert_refused (text, "\"smile_seconds\" is missing");
}

static void
test_unknown (void)
{
  g_autofree char *text = read_shipped ();

  replace (&text, "{", "{ \"smile_raise\": { \"value\": 1, \"unit\": \"x\", \"from\": \"x\" },");
  assert_refused (text, "\"smile_raise\" is not");
}

static void
test_wordless (void)
{
  g_autofree char *text = read_shipped ();

  replace (&text, "\"from\"", "\"form\"");
  assert_refused (text, "needs a text \"from\"");

  g_autofree char *unitless = read_shipped ();
  replace (&unitless, "\"unit\"", "\"uint\"");
  assert_refused (unitless, "needs a text \"unit\"");
}

static void
test_range (void)
{
  assert_member_refused ("live_score", "1.2");
  assert_member_refused ("live_score", "\"0.5\"");
  assert_member_refused ("live_score", "null");
  assert_member_refused ("identity_frames", "0");
  assert_member_refused ("identity_frames", "2.5");
  assert_member_refused ("identity_patience", "1001");
  assert_member_refused ("live_frames", "-1");
  assert_member_refused ("asleep_seconds", "0");
  assert_member_refused ("second_face", "0");
  assert_member_refused ("most_yaw", "91");
  assert_member_refused ("smile_widening", "0");
  assert_member_refused ("reaction_seconds", "1.5");
}

static void
test_order (void)
{
  assert_member_refused ("attack_score", "0.99");
  assert_member_refused ("live_least", "0.99");
  assert_member_refused ("neutral_smile", "0.99");
  assert_member_refused ("resting_smile", "0.1");
  assert_member_refused ("now_least_seconds", "9");
  assert_member_refused ("blink_seconds", "2");
  assert_member_refused ("look_alike_margin", "0.01");
  assert_member_refused ("least_brightness", "254");
  assert_member_refused ("identity_patience", "1");
}

static void
test_curve (void)
{
  static const struct
  {
    const char *what;
    const char *with;
    const char *names;
  } bad[] = {
    { "\"identity_curve\"", "\"identity_bend\"", "\"identity_curve\" is missing" },
    { "\"points\"", "\"dots\"", "needs an array \"points\"" },
    { "\"points\": [", "\"points\": [ 7,", "point 1 of \"identity_curve\" is no object" },
    { "\"points\": [", "\"points\": [ { \"fmr\": 0, \"score\": 0, \"fnmr\": 0 },", "\"fmr\" above 0" },
    { "\"points\": [", "\"points\": [ { \"fmr\": 1e-6, \"score\": 0, \"fnmr\": 0 },", "lower \"fmr\"" },
    { "\"points\": [", "\"points\": [ { \"fmr\": 1, \"score\": 1, \"fnmr\": 0 },", "higher \"score\"" },
    { "\"points\": [", "\"points\": [ { \"fmr\": 1, \"score\": 0, \"fnmr\": 1 },", "lower \"fnmr\"" },
    { "\"points\": [", "\"points\": [ { \"fmr\": 1, \"score\": \"0\", \"fnmr\": 0 },", "number \"score\"" },
    { "\"points\": [", "\"points\": [ { \"fmr\": 1, \"score\": 0, \"fnmr\": 2 },", "number \"fnmr\"" },
    { "\"points\": [", "\"points\": [], \"dots\": [", "0 points" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = read_shipped ();

      replace (&text, bad[i].what, bad[i].with);
      assert_refused (text, bad[i].names);
    }
}

static void
test_identity_score (void)
{
  const TillOperatingPoint point = {
    .identity_fmr = 1e-4,
    .identity_curve = { 3, { { 1e-2, 0.2, 0 }, { 1e-4, 0.4, 0.01 }, { 1e-6, 0.5, 0.02 } } },
  };

  g_assert_cmpfloat_with_epsilon (till_operating_point_identity_score (&point, 1), 0.4, 1e-9);
  g_assert_cmpfloat_with_epsilon (till_operating_point_identity_score (&point, 0), 0.4, 1e-9);
  g_assert_cmpfloat_with_epsilon (till_operating_point_identity_score (&point, 10), 0.45, 1e-9);
  g_assert_cmpfloat_with_epsilon (till_operating_point_identity_score (&point, 100), 0.5, 1e-9);
  /* Where nothing was measured. */
  g_assert_cmpfloat_with_epsilon (till_operating_point_identity_score (&point, 10000), 0.6, 1e-9);
  g_assert_cmpfloat (till_operating_point_identity_score (&point, G_MAXUINT), <=, 1);
  g_assert_cmpfloat_with_epsilon (till_identity_curve_get_score (&point.identity_curve, 1e-3), 0.3, 1e-9);
  g_assert_cmpfloat_with_epsilon (till_identity_curve_get_score (&point.identity_curve, 0.5), 0.2, 1e-9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/operating-point/shipped", test_shipped);
  g_test_add_func ("/operating-point/absent", test_absent);
  g_test_add_func ("/operating-point/not-json", test_not_json);
  g_test_add_func ("/operating-point/missing", test_missing);
  g_test_add_func ("/operating-point/unknown", test_unknown);
  g_test_add_func ("/operating-point/wordless", test_wordless);
  g_test_add_func ("/operating-point/range", test_range);
  g_test_add_func ("/operating-point/order", test_order);
  g_test_add_func ("/operating-point/curve", test_curve);
  g_test_add_func ("/operating-point/identity-score", test_identity_score);

  return g_test_run ();
}
