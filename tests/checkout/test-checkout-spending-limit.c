/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-spending-limit.h"

#define MONEY(amount, code)                                                                                  \
  &(const TillMoney)                                                                                         \
  {                                                                                                          \
    .minor = (amount), .currency = code                                                                      \
  }
#define NONE MONEY (0, "")

static void
test_allows (void)
{
  g_assert_true (till_spending_limit_allows (NONE, NULL, MONEY (G_MAXINT64, "EUR")));
  g_assert_true (till_spending_limit_allows (NONE, MONEY (1, "EUR"), MONEY (G_MAXINT64, "EUR")));
  g_assert_true (till_spending_limit_allows (MONEY (100, "EUR"), NULL, MONEY (100, "EUR")));
  g_assert_false (till_spending_limit_allows (MONEY (100, "EUR"), NULL, MONEY (101, "EUR")));
  g_assert_true (till_spending_limit_allows (MONEY (100, "EUR"), NONE, MONEY (100, "EUR")));
  g_assert_true (till_spending_limit_allows (MONEY (100, "EUR"), MONEY (60, "EUR"), MONEY (40, "EUR")));
  g_assert_false (till_spending_limit_allows (MONEY (100, "EUR"), MONEY (61, "EUR"), MONEY (40, "EUR")));
  g_assert_false (till_spending_limit_allows (MONEY (0, "EUR"), NULL, MONEY (1, "EUR")));
}

/* What can't be held against a limit does not keep it. */
static void
test_odd (void)
{
  g_assert_false (till_spending_limit_allows (MONEY (100, "EUR"), NULL, MONEY (1, "USD")));
  g_assert_false (till_spending_limit_allows (MONEY (100, "EUR"), MONEY (1, "USD"), MONEY (1, "EUR")));
  g_assert_false (
      till_spending_limit_allows (MONEY (G_MAXINT64, "EUR"), MONEY (G_MAXINT64, "EUR"), MONEY (1, "EUR")));
  /* Getting money back gives nobody a higher limit. */
  g_assert_false (till_spending_limit_allows (MONEY (100, "EUR"), MONEY (-50, "EUR"), MONEY (101, "EUR")));
  g_assert_true (till_spending_limit_allows (MONEY (100, "EUR"), MONEY (-50, "EUR"), MONEY (100, "EUR")));
}

static void
test_reached (void)
{
  g_assert_false (till_spending_limit_is_reached (NONE, MONEY (G_MAXINT64, "EUR")));
  g_assert_false (till_spending_limit_is_reached (MONEY (100, "EUR"), MONEY (99, "EUR")));
  g_assert_true (till_spending_limit_is_reached (MONEY (100, "EUR"), MONEY (100, "EUR")));
  g_assert_true (till_spending_limit_is_reached (MONEY (0, "EUR"), MONEY (1, "EUR")));
  g_assert_true (till_spending_limit_is_reached (MONEY (100, "EUR"), MONEY (1, "USD")));
}

static void
assert_start (const char *zone, const char *now, const char *start)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (now, utc);
  g_autoptr (GDateTime) expected = g_date_time_new_from_iso8601 (start, utc);

  g_setenv ("TZ", zone, TRUE);
  gint64 found = till_spending_day_start_us (g_date_time_to_unix (at) * G_USEC_PER_SEC + 999999);
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (found / G_USEC_PER_SEC);
  g_autofree char *words = g_date_time_format_iso8601 (day);
  g_autofree char *wanted = g_date_time_format_iso8601 (expected);
  g_assert_cmpstr (words, ==, wanted);
  g_assert_cmpint (found % G_USEC_PER_SEC, ==, 0);
}

/* Midnight is the shop's, also on the days that are an hour shorter or longer, and where there is none. */
static void
test_day (void)
{
  assert_start ("UTC", "2026-11-22T13:30:00Z", "2026-11-22T00:00:00Z");
  assert_start ("UTC", "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z");
  assert_start ("UTC", "2026-11-21T23:59:59Z", "2026-11-21T00:00:00Z");
  assert_start ("UTC", "1969-12-31T23:59:58Z", "1969-12-31T00:00:00Z");
  assert_start ("JST-9", "2026-11-22T14:59:59Z", "2026-11-21T15:00:00Z");
  assert_start ("JST-9", "2026-11-22T15:00:00Z", "2026-11-22T15:00:00Z");
  assert_start ("EST5", "2026-11-22T04:59:59Z", "2026-11-21T05:00:00Z");
  /* In Berlin the night of 2026-03-29 has no hour from two to three, and that of 2026-10-25 has it twice. */
  assert_start ("Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z");
  assert_start ("Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-29T22:00:00Z");
  assert_start ("Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z");
  assert_start ("Europe/Berlin", "2026-10-25T22:59:59Z", "2026-10-24T22:00:00Z");
  /* In Santiago 2026-09-06 begins at one o'clock. */
  assert_start ("America/Santiago", "2026-09-06T04:00:00Z", "2026-09-06T04:00:00Z");
  assert_start ("America/Santiago", "2026-09-06T12:00:00Z", "2026-09-06T04:00:00Z");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkout/spending-limit/allows", test_allows);
  g_test_add_func ("/checkout/spending-limit/odd", test_odd);
  g_test_add_func ("/checkout/spending-limit/reached", test_reached);
  g_test_add_func ("/checkout/spending-limit/day", test_day);
  return g_test_run ();
}
