/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-day-actions.h"

#include "base/till-error.h"
#include "gtk/till-discount-text.h"

#include <glib/gi18n.h>

typedef gboolean (*TillDayAct) (TillApplication *self, GVariant *parameter, GError **error);

typedef struct
{
  const char *name;
  const char *parameter; /* GVariant type, NULL for none */
  TillDayAct act;
  gboolean basket; /* only while goods are rung up */
} TillDayAction;

static TillBasket *
basket_of (TillApplication *self)
{
  return till_shop_get_basket (self->shop);
}

/* Discounts */

static gboolean
act_discount_line (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *article;
  const char *text;
  TillMoney amount;
  int rate;

  g_variant_get (parameter, "(&s&s)", &article, &text);
  return till_discount_text_parse (text, till_shop_get_currency (self->shop), &rate, &amount, error)
         && till_basket_discount_line (basket_of (self), article, rate, &amount, error);
}

static gboolean
act_discount (TillApplication *self, GVariant *parameter, GError **error)
{
  TillMoney amount;
  int rate;

  return till_discount_text_parse (g_variant_get_string (parameter, NULL),
                                   till_shop_get_currency (self->shop), &rate, &amount, error)
         && till_basket_discount (basket_of (self), rate, &amount, error);
}

/* The day */

static gboolean
act_show_takings (TillApplication *self, GVariant *parameter, GError **error)
{
  till_day_read (self->day);
  till_application_show (self, "takings");
  return TRUE;
}

static gboolean
parse_amount (TillApplication *self, const char *text, TillMoney *amount, GError **error)
{
  g_autofree char *tidied = g_strstrip (g_strdelimit (g_strdup (text), ",", '.'));

  if (till_money_parse (amount, tidied, till_shop_get_currency (self->shop), NULL))
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, _ ("“%s” is no amount of %s: write one like 12.50"),
               text, till_shop_get_currency (self->shop));
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
  if (!parse_amount (self, text, &amount, error))
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
  if (*text != '\0' && !parse_amount (self, text, &counted, error))
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

static const TillDayAction rows[] = {
  { "discount-line", "(ss)", act_discount_line, TRUE }, { "discount", "s", act_discount, TRUE },
  { "show-takings", NULL, act_show_takings, FALSE },    { "drawer", "(ssss)", act_drawer, FALSE },
  { "close-day", "(ss)", act_close_day, FALSE },        { "save-csv", "s", act_save_csv, FALSE },
};

static gboolean
is_possible (TillApplication *self, const TillDayAction *row)
{
  if (self->phase != TILL_PHASE_OPEN || self->day == NULL)
    return FALSE;
  if (!row->basket)
    return !till_day_is_busy (self->day);
  return till_checkout_get_state (till_shop_get_checkout (self->shop)) == TILL_CHECKOUT_IDLE
         && self->sitting == NULL && !till_basket_is_empty (basket_of (self));
}

static void
on_activate (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TillApplication *self = user_data;
  const TillDayAction *row = g_object_get_data (G_OBJECT (action), "row");
  g_autoptr (GError) error = NULL;

  if (row->act (self, parameter, &error))
    return;
  if (row->basket)
    till_application_tell (self, error->message);
  else
    till_day_refuse (self->day, error->message);
}

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

static const struct
{
  const char *name;
  GVariant *(*read) (TillApplication *self);
} readings[] = {
  { "takings", takings },
  { "closed-day", closed_day },
  { "day-end", day_end },
};

static void
on_change_state (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  /* A reading: what others would like it to be does not matter. */
}

static void
add_readings (TillApplication *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autoptr (GSimpleAction) action
          = g_simple_action_new_stateful (readings[i].name, NULL, readings[i].read (self));

      g_signal_connect (action, "change-state", G_CALLBACK (on_change_state), self);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
}

void
till_day_actions_add (TillApplication *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GVariantType) type
          = rows[i].parameter != NULL ? g_variant_type_new (rows[i].parameter) : NULL;
      g_autoptr (GSimpleAction) action = g_simple_action_new (rows[i].name, type);

      g_object_set_data (G_OBJECT (action), "row", (gpointer) &rows[i]);
      g_simple_action_set_enabled (action, FALSE);
      g_signal_connect (action, "activate", G_CALLBACK (on_activate), self);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
  add_readings (self);
}

void
till_day_actions_update (TillApplication *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), rows[i].name)),
        is_possible (self, &rows[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    g_simple_action_set_state (
        G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), readings[i].name)),
        readings[i].read (self));
}

static void
on_ended (TillApplication *self, gboolean done)
{
  till_application_tell (self, till_day_get_words (self->day));
}

void
till_day_actions_follow (TillApplication *self)
{
  self->day = till_day_new (self->shop);
  g_signal_connect_object (self->day, "changed", G_CALLBACK (till_day_actions_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
}
