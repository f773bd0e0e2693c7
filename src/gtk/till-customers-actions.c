/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-customers-actions.h"

#include "gtk/till-action-table.h"

static gboolean
is_free (TillApplication *self)
{
  return !till_rights_case_is_busy (self->rights);
}

static gboolean
act_show_customers (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, "customers");
  return TRUE;
}

static gboolean
act_erase (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *id;
  const char *pin;

  g_variant_get (parameter, "(&s&s)", &id, &pin);
  till_rights_case_erase (self->rights, id, pin);
  return TRUE;
}

static gboolean
act_export (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *id;
  const char *folder;
  const char *pin;

  g_variant_get (parameter, "(&s&s&s)", &id, &folder, &pin);
  till_rights_case_export (self->rights, id, folder, pin);
  return TRUE;
}

static gboolean
act_revoke (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *pass;
  const char *pin;

  g_variant_get (parameter, "(&s&s)", &pass, &pin);
  till_rights_case_revoke (self->rights, pass, pin);
  return TRUE;
}

static gboolean
act_confirm_expiry (TillApplication *self, GVariant *parameter, GError **error)
{
  till_rights_case_confirm_expiry (self->rights, g_variant_get_string (parameter, NULL));
  return TRUE;
}

static const TillActionRow rows[] = {
  { "show-customers", NULL, act_show_customers, -1, NULL },
  { "erase-customer", "(ss)", act_erase, -1, is_free },
  { "export-customer", "(sss)", act_export, -1, is_free },
  { "revoke-pass", "(ss)", act_revoke, -1, is_free },
  { "confirm-expiry", "s", act_confirm_expiry, -1, is_free },
};

/* Readings */

static GVariant *
customers_end (TillApplication *self)
{
  return g_variant_new ("(ss)", self->rights != NULL ? till_rights_case_get_end (self->rights) : "",
                        self->rights != NULL ? till_rights_case_get_words (self->rights) : "");
}

static GVariant *
erasure (TillApplication *self)
{
  TillErasure *receipt = self->rights != NULL ? till_rights_case_get_erasure (self->rights) : NULL;

  return g_variant_new_take_string (receipt != NULL ? till_erasure_to_text (receipt) : g_strdup (""));
}

static const TillReadingRow readings[] = {
  { "customers-end", customers_end },
  { "erasure-receipt", erasure },
};

void
till_customers_actions_add (TillApplication *self)
{
  till_action_table_add (self, rows, G_N_ELEMENTS (rows));
  till_action_table_add_readings (self, readings, G_N_ELEMENTS (readings));
}

void
till_customers_actions_update (TillApplication *self)
{
  till_action_table_update (self, rows, G_N_ELEMENTS (rows));
}

static void
on_changed (TillApplication *self)
{
  till_customers_actions_update (self);
  till_action_table_update_readings (self, readings, G_N_ELEMENTS (readings));
}

static void
on_ended (TillApplication *self, gboolean done)
{
  /* The customers' window tells it itself. */
  if (!till_rights_case_is_held (self->rights))
    till_application_tell (self, till_rights_case_get_words (self->rights));
}

void
till_customers_actions_follow (TillApplication *self)
{
  self->rights = till_rights_case_new (self->shop);
  g_signal_connect_object (self->rights, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rights, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
}
