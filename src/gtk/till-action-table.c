/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-action-table.h"

#include "gtk/till-application-private.h"

static GSimpleAction *
find (TillApplication *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

/* Actions */

static gboolean
is_possible (TillApplication *self, const TillActionRow *row)
{
  if (self->phase != TILL_PHASE_OPEN)
    return FALSE;
  if (row->event >= 0
      && !till_checkout_accepts (till_shop_get_checkout (self->shop), (TillCheckoutEvent) row->event))
    return FALSE;
  return row->test == NULL || row->test (self);
}

static void
on_activate (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TillApplication *self = user_data;
  const TillActionRow *row = g_object_get_data (G_OBJECT (action), "row");
  g_autoptr (GError) error = NULL;

  if (!row->act (self, parameter, &error) && error != NULL)
    till_application_tell (self, error->message);
  till_application_update_actions (self);
}

void
till_action_table_add (TillApplication *self, const TillActionRow *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr (GVariantType) type
          = rows[i].parameter != NULL ? g_variant_type_new (rows[i].parameter) : NULL;
      g_autoptr (GSimpleAction) action = g_simple_action_new (rows[i].name, type);

      g_object_set_data (G_OBJECT (action), "row", (gpointer) &rows[i]);
      g_simple_action_set_enabled (action, FALSE);
      g_signal_connect (action, "activate", G_CALLBACK (on_activate), self);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
}

void
till_action_table_update (TillApplication *self, const TillActionRow *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    g_simple_action_set_enabled (find (self, rows[i].name), is_possible (self, &rows[i]));
}

/* Readings */

static void
on_change_state (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  /* A reading: what others would like it to be does not matter. */
}

void
till_action_table_add_readings (TillApplication *self, const TillReadingRow *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr (GSimpleAction) action
          = g_simple_action_new_stateful (rows[i].name, NULL, rows[i].read (self));

      g_signal_connect (action, "change-state", G_CALLBACK (on_change_state), self);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
}

void
till_action_table_update_readings (TillApplication *self, const TillReadingRow *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    g_simple_action_set_state (find (self, rows[i].name), rows[i].read (self));
}
