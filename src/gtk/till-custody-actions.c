/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-custody-actions.h"

#include "gtk/till-action-table.h"

static gboolean
is_free (TillApplication *self)
{
  return !till_custody_case_is_busy (self->custody);
}

static TillCustodyState
state_of (TillApplication *self)
{
  return till_shop_get_custody (self->shop);
}

static gboolean
is_locked (TillApplication *self)
{
  return is_free (self) && state_of (self) == TILL_CUSTODY_LOCKED;
}

static gboolean
is_shut (TillApplication *self)
{
  return is_free (self) && state_of (self) != TILL_CUSTODY_OPEN;
}

static gboolean
is_lost (TillApplication *self)
{
  return is_free (self) && state_of (self) == TILL_CUSTODY_KEY_LOST;
}

static gboolean
is_rolled_back (TillApplication *self)
{
  return is_free (self) && state_of (self) == TILL_CUSTODY_ROLLED_BACK;
}

static gboolean
is_open (TillApplication *self)
{
  return is_free (self) && state_of (self) == TILL_CUSTODY_OPEN;
}

static gboolean
has_phrase (TillApplication *self)
{
  return is_free (self) && till_custody_case_get_phrase (self->custody) != NULL;
}

static gboolean
act_show_custody (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, "custody");
  return TRUE;
}

static gboolean
act_show_recovery (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, state_of (self) == TILL_CUSTODY_KEY_LOST ? "recover" : "recovery");
  return TRUE;
}

static gboolean
act_unlock (TillApplication *self, GVariant *parameter, GError **error)
{
  till_custody_case_unlock (self->custody);
  return TRUE;
}

static gboolean
act_retry (TillApplication *self, GVariant *parameter, GError **error)
{
  till_custody_case_retry (self->custody);
  return TRUE;
}

/* NULL for nothing typed. */
static const char *
typed (GVariant *parameter)
{
  const char *text = g_variant_get_string (parameter, NULL);

  return *text != '\0' ? text : NULL;
}

static gboolean
act_make (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, "recovery");
  till_custody_case_make (self->custody, typed (parameter));
  return TRUE;
}

static gboolean
act_confirm (TillApplication *self, GVariant *parameter, GError **error)
{
  till_custody_case_confirm (self->custody, g_variant_get_string (parameter, NULL));
  return TRUE;
}

static gboolean
act_check (TillApplication *self, GVariant *parameter, GError **error)
{
  till_custody_case_check (self->custody, g_variant_get_string (parameter, NULL));
  return TRUE;
}

static gboolean
act_recover (TillApplication *self, GVariant *parameter, GError **error)
{
  till_custody_case_recover (self->custody, g_variant_get_string (parameter, NULL));
  return TRUE;
}

static gboolean
act_rotate (TillApplication *self, GVariant *parameter, GError **error)
{
  const char *pin;
  gboolean void_passes;

  g_variant_get (parameter, "(&sb)", &pin, &void_passes);
  till_custody_case_rotate (self->custody, pin, void_passes);
  return TRUE;
}

static gboolean
act_accept (TillApplication *self, GVariant *parameter, GError **error)
{
  till_custody_case_accept (self->custody, g_variant_get_string (parameter, NULL));
  return TRUE;
}

static gboolean
act_audit (TillApplication *self, GVariant *parameter, GError **error)
{
  till_application_show (self, "audit");
  till_custody_case_audit (self->custody);
  return TRUE;
}

static const TillActionRow rows[] = {
  { "show-custody", NULL, act_show_custody, -1, NULL },
  { "show-recovery", NULL, act_show_recovery, -1, NULL },
  { "unlock-keyring", NULL, act_unlock, -1, is_locked },
  { "retry-custody", NULL, act_retry, -1, is_shut },
  { "recovery-make", "s", act_make, -1, is_open },
  { "recovery-confirm", "s", act_confirm, -1, has_phrase },
  { "recovery-check", "s", act_check, -1, is_free },
  { "recover", "s", act_recover, -1, is_lost },
  { "rotate-keys", "(sb)", act_rotate, -1, is_open },
  { "accept-books", "s", act_accept, -1, is_rolled_back },
  { "audit", NULL, act_audit, -1, is_free },
};

/* Readings */

static GVariant *
custody (TillApplication *self)
{
  return g_variant_new_string (
      till_custody_state_to_string (self->custody != NULL ? state_of (self) : TILL_CUSTODY_CLOSED));
}

static GVariant *
custody_end (TillApplication *self)
{
  return g_variant_new ("(ss)", self->custody != NULL ? till_custody_case_get_end (self->custody) : "",
                        self->custody != NULL ? till_custody_case_get_words (self->custody) : "");
}

/* Whether there is a phrase, never the phrase. */
static GVariant *
recovery (TillApplication *self)
{
  if (self->custody == NULL)
    return g_variant_new_string ("");
  if (till_custody_case_get_phrase (self->custody) != NULL)
    return g_variant_new_string ("shown");
  return g_variant_new_string (till_shop_has_recovery (self->shop) ? "made" : "none");
}

static GVariant *
audit_result (TillApplication *self)
{
  TillAudit *audit = self->custody != NULL ? till_custody_case_get_audit (self->custody) : NULL;

  return g_variant_new_take_string (audit != NULL ? till_audit_to_text (audit) : g_strdup (""));
}

static const TillReadingRow readings[] = {
  { "custody", custody },
  { "custody-end", custody_end },
  { "recovery", recovery },
  { "audit-result", audit_result },
};

void
till_custody_actions_add (TillApplication *self)
{
  till_action_table_add (self, rows, G_N_ELEMENTS (rows));
  till_action_table_add_readings (self, readings, G_N_ELEMENTS (readings));
}

void
till_custody_actions_update (TillApplication *self)
{
  till_action_table_update (self, rows, G_N_ELEMENTS (rows));
}

static void
on_changed (TillApplication *self)
{
  till_custody_actions_update (self);
  till_action_table_update_readings (self, readings, G_N_ELEMENTS (readings));
}

static void
on_ended (TillApplication *self, gboolean done)
{
  /* The windows about it tell it themselves. */
  if (!till_custody_case_is_held (self->custody))
    till_application_tell (self, till_custody_case_get_words (self->custody));
}

void
till_custody_actions_follow (TillApplication *self)
{
  self->custody = till_custody_case_new (self->shop);
  g_signal_connect_object (self->custody, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->custody, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  till_action_table_update_readings (self, readings, G_N_ELEMENTS (readings));
}
