/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "ledger/till-ledger-body.h"
#include "ledger/till-ledger-row.h"

#include <math.h>
#include <string.h>

static GBytes *
bytes (const char *text)
{
  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

static TillLedgerRow *
row_new (const char *kind, const char *sale, const char *attempt, const char *body)
{
  TillLedgerRow *row = till_ledger_row_new ();

  row->seq = 1;
  row->at_us = 1795329660123456;
  row->kind = bytes (kind);
  row->sale = bytes (sale);
  row->attempt = bytes (attempt);
  row->body = bytes (body);
  row->previous = bytes (TILL_LEDGER_HASH_START);
  return row;
}

/* Worked out by sha256sum from the form that till-ledger-row.c writes down; it must never change. */
static void
test_known_hash (void)
{
  g_autoptr (TillLedgerRow) row = row_new ("tender", "sale_1", NULL, "{\"amount\":1250}");
  g_autofree char *hash = till_ledger_row_compute_hash (row);

  g_assert_cmpstr (hash, ==, "77b80c6f8aad0e1d44674af63b9c2d1b63be90ab64b254f033db97c46836b581");
}

static void
assert_differ (const char *const a[4], const char *const b[4])
{
  g_autoptr (TillLedgerRow) row_a = row_new (a[0], a[1], a[2], a[3]);
  g_autoptr (TillLedgerRow) row_b = row_new (b[0], b[1], b[2], b[3]);
  g_autofree char *hash_a = till_ledger_row_compute_hash (row_a);
  g_autofree char *hash_b = till_ledger_row_compute_hash (row_b);

  g_assert_cmpstr (hash_a, !=, hash_b);
}

static void
test_unambiguous (void)
{
  assert_differ ((const char *[]){ "a", "b", NULL, "{}" }, (const char *[]){ "a", NULL, "b", "{}" });
  assert_differ ((const char *[]){ "ab", "c", NULL, "{}" }, (const char *[]){ "a", "bc", NULL, "{}" });
  assert_differ ((const char *[]){ "a", "", NULL, "{}" }, (const char *[]){ "a", NULL, "", "{}" });
  assert_differ ((const char *[]){ "a", "", NULL, "{}" }, (const char *[]){ "a", NULL, NULL, "{}" });
  assert_differ ((const char *[]){ "a", "-,", NULL, "{}" }, (const char *[]){ "a", NULL, NULL, "{}" });
  assert_differ ((const char *[]){ "a", "1,1:b", NULL, "{}" }, (const char *[]){ "a", "1", "b", "{}" });
}

static void
assert_no_body (const char *text, gsize size)
{
  g_autoptr (GBytes) data = g_bytes_new (text, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (till_ledger_body_parse (data, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_bad_bodies (void)
{
  static const char *const texts[] = { "",
                                       " ",
                                       "{",
                                       "}",
                                       "[]",
                                       "1",
                                       "null",
                                       "\"x\"",
                                       "{]",
                                       "{\"a\"}",
                                       "{\"a\":1,}x",
                                       "\xff\xfe",
                                       "{\"a\":\"\xc3\"}" };
  g_autofree char *brackets = g_strnfill (1000000, '[');
  g_autofree char *large = g_strnfill (2000000, ' ');

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_no_body (texts[i], strlen (texts[i]));
  assert_no_body ("{}\0", 3);
  assert_no_body (brackets, 1000000);
  assert_no_body (large, 2000000);
}

/* json-glib would take these, or say what is wrong in words that are no text. */
static void
test_looser_than_json (void)
{
  g_autofree char *brackets = g_strnfill (150000, '[');
  g_autofree char *hidden = g_strconcat ("{\"a\": /*\"*/ ", brackets, NULL);
  const char *texts[] = { hidden,
                          "{\"a\": 1 /* one */}",
                          "{\"a\": 1} // one",
                          "{\"a\": [1e+: 1]}",
                          "{\"a\": 0x: 1}",
                          "{\"a\": 1e999}",
                          "{\"a\": -1E400}",
                          "{\"a\": 9223372036854775808}",
                          "{\"a\": -9223372036854775809}",
                          "{\"a\": 010}",
                          "{\"a\": 0x10}",
                          "{\"a\": .5}",
                          "{\"a\": 5.}",
                          "{\"a\": +5}",
                          "{\"a\": 'b'}",
                          "{\"a\": \"\\x\"}",
                          "{\"a\": \"\\u12g4\"}",
                          "{\"a\": \"\\ud800\"}",
                          "{\"a\": \"\\udc00\\ud800\"}",
                          "{\"a\": \"\n\"}",
                          "{\"a\": 1,}",
                          "{\"a\": [1,]}",
                          "{a: 1}",
                          "var a = {\"b\": 1};" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_no_body (texts[i], strlen (texts[i]));
}

static void
test_all_of_json (void)
{
  static const char *const texts[] = { "{}",
                                       " \t\r\n{ } ",
                                       "{\"\": null, \"b\": [true, false, [], {}]}",
                                       "{\"a\": [0, -0, 10, -9223372036854775808, 9223372036854775807]}",
                                       "{\"a\": [0.5, -1.25e3, 1E-5, 1.5e+308, 0e0, 1e-999]}",
                                       "{\"a\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00\x7f\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) data = bytes (texts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) body = till_ledger_body_parse (data, &error);

      g_assert_no_error (error);
      g_autofree char *written = till_ledger_body_format (body, &error);
      g_assert_no_error (error);
      g_assert_nonnull (written);
    }
}

/* What can't be read again is not written: json-glib makes inf, nan and 1e+17.0 of these. */
static void
test_no_number (void)
{
  static const double numbers[] = { HUGE_VAL, -HUGE_VAL, NAN, 1e17 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (JsonObject) body = json_object_new ();
      g_autoptr (GError) error = NULL;

      json_object_set_double_member (body, "a", numbers[i]);
      g_assert_null (till_ledger_body_format (body, &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
    }
}

/* Brackets in strings are no nesting. */
static void
test_brackets_in_strings (void)
{
  g_autofree char *brackets = g_strnfill (100, '[');
  g_autofree char *text = g_strdup_printf ("{\"a\":\"\\\"%s\\\\\",\"b\":{\"c\":[]}}", brackets);
  g_autoptr (GBytes) data = bytes (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = till_ledger_body_parse (data, &error);

  g_assert_no_error (error);
  g_assert_true (json_object_has_member (body, "b"));
  g_assert_true (json_object_is_immutable (body));
}

/* Any text: an object, or words. Random, but the same each time for the same seed. */
static void
test_random_bodies (void)
{
  static const char alphabet[] = "{}[]\":,0aeu\\ntrl.-+E /*\n\xc3\xa4";

  for (int i = 0; i < 20000; i++)
    {
      char text[40];
      gsize size = (gsize) g_test_rand_int_range (0, sizeof text);
      g_autoptr (GBytes) data = NULL;
      g_autoptr (JsonObject) body = NULL;
      g_autoptr (GError) error = NULL;

      for (gsize j = 0; j < size; j++)
        text[j] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      if (size > 0)
        text[0] = '{';
      data = g_bytes_new (text, size);
      body = till_ledger_body_parse (data, &error);
      g_assert_true ((body == NULL) == (error != NULL));
      g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger-row/known-hash", test_known_hash);
  g_test_add_func ("/ledger-row/unambiguous", test_unambiguous);
  g_test_add_func ("/ledger-row/bad-bodies", test_bad_bodies);
  g_test_add_func ("/ledger-row/looser-than-json", test_looser_than_json);
  g_test_add_func ("/ledger-row/all-of-json", test_all_of_json);
  g_test_add_func ("/ledger-row/no-number", test_no_number);
  g_test_add_func ("/ledger-row/brackets-in-strings", test_brackets_in_strings);
  g_test_add_func ("/ledger-row/random-bodies", test_random_bodies);
  return g_test_run ();
}
