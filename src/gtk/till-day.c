/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-day.h"

#include "sale/till-day-csv.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TillDay
{
  GObject parent_instance;

  TillShop *shop;
  TillDayReport *report;
  TillDayReport *closed;
  GError *trouble;
  guint holders;
  gboolean reading;
  gboolean again; /* money moved while it was read */
  gboolean busy;
  const char *end;
  char *words;
  char *path; /* of the files being written */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillDay, till_day, G_TYPE_OBJECT)

static void
tell_changed (TillDay *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Reading */

static void
on_reported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillDay) self = user_data;
  g_autoptr (GError) error = NULL;
  TillDayReport *report = till_shop_report_finish (TILL_SHOP (source), result, &error);

  self->reading = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_error (&self->trouble);
  if (report != NULL)
    {
      g_clear_pointer (&self->report, till_day_report_unref);
      self->report = report;
    }
  else
    self->trouble = g_steal_pointer (&error);
  if (self->again)
    till_day_read (self);
  tell_changed (self);
}

void
till_day_read (TillDay *self)
{
  g_return_if_fail (TILL_IS_DAY (self));

  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  till_shop_report_async (self->shop, NULL, on_reported, g_object_ref (self));
}

static void
on_day_changed (TillDay *self)
{
  if (self->holders > 0)
    till_day_read (self);
}

void
till_day_hold (TillDay *self)
{
  g_return_if_fail (TILL_IS_DAY (self));

  self->holders++;
  till_day_read (self);
}

void
till_day_release (TillDay *self)
{
  g_return_if_fail (TILL_IS_DAY (self));
  g_return_if_fail (self->holders > 0);

  self->holders--;
}

gboolean
till_day_is_held (TillDay *self)
{
  return self->holders > 0;
}

/* Doing */

static gboolean
begin (TillDay *self)
{
  if (self->busy)
    return FALSE;
  self->busy = TRUE;
  self->end = "busy";
  g_clear_pointer (&self->words, g_free);
  tell_changed (self);
  return TRUE;
}

static void
end (TillDay *self, gboolean done, const char *words)
{
  self->busy = FALSE;
  self->end = done ? "done" : "refused";
  g_free (self->words);
  self->words = g_strdup (words);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, done);
  till_day_read (self);
  tell_changed (self);
}

void
till_day_refuse (TillDay *self, const char *words)
{
  g_return_if_fail (TILL_IS_DAY (self));

  if (!self->busy)
    end (self, FALSE, words);
}

static void
on_drawer_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillDay) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_shop_drawer_finish (TILL_SHOP (source), result, &error);

  end (self, row != NULL, row != NULL ? _ ("It is written in the books") : error->message);
}

void
till_day_write_drawer (
    TillDay *self, const char *what, const TillMoney *amount, const char *note, const char *manager_pin)
{
  g_return_if_fail (TILL_IS_DAY (self));

  if (begin (self))
    till_shop_drawer_async (self->shop, what, amount, note, manager_pin, NULL, on_drawer_written,
                            g_object_ref (self));
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillDay) self = user_data;
  g_autoptr (GError) error = NULL;
  TillDayReport *report = till_shop_close_day_finish (TILL_SHOP (source), result, &error);

  if (report != NULL)
    {
      g_clear_pointer (&self->closed, till_day_report_unref);
      self->closed = report;
    }
  end (self, report != NULL, report != NULL ? _ ("The day is closed") : error->message);
}

void
till_day_close (TillDay *self, const TillMoney *counted, const char *manager_pin)
{
  g_return_if_fail (TILL_IS_DAY (self));

  if (begin (self))
    till_shop_close_day_async (self->shop, counted, manager_pin, NULL, on_closed, g_object_ref (self));
}

/* Files */

char *
till_day_sums_path (const char *path)
{
  gsize length = g_str_has_suffix (path, ".csv") ? strlen (path) - strlen (".csv") : strlen (path);

  return g_strdup_printf ("%.*s-sums.csv", (int) length, path);
}

static gboolean
write_files (TillDay *self, GPtrArray *rows, gint64 since_us, GError **error)
{
  g_autoptr (TillDayReport) report
      = till_day_report_new (till_shop_get_name (self->shop), till_shop_get_currency (self->shop), 0,
                             till_clock_utc (till_shop_get_clock (self->shop)), rows, error);
  g_autofree char *sales = till_day_csv_of_sales (rows, since_us);
  g_autofree char *sums = report != NULL ? till_day_report_to_csv (report) : NULL;
  g_autofree char *sums_path = till_day_sums_path (self->path);

  return report != NULL && g_file_set_contents (self->path, sales, -1, error)
         && g_file_set_contents (sums_path, sums, -1, error);
}

static void
on_rows_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillDay) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 since_us = 0;
  g_autoptr (GPtrArray) rows = till_shop_list_day_rows_finish (TILL_SHOP (source), result, &since_us, &error);
  gboolean written = rows != NULL && write_files (self, rows, since_us, &error);

  g_clear_pointer (&self->path, g_free);
  end (self, written, written ? _ ("The day is saved: its sales, and its sums beside them") : error->message);
}

void
till_day_save_csv (TillDay *self, const char *path)
{
  g_return_if_fail (TILL_IS_DAY (self));

  if (!begin (self))
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  till_shop_list_day_rows_async (self->shop, NULL, on_rows_listed, g_object_ref (self));
}

/* Readings */

TillShop *
till_day_get_shop (TillDay *self)
{
  return self->shop;
}

TillDayReport *
till_day_get_report (TillDay *self)
{
  return self->report;
}

const GError *
till_day_get_trouble (TillDay *self)
{
  return self->trouble;
}

TillDayReport *
till_day_get_closed (TillDay *self)
{
  return self->closed;
}

gboolean
till_day_is_busy (TillDay *self)
{
  return self->busy;
}

const char *
till_day_get_end (TillDay *self)
{
  return self->end;
}

const char *
till_day_get_words (TillDay *self)
{
  return self->words != NULL ? self->words : "";
}

/* The object */

TillDay *
till_day_new (TillShop *shop)
{
  TillDay *self = g_object_new (TILL_TYPE_DAY, NULL);

  self->shop = g_object_ref (shop);
  g_signal_connect_object (shop, "day-changed", G_CALLBACK (on_day_changed), self, G_CONNECT_SWAPPED);
  return self;
}

static void
till_day_finalize (GObject *object)
{
  TillDay *self = TILL_DAY (object);

  g_clear_pointer (&self->report, till_day_report_unref);
  g_clear_pointer (&self->closed, till_day_report_unref);
  g_clear_error (&self->trouble);
  g_free (self->words);
  g_free (self->path);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (till_day_parent_class)->finalize (object);
}

static void
till_day_class_init (TillDayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_day_finalize;
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", TILL_TYPE_DAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", TILL_TYPE_DAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
till_day_init (TillDay *self)
{
  self->end = "";
}
