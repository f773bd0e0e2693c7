/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-day-words.h"

#define SECONDS (24 * 60 * 60)

char *
till_day_words (gint64 day)
{
  /* Noon, UTC, is that day nearly everywhere. */
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (day * SECONDS + SECONDS / 2);

  return when != NULL ? g_date_time_format (when, "%-d %B %Y") : g_strdup ("");
}
