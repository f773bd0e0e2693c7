/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-calendar-day.h"

/* GDate counts from 0001-01-01, which is its first day. */
#define EPOCH_JULIAN 719163
/* As far as the year 4707, for what a damaged file may hold. */
#define MOST_DAYS 1000000

static void
init_date (GDate *date, gint64 day)
{
  g_date_clear (date, 1);
  g_date_set_julian (date, (guint32) (CLAMP (day, 0, MOST_DAYS) + EPOCH_JULIAN));
}

gint64
till_calendar_day_add_months (gint64 day, guint months)
{
  GDate date;

  init_date (&date, day);
  g_date_add_months (&date, months);
  return (gint64) g_date_get_julian (&date) - EPOCH_JULIAN;
}

char *
till_calendar_day_format (gint64 day)
{
  GDate date;

  init_date (&date, day);
  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&date), (guint) g_date_get_month (&date),
                          g_date_get_day (&date));
}
