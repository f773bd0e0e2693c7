/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-pass-actions.h"

#include "base/till-error.h"
#include "gtk/till-action-table.h"
#include "gtk/till-application-private.h"
#include "gtk/till-pass-print.h"

static gboolean
sits_at (TillApplication *self, TillSittingState state)
{
  return self->sitting != NULL && till_sitting_get_state (self->sitting) == state;
}

/* When */

static gboolean
decides (TillApplication *self)
{
  return sits_at (self, TILL_SITTING_CONSENT);
}

static gboolean
decides_keep (TillApplication *self)
{
  return decides (self) && till_sitting_asks_keep (self->sitting);
}

static gboolean
decides_age (TillApplication *self)
{
  return decides (self) && till_sitting_get_guardian_age (self->sitting) > 0;
}

static gboolean
needs_guardian (TillApplication *self)
{
  return decides (self) && till_sitting_get_age (self->sitting) == TILL_SITTING_AGE_YOUNGER;
}

static gboolean
shows_pass (TillApplication *self)
{
  return sits_at (self, TILL_SITTING_PASS);
}

static gboolean
leaves_pass (TillApplication *self)
{
  return shows_pass (self) && till_sitting_asks_to_leave_pass (self->sitting);
}

/* What */

/* Which of @words @parameter is, from 1 on; 0 with an error for none. */
static int
choose (GVariant *parameter, const char *first, const char *second, GError **error)
{
  const char *word = g_variant_get_string (parameter, NULL);

  if (g_str_equal (word, first))
    return 1;
  if (g_str_equal (word, second))
    return 2;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "“%s” is neither “%s” nor “%s”", word, first, second);
  return 0;
}

static gboolean
act_keep (TillApplication *self, GVariant *parameter, GError **error)
{
  int choice = choose (parameter, "shop", "pass", error);

  if (choice == 0)
    return FALSE;
  till_sitting_choose_keep (self->sitting,
                            choice == 1 ? TILL_SITTING_KEEP_AT_SHOP : TILL_SITTING_KEEP_ON_PASS);
  return TRUE;
}

static gboolean
act_age (TillApplication *self, GVariant *parameter, GError **error)
{
  int choice = choose (parameter, "adult", "guardian", error);

  if (choice == 0)
    return FALSE;
  till_sitting_choose_age (self->sitting, choice == 1 ? TILL_SITTING_AGE_ADULT : TILL_SITTING_AGE_YOUNGER);
  return TRUE;
}

static gboolean
act_guardian (TillApplication *self, GVariant *parameter, GError **error)
{
  till_sitting_name_guardian (self->sitting, g_variant_get_string (parameter, NULL));
  return TRUE;
}

static gboolean
act_choose (TillApplication *self, GVariant *parameter, GError **error)
{
  till_sitting_choose_again (self->sitting);
  return TRUE;
}

static gboolean
act_print (TillApplication *self, GVariant *parameter, GError **error)
{
  till_pass_print (till_shop_get_name (self->shop), till_sitting_get_pass (self->sitting),
                   till_sitting_get_pass_text (self->sitting), self);
  return TRUE;
}

static gboolean
act_save (TillApplication *self, GVariant *parameter, GError **error)
{
  return till_pass_save (till_shop_get_name (self->shop), till_sitting_get_pass (self->sitting),
                         till_sitting_get_pass_text (self->sitting), g_variant_get_string (parameter, NULL),
                         error);
}

static gboolean
act_leave (TillApplication *self, GVariant *parameter, GError **error)
{
  till_sitting_ask_to_leave_pass (self->sitting, TRUE);
  return TRUE;
}

static gboolean
act_stay (TillApplication *self, GVariant *parameter, GError **error)
{
  till_sitting_ask_to_leave_pass (self->sitting, FALSE);
  return TRUE;
}

static gboolean
act_done (TillApplication *self, GVariant *parameter, GError **error)
{
  till_sitting_end_pass (self->sitting);
  return TRUE;
}

static const TillActionRow rows[] = {
  { "enrol-keep", "s", act_keep, -1, decides_keep },
  { "enrol-age", "s", act_age, -1, decides_age },
  { "enrol-guardian", "s", act_guardian, -1, needs_guardian },
  { "enrol-choose", NULL, act_choose, -1, decides },
  { "pass-print", NULL, act_print, -1, shows_pass },
  { "pass-save", "s", act_save, -1, shows_pass },
  { "pass-leave", NULL, act_leave, -1, shows_pass },
  { "pass-stay", NULL, act_stay, -1, leaves_pass },
  { "pass-done", NULL, act_done, -1, shows_pass },
};

/* Readings */

static GVariant *
read_pass (TillApplication *self)
{
  const char *pass = NULL;

  if (self->phase == TILL_PHASE_OPEN)
    pass = self->data != NULL ? till_presence_get_pass (till_data_case_get_presence (self->data))
                              : till_checkout_get_pass (till_shop_get_checkout (self->shop));
  return g_variant_new_string (pass != NULL ? pass : "");
}

/* Whoever has the text has the pass: nobody but a tester gets it from the bus. */
static GVariant *
read_enrolled_pass (TillApplication *self)
{
  const char *text = till_application_is_tester (self) && self->sitting != NULL
                         ? till_sitting_get_pass_text (self->sitting)
                         : NULL;

  return g_variant_new_string (text != NULL ? text : "");
}

static const TillReadingRow readings[] = {
  { "pass", read_pass },
  { "enrolled-pass", read_enrolled_pass },
};

void
till_pass_actions_add (TillApplication *self)
{
  till_action_table_add (self, rows, G_N_ELEMENTS (rows));
  till_action_table_add_readings (self, readings, G_N_ELEMENTS (readings));
}

void
till_pass_actions_update (TillApplication *self)
{
  till_action_table_update (self, rows, G_N_ELEMENTS (rows));
  till_action_table_update_readings (self, readings, G_N_ELEMENTS (readings));
}
