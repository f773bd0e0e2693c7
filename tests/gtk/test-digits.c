/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-digits.h"

static void
count_change (TillDigits *digits, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_typing (void)
{
  g_autoptr (TillDigits) digits = till_digits_new (4);
  guint changes = 0;

  g_signal_connect (digits, "notify::length", G_CALLBACK (count_change), &changes);
  for (const char *digit = "0597"; *digit != '\0'; digit++)
    {
      g_assert_false (till_digits_is_full (digits));
      g_assert_true (till_digits_append (digits, *digit));
    }
  g_assert_true (till_digits_is_full (digits));
  g_assert_cmpstr (till_digits_get_text (digits), ==, "0597");
  g_assert_cmpuint (till_digits_get_length (digits), ==, 4);
  g_assert_false (till_digits_append (digits, '1'));
  g_assert_cmpstr (till_digits_get_text (digits), ==, "0597");
  g_assert_cmpuint (changes, ==, 4);
}

static void
test_no_digit (void)
{
  g_autoptr (TillDigits) digits = till_digits_new (4);

  for (const char *other = "a -+.:/\n"; *other != '\0'; other++)
    g_assert_false (till_digits_append (digits, *other));
  g_assert_false (till_digits_append (digits, '\0'));
  g_assert_false (till_digits_append (digits, (char) 0xb2));
  g_assert_cmpuint (till_digits_get_length (digits), ==, 0);
}

static void
test_erasing (void)
{
  g_autoptr (TillDigits) digits = till_digits_new (4);
  guint changes = 0;

  till_digits_append (digits, '1');
  till_digits_append (digits, '2');
  g_signal_connect (digits, "notify::length", G_CALLBACK (count_change), &changes);
  till_digits_erase (digits);
  g_assert_cmpstr (till_digits_get_text (digits), ==, "1");
  till_digits_erase (digits);
  till_digits_erase (digits);
  g_assert_cmpuint (till_digits_get_length (digits), ==, 0);
  g_assert_cmpuint (changes, ==, 2);
}

static void
test_wiping (void)
{
  g_autoptr (TillDigits) digits = till_digits_new (4);
  const char *memory = till_digits_get_text (digits);

  for (int i = 0; i < 4; i++)
    till_digits_append (digits, '7');
  till_digits_clear (digits);
  for (int i = 0; i <= 4; i++)
    g_assert_cmpint (memory[i], ==, 0);
  g_assert_true (till_digits_append (digits, '3'));
  g_assert_cmpstr (till_digits_get_text (digits), ==, "3");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digits/typing", test_typing);
  g_test_add_func ("/digits/no-digit", test_no_digit);
  g_test_add_func ("/digits/erasing", test_erasing);
  g_test_add_func ("/digits/wiping", test_wiping);
  return g_test_run ();
}
