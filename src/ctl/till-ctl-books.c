/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-books.h"

#include "shop/till-day-rows.h"

#include <stdio.h>

static gboolean
open_all (TillCtlBooks *self, const TillCtlOptions *options, GError **error)
{
  self->profile = till_profile_open_existing (options->profile, error);
  if (self->profile == NULL)
    return FALSE;

  g_autofree char *database = till_profile_get_path (self->profile, "smiletill.db");
  self->store = till_store_open_reading (database, error);
  if (self->store == NULL)
    return FALSE;
  self->ledger = till_ledger_new_reading (self->store, error);
  return self->ledger != NULL;
}

gboolean
till_ctl_books_open (TillCtlBooks *self, const TillCtlOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (open_all (self, options, &error))
    return TRUE;
  till_ctl_fail (error);
  return FALSE;
}

gboolean
till_ctl_books_read_catalogue (TillCtlBooks *self)
{
  g_autofree char *path = till_profile_get_catalogue_path (self->profile);
  g_autoptr (GError) error = NULL;

  self->catalogue = till_catalogue_new_from_file (path, &error);
  if (self->catalogue == NULL)
    till_ctl_fail (error);
  return self->catalogue != NULL;
}

void
till_ctl_books_clear (TillCtlBooks *self)
{
  g_clear_object (&self->ledger);
  if (self->store != NULL)
    till_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->profile);
}

char *
till_ctl_books_get_shop_name (TillCtlBooks *self)
{
  g_autofree char *name = g_settings_get_string (till_profile_get_settings (self->profile), "shop-name");

  return *name != '\0' ? g_steal_pointer (&name) : g_strdup (till_catalogue_get_shop (self->catalogue));
}

const char *
till_ctl_books_get_currency (TillCtlBooks *self)
{
  return till_catalogue_get_currency (self->catalogue);
}

GPtrArray *
till_ctl_books_list (TillCtlBooks *self, gint64 since_us, gboolean whole, TillLedgerEntry **close)
{
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  till_day_rows_list_async (self->ledger, since_us, whole, NULL, till_ctl_on_result, &call);
  GPtrArray *rows = till_day_rows_list_finish (self->ledger, till_ctl_wait (&call), close, &error);
  if (rows == NULL)
    till_ctl_fail (error);
  return rows;
}

gboolean
till_ctl_parse_time (const char *text, gint64 *at_us)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autofree char *full = strchr (text, ' ') != NULL || strchr (text, 'T') != NULL
                              ? g_strconcat (text, ":00", NULL)
                              : g_strconcat (text, " 00:00:00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (full, local);

  if (time == NULL)
    {
      fprintf (stderr, "smiletillctl: “%s” is no time; write one like 2026-11-22 or \"2026-11-22 14:05\"\n",
               text);
      return FALSE;
    }
  *at_us = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  return TRUE;
}

char *
till_ctl_format_time (gint64 at_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : g_strdup ("?");
}
