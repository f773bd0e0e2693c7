/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-presence-actions.h"

#include "base/till-error.h"
#include "gtk/till-action-table.h"
#include "gtk/till-application-private.h"
#include "gtk/till-data-words.h"
#include "gtk/till-sheet-print.h"

#include <glib/gi18n.h>

static TillPresence *
presence_of (TillApplication *self)
{
  return till_data_case_get_presence (self->data);
}

static gboolean
is_proving (TillApplication *self, TillPresenceState state)
{
  return self->data != NULL && till_data_case_get_state (self->data) == TILL_DATA_PROVING
         && till_presence_get_state (presence_of (self)) == state;
}

gboolean
till_presence_actions_types_digits (TillApplication *self)
{
  return is_proving (self, TILL_PRESENCE_DIGITS);
}

gboolean
till_presence_actions_types_pin (TillApplication *self)
{
  return is_proving (self, TILL_PRESENCE_PIN);
}

/* When */

/* The camera is one, and so is the recognition behind it. */
static gboolean
can_begin (TillApplication *self)
{
  TillCheckoutState state = till_checkout_get_state (till_shop_get_checkout (self->shop));

  return self->sitting == NULL && (state == TILL_CHECKOUT_IDLE || state == TILL_CHECKOUT_WAYS)
         && till_shop_get_face_trouble (self->shop) == NULL;
}

static gboolean
is_asked (TillApplication *self)
{
  return is_proving (self, TILL_PRESENCE_CONSENT);
}

static gboolean
is_on (TillApplication *self)
{
  return self->data != NULL && till_data_case_get_state (self->data) != TILL_DATA_ERASING;
}

static gboolean
can_ask_to_erase (TillApplication *self)
{
  return self->data != NULL && till_data_case_can_ask (self->data);
}

static gboolean
can_erase (TillApplication *self)
{
  return self->data != NULL && till_data_case_can_erase (self->data);
}

static gboolean
has_paper (TillApplication *self)
{
  return self->data != NULL
         && (till_data_case_get_export (self->data) != NULL
             || till_data_case_get_erasure (self->data) != NULL);
}

/* What */

static gboolean
act_presence (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *goal = g_variant_get_string (parameter, NULL);
  gboolean erase = g_str_equal (goal, "erase");

  if (!erase && !g_str_equal (goal, "show"))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "“%s” is neither “show” nor “erase”", goal);
      return FALSE;
    }

  g_autoptr (TillDataCase) data
      = till_data_case_new (self->shop, till_checkout_get_camera_source (till_shop_get_checkout (self->shop)),
                            erase ? TILL_DATA_ERASE : TILL_DATA_SHOW);
  till_application_set_privacy (self, FALSE);
  till_application_set_data_case (self, data);
  till_application_tell (self, erase ? _ ("A customer wants to be erased, on their side")
                                     : _ ("A customer looks at what is kept of them, on their side"));
  return TRUE;
}

static gboolean
act_agree (TillApplication *self, GVariant *parameter, GError **error)
{
  till_digits_clear (self->digits);
  return till_presence_agree (presence_of (self), error);
}

static gboolean
act_digits (TillApplication *self, GVariant *parameter, GError **error)
{
  till_digits_clear (self->digits);
  return till_presence_type_digits (presence_of (self), g_variant_get_string (parameter, NULL), error);
}

static gboolean
act_end (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_set_data_case (self, NULL);
  return TRUE;
}

static gboolean
act_erase_ask (TillApplication *self, GVariant *parameter, GError **error)
{
  till_data_case_ask (self->data);
  return TRUE;
}

static gboolean
act_erase (TillApplication *self, GVariant *parameter, GError **error)
{
  till_data_case_erase (self->data);
  return TRUE;
}

static void
on_printed (const char *words, gpointer user_data)
{
  GApplication *application = g_application_get_default ();

  if (application != NULL)
    till_application_tell (TILL_APPLICATION (application), words);
}

static gboolean
act_print (TillApplication *self, GVariant *parameter, GError **error)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  TillErasure *erasure = till_data_case_get_erasure (self->data);
  g_autofree char *text = erasure != NULL
                              ? till_erasure_to_text (erasure)
                              : till_data_words_for_export (till_data_case_get_export (self->data));

  till_sheet_print (erasure != NULL ? _ ("Receipt of erasure") : _ ("This is kept of you"), text, window,
                    on_printed);
  explicit_bzero (text, strlen (text));
  return TRUE;
}

static const TillActionRow rows[] = {
  { "presence-agree", NULL, act_agree, -1, is_asked },
  { "presence-digits", "s", act_digits, -1, till_presence_actions_types_digits },
  { "presence-end", NULL, act_end, -1, is_on },
  { "presence-print", NULL, act_print, -1, has_paper },
  { "erase-ask", NULL, act_erase_ask, -1, can_ask_to_erase },
  { "erase-me", NULL, act_erase, -1, can_erase },
};

/* Readings */

static GVariant *
read_presence (TillApplication *self)
{
  return g_variant_new_string (self->data != NULL ? till_data_case_to_string (self->data) : "");
}

static GVariant *
read_paper (TillApplication *self)
{
  g_autofree char *text = NULL;

  if (self->data != NULL && till_data_case_get_erasure (self->data) != NULL)
    text = till_erasure_to_text (till_data_case_get_erasure (self->data));
  return g_variant_new_string (text != NULL ? text : "");
}

static const TillReadingRow readings[] = {
  { "erasure", read_paper },
};

/* This one is both: it begins, and its state tells where what was begun is. */

static GSimpleAction *
presence_action (TillApplication *self)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "presence"));
}

static void
on_presence (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TillApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!act_presence (self, parameter, &error))
    till_application_tell (self, error->message);
  till_application_update_actions (self);
}

static void
on_change_state (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  /* A reading: what others would like it to be does not matter. */
}

static void
add_presence (TillApplication *self)
{
  g_autoptr (GSimpleAction) action
      = g_simple_action_new_stateful ("presence", G_VARIANT_TYPE_STRING, read_presence (self));

  g_simple_action_set_enabled (action, FALSE);
  g_signal_connect (action, "activate", G_CALLBACK (on_presence), self);
  g_signal_connect (action, "change-state", G_CALLBACK (on_change_state), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

void
till_presence_actions_add (TillApplication *self)
{
  add_presence (self);
  till_action_table_add (self, rows, G_N_ELEMENTS (rows));
  till_action_table_add_readings (self, readings, G_N_ELEMENTS (readings));
}

void
till_presence_actions_update (TillApplication *self)
{
  g_simple_action_set_enabled (presence_action (self), self->phase == TILL_PHASE_OPEN && can_begin (self));
  g_simple_action_set_state (presence_action (self), read_presence (self));
  till_action_table_update (self, rows, G_N_ELEMENTS (rows));
  till_action_table_update_readings (self, readings, G_N_ELEMENTS (readings));
}
