/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-clock.h"
#include "base/till-error.h"
#include "base/till-id.h"
#include "base/till-name.h"

#include <string.h>

static void
test_clock_format (void)
{
  g_autofree char *start = till_clock_format_utc (0);
  g_autofree char *before = till_clock_format_utc (-1);
  g_autofree char *day = till_clock_format_utc (G_GINT64_CONSTANT (1795329660123456));
  g_autofree char *never = till_clock_format_utc (G_MAXINT64);

  g_assert_cmpstr (start, ==, "1970-01-01T00:00:00.000Z");
  g_assert_cmpstr (before, ==, "1969-12-31T23:59:59.999Z");
  g_assert_cmpstr (day, ==, "2026-11-22T06:41:00.123Z");
  g_assert_nonnull (never);
}

static void
test_clock_runs (void)
{
  TillClock *clock = till_clock_system ();
  gint64 utc = till_clock_utc (clock), monotonic = till_clock_monotonic (clock);

  g_assert_true (clock == till_clock_system ());
  g_assert_cmpint (utc, >, G_GINT64_CONSTANT (1600000000) * G_USEC_PER_SEC);
  g_assert_cmpint (till_clock_monotonic (clock), >=, monotonic);
}

static void
test_ids (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      char *id = till_id_new ("sale");

      g_assert_true (g_str_has_prefix (id, "sale_"));
      g_assert_true (g_uuid_string_is_valid (id + strlen ("sale_")));
      g_assert_true (g_hash_table_add (seen, id));
    }
}

static void
test_names (void)
{
  static const char *const right[] = { "A",
                                       "Corner Café",
                                       "مقهى الزاوية",
                                       "קפה",
                                       "街角咖啡馆",
                                       "Crème brûlée, 2 pcs.",
                                       "👨‍👩‍👧",
                                       "O’Neill & Söhne <b>",
                                       "\"; DROP TABLE customers; --" };
  g_autofree char *longest = g_strnfill (TILL_NAME_MAX, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (till_name_check ("The name", right[i], &error));
      g_assert_no_error (error);
    }
  g_assert_true (till_name_check ("The name", longest, NULL));
}

static void
test_names_refused (void)
{
  static const char *const wrong[] = { "",
                                       " ",
                                       "\t",
                                       "a\nb",
                                       "a\tb",
                                       "a\033[2Jb",
                                       "a\177b",
                                       "\xff",
                                       "caf\xc3",
                                       "a\xe2\x80\xa8"
                                       "b",
                                       "a\xe2\x80\xae"
                                       "b",
                                       "a\xe2\x81\xa6"
                                       "b",
                                       "\xe2\x80\x8b",
                                       "\xc2\x85",
                                       "\xed\xa0\x80",
                                       "\xc2\xa0" };
  g_autofree char *longer = g_strnfill (TILL_NAME_MAX + 1, 'x');
  g_autofree char *huge = g_strnfill (10 * 1024, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_false (till_name_check ("The name", NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (wrong) + 2; i++)
    {
      const char *name = i < G_N_ELEMENTS (wrong) ? wrong[i] : i == G_N_ELEMENTS (wrong) ? longer : huge;

      g_assert_false (till_name_check ("The name", name, &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, "The name "));
      g_assert_cmpuint (strlen (error->message), <, 100);
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/format", test_clock_format);
  g_test_add_func ("/base/clock/runs", test_clock_runs);
  g_test_add_func ("/base/id/unique", test_ids);
  g_test_add_func ("/base/name/right", test_names);
  g_test_add_func ("/base/name/refused", test_names_refused);
  return g_test_run ();
}
