/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-keys.h"

static gboolean
on_key_pressed (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, gpointer user_data)
{
  GActionGroup *actions = user_data;
  guint32 typed = gdk_keyval_to_unicode (key);
  char digit[] = { '\0', '\0' };

  if (!g_action_group_get_action_enabled (actions, "digit")
      || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_BackSpace || key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete)
    {
      g_action_group_activate_action (actions, "erase-digit", NULL);
      return GDK_EVENT_STOP;
    }
  /* Who types on the numeric pad may end with its Enter, which must not press the key in focus. */
  if (key == GDK_KEY_KP_Enter)
    {
      g_action_group_activate_action (actions, "enter-pin", NULL);
      return GDK_EVENT_STOP;
    }
  /* Digits of every script people type with, and of the numeric pad. */
  if (!g_unichar_isdigit (typed))
    return GDK_EVENT_PROPAGATE;
  digit[0] = (char) ('0' + g_unichar_digit_value (typed));
  g_action_group_activate_action (actions, "digit", g_variant_new_string (digit));
  return GDK_EVENT_STOP;
}

void
till_keys_attach (GtkWidget *window, TillApplication *application)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), application, 0);
  gtk_widget_add_controller (window, keys);
}
