/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-day-actions.h"

#include "gtk/till-action-table.h"

#include <glib/gi18n.h>

static gboolean
is_free (TillApplication *self)
{
  return !till_day_is_busy (self->day);
}

static gboolean
act_show_takings (TillApplication *self, GVariant *parameter, GError **error)
{
  till_day_read (self->day);
  till_application_show (self, "takings");
  return TRUE;
}

/* FALSE, and @text refused, where it is no amount. */
static gboolean
read_amount (TillApplication *self, const char *text, TillMoney *amount)
{
  g_autofree char *tidied = g_strstrip (g_strdelimit (g_strdup (text), ",", '.'));
  g_autofree char *words = NULL;

  if (till_money_parse (amount, tidied, till_shop_get_currency (self->shop), NULL))
    return TRUE;
  words = g_strdup_printf (_ ("“%s” is no amount of %s: write one like 12.50"), text,
                           till_shop_get_currency (self->shop));
  till_day_refuse (self->day, words);
  return FALSE;
}

static gboolean
act_drawer (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *what;
  const char *text;
  const char *note;
  const char *pin;
  TillMoney amount;

  g_variant_get (parameter, "(&s&s&s&s)", &what, &text, &note, &pin);
  if (!read_amount (self, text, &amount))
    return FALSE;
  till_day_write_drawer (self->day, what, &amount, *note != '\0' ? note : NULL, *pin != '\0' ? pin : NULL);
  return TRUE;
}

static gboolean
act_close_day (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *text;
  const char *pin;
  TillMoney counted;

  g_variant_get (parameter, "(&s&s)", &text, &pin);
  if (*text != '\0' && !read_amount (self, text, &counted))
    return FALSE;
  till_day_close (self->day, *text != '\0' ? &counted : NULL, pin);
  return TRUE;
}

static gboolean
act_save_csv (TillApplication *self, GVariant *parameter, GError **error)
{
  till_day_save_csv (self->day, g_variant_get_string (parameter, NULL));
  return TRUE;
}

static const TillActionRow rows[] = {
  { "show-takings", NULL, act_show_takings, -1, is_free },
  { "drawer", "(ssss)", act_drawer, -1, is_free },
  { "close-day", "(ss)", act_close_day, -1, is_free },
  { "save-csv", "s", act_save_csv, -1, is_free },
};

/* Readings */

static GVariant *
takings (TillApplication *self)
{
  TillDayReport *report = self->day != NULL ? till_day_get_report (self->day) : NULL;

  return g_variant_new_take_string (report != NULL ? till_day_report_to_text (report) : g_strdup (""));
}

static GVariant *
closed_day (TillApplication *self)
{
  TillDayReport *report = self->day != NULL ? till_day_get_closed (self->day) : NULL;

  return g_variant_new_take_string (report != NULL ? till_day_report_to_text (report) : g_strdup (""));
}

static GVariant *
day_end (TillApplication *self)
{
  return g_variant_new ("(ss)", self->day != NULL ? till_day_get_end (self->day) : "",
                        self->day != NULL ? till_day_get_words (self->day) : "");
}

static const TillReadingRow readings[] = {
  { "takings", takings },
  { "closed-day", closed_day },
  { "day-end", day_end },
};

void
till_day_actions_add (TillApplication *self)
{
  till_action_table_add (self, rows, G_N_ELEMENTS (rows));
  till_action_table_add_readings (self, readings, G_N_ELEMENTS (readings));
}

void
till_day_actions_update (TillApplication *self)
{
  till_action_table_update (self, rows, G_N_ELEMENTS (rows));
}

static void
on_changed (TillApplication *self)
{
  till_day_actions_update (self);
  till_action_table_update_readings (self, readings, G_N_ELEMENTS (readings));
}

static void
on_ended (TillApplication *self, gboolean done)
{
  /* The takings window tells it itself. */
  if (!till_day_is_held (self->day))
    till_application_tell (self, till_day_get_words (self->day));
}

void
till_day_actions_follow (TillApplication *self)
{
  self->day = till_day_new (self->shop);
  g_signal_connect_object (self->day, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
}
