/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-application-private.h"

#include "base/till-installation.h"
#include "gtk/till-cashier-window.h"
#include "gtk/till-custody-actions.h"
#include "gtk/till-customers-actions.h"
#include "gtk/till-day-actions.h"
#include "gtk/till-demo.h"
#include "gtk/till-history-actions.h"
#include "gtk/till-history-readings.h"
#include "gtk/till-refund-words.h"
#include "vault/till-pin.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

enum
{
  SIGNAL_PHASE,
  SIGNAL_CASH,
  SIGNAL_SITTING,
  SIGNAL_DATA_CASE,
  SIGNAL_PRIVACY,
  SIGNAL_TESTER,
  SIGNAL_PIN,
  SIGNAL_MESSAGE,
  SIGNAL_SHOW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillApplication, till_application, ADW_TYPE_APPLICATION)

TillApplication *
till_application_new (void)
{
  return g_object_new (TILL_TYPE_APPLICATION, "application-id", TILL_APPLICATION_ID, "flags",
                       G_APPLICATION_CAN_OVERRIDE_APP_ID, "resource-base-path",
                       "/io/github/smiletill/Smiletill", NULL);
}

static void
set_phase (TillApplication *self, TillPhase phase)
{
  self->phase = phase;
  till_application_update_actions (self);
  g_signal_emit (self, signals[SIGNAL_PHASE], 0, (guint) phase);
}

static void
fail (TillApplication *self, const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  g_warning ("%s", error->message);
  set_phase (self, TILL_PHASE_FAILED);
}

/* Opening */

static void
on_demo_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  till_application_set_sitting (self, NULL);
  if (till_demo_prepare_finish (result, &error))
    set_phase (self, TILL_PHASE_OPEN);
  else
    fail (self, error);
}

static void
on_shop_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!till_shop_open_finish (TILL_SHOP (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error);
      return;
    }

  if (self->camera != NULL)
    {
      g_autoptr (TillCameraSource) camera = till_camera_source_parse (self->camera, NULL);

      till_checkout_set_camera_source (till_shop_get_checkout (self->shop), camera);
    }
  till_application_follow_shop (self);
  if (!self->demo)
    {
      set_phase (self, TILL_PHASE_OPEN);
      return;
    }

  g_autoptr (TillSitting) sitting = NULL;
  till_demo_prepare_async (self->shop, &sitting, self->opening, on_demo_ready, g_object_ref (self));
  if (sitting != NULL)
    {
      till_application_set_sitting (self, sitting);
      set_phase (self, TILL_PHASE_ENROLLING);
    }
}

static void
open_shop (TillApplication *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillProfile) profile = till_profile_open (self->profile_dir, &error);

  if (profile == NULL)
    {
      fail (self, error);
      return;
    }
  self->shop = till_shop_new (profile, till_clock_system ());
  till_shop_open_async (self->shop, self->opening, on_shop_open, g_object_ref (self));
}

/* Following the rooms */

static void
on_state (TillCheckout *checkout, guint state, gpointer user_data)
{
  TillApplication *self = user_data;

  till_application_forget_typed (self);
  till_application_set_privacy (self, FALSE);
  if (state != TILL_CHECKOUT_RECORDING && state != TILL_CHECKOUT_PAID)
    till_application_set_cash (self, NULL);
  if (state != TILL_CHECKOUT_SMILE)
    self->smile_cue = NULL;
  if (state != TILL_CHECKOUT_IDLE && state != TILL_CHECKOUT_WAYS)
    till_application_set_data_case (self, NULL);
  till_application_update_actions (self);
}

static void
set_smile_cue (TillApplication *self, const char *cue)
{
  if (g_strcmp0 (self->smile_cue, cue) == 0)
    return;
  self->smile_cue = cue;
  till_application_update_readings (self);
}

static void
on_sighting (TillCheckout *checkout, TillSighting *sighting, gpointer user_data)
{
  static const char *const cues[] = { NULL, "relax", "now", "hold", "made" };

  set_smile_cue (user_data,
                 till_checkout_get_state (checkout) == TILL_CHECKOUT_SMILE ? cues[sighting->smile] : NULL);
}

static void
on_camera (TillCheckout *checkout, gboolean on, gpointer user_data)
{
  till_application_update_readings (user_data);
}

static void
on_trouble (TillCheckout *checkout, const GError *error, gpointer user_data)
{
  g_warning ("%s", error->message);
}

void
till_application_forget_typed (TillApplication *self)
{
  till_digits_clear (self->digits);
  till_digits_clear (self->pin);
  till_digits_clear (self->first_pin);
}

static void
on_sitting_state (TillApplication *self)
{
  till_application_forget_typed (self);
  till_application_update_actions (self);
}

static void
on_something_changed (TillApplication *self)
{
  till_application_update_actions (self);
}

void
till_application_follow_shop (TillApplication *self)
{
  TillCheckout *checkout = till_shop_get_checkout (self->shop);

  g_signal_connect_object (checkout, "state", G_CALLBACK (on_state), self, 0);
  g_signal_connect_object (checkout, "camera", G_CALLBACK (on_camera), self, 0);
  g_signal_connect_object (checkout, "pass", G_CALLBACK (on_something_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (checkout, "sighting", G_CALLBACK (on_sighting), self, 0);
  g_signal_connect_object (checkout, "trouble", G_CALLBACK (on_trouble), self, 0);
  g_signal_connect_object (till_shop_get_basket (self->shop), "changed", G_CALLBACK (on_something_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shop, "face-trouble-changed", G_CALLBACK (on_something_changed), self,
                           G_CONNECT_SWAPPED);
  till_history_actions_follow (self);
  till_day_actions_follow (self);
  till_custody_actions_follow (self);
  till_customers_actions_follow (self);
}

void
till_application_set_sitting (TillApplication *self, TillSitting *sitting)
{
  if (self->sitting != NULL)
    g_signal_handlers_disconnect_by_data (self->sitting, self);
  g_set_object (&self->sitting, sitting);
  till_application_forget_typed (self);
  if (sitting != NULL)
    {
      g_signal_connect_swapped (sitting, "state", G_CALLBACK (on_sitting_state), self);
      g_signal_connect_swapped (sitting, "choices", G_CALLBACK (till_application_update_actions), self);
    }
  till_application_update_actions (self);
  g_signal_emit (self, signals[SIGNAL_SITTING], 0);
}

static void
on_data_case (TillApplication *self)
{
  till_application_forget_typed (self);
  if (till_data_case_is_over (self->data))
    till_application_set_data_case (self, NULL);
  else
    till_application_update_actions (self);
}

void
till_application_set_data_case (TillApplication *self, TillDataCase *data)
{
  if (self->data == data)
    return;
  if (self->data != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->data, self);
      till_data_case_end (self->data);
    }
  g_set_object (&self->data, data);
  till_application_forget_typed (self);
  if (data != NULL)
    g_signal_connect_swapped (data, "state", G_CALLBACK (on_data_case), self);
  till_application_update_actions (self);
  g_signal_emit (self, signals[SIGNAL_DATA_CASE], 0);
}

void
till_application_set_cash (TillApplication *self, const TillMoney *cash)
{
  self->cash_given = cash != NULL;
  if (cash != NULL)
    self->cash = *cash;
  g_signal_emit (self, signals[SIGNAL_CASH], 0);
}

void
till_application_set_privacy (TillApplication *self, gboolean shown)
{
  if (self->privacy == shown)
    return;
  self->privacy = shown;
  g_signal_emit (self, signals[SIGNAL_PRIVACY], 0);
}

void
till_application_set_shows_tester (TillApplication *self, gboolean shown)
{
  g_return_if_fail (self->tester);

  if (self->shows_tester == shown)
    return;
  self->shows_tester = shown;
  g_signal_emit (self, signals[SIGNAL_TESTER], 0);
}

static void
on_refund_state (TillApplication *self)
{
  if (till_refund_case_get_state (self->refund) != TILL_REFUND_SENDING)
    till_application_tell (self, till_refund_end_title (self->refund));
  till_history_readings_update (self);
}

void
till_application_set_refund (TillApplication *self, TillRefundCase *refund)
{
  if (self->refund == refund)
    return;
  if (self->refund != NULL)
    g_signal_handlers_disconnect_by_data (self->refund, self);
  g_set_object (&self->refund, refund);
  g_signal_connect_swapped (refund, "state", G_CALLBACK (on_refund_state), self);
  till_history_readings_update (self);
}

void
till_application_show (TillApplication *self, const char *name)
{
  g_return_if_fail (TILL_IS_APPLICATION (self));

  g_signal_emit (self, signals[SIGNAL_SHOW], 0, name);
}

void
till_application_tell (TillApplication *self, const char *text)
{
  g_return_if_fail (TILL_IS_APPLICATION (self));

  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

/* Start and end */

static int
till_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  TillApplication *self = TILL_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  if (self->camera != NULL)
    {
      g_autoptr (TillCameraSource) camera = till_camera_source_parse (self->camera, &error);

      if (camera == NULL)
        {
          g_printerr ("smiletill: %s\n", error->message);
          return 1;
        }
    }
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("smiletill: %s\n", error->message);
      return 1;
    }
  if (g_application_get_is_remote (application) && self->profile_dir != NULL)
    {
      g_printerr ("smiletill: a till runs in this session already; give this one a name of its own with "
                  "--gapplication-app-id=" TILL_APPLICATION_ID ".Second\n");
      return 1;
    }
  return -1;
}

static gboolean
on_terminate (gpointer user_data)
{
  g_application_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
add_accelerators (TillApplication *self)
{
  /* Escape is whichever of its actions is possible at the time. */
  static const struct
  {
    const char *action;
    const char *keys[2];
  } table[] = {
    { "app.undo", { "<Control>z" } },
    { "app.charge", { "F12" } },
    { "app.pay-face", { "F5" } },
    { "app.pay-cash", { "F6" } },
    { "app.pay-card", { "F7" } },
    { "app.more-time", { "F8" } },
    { "app.hide-privacy", { "Escape" } },
    { "app.cancel", { "Escape" } },
    { "app.dismiss", { "Escape" } },
    { "app.enrol-end", { "Escape" } },
    { "app.presence-end", { "Escape" } },
    { "app.enrol", { "<Control>e" } },
    { "app.quit", { "<Control>q" } },
    { "win.customers", { "<Control>k" } },
    { "app.tester-view", { "F9" } },
    { "app.show-history", { "<Control>h" } },
    { "app.show-takings", { "<Control>t" } },
    { "app.unresolved", { "<Control>u" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), table[i].action, table[i].keys);
}

static void
till_application_startup (GApplication *application)
{
  TillApplication *self = TILL_APPLICATION (application);

  G_APPLICATION_CLASS (till_application_parent_class)->startup (application);
  g_unix_signal_add (SIGTERM, on_terminate, self);
  g_unix_signal_add (SIGINT, on_terminate, self);
  self->shows_tester = self->tester;
  till_application_add_actions (self);
  add_accelerators (self);
}

static void
till_application_activate (GApplication *application)
{
  TillApplication *self = TILL_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    {
      window = GTK_WINDOW (till_cashier_window_new (self));
      open_shop (self);
    }
  gtk_window_present (window);
}

static void
till_application_shutdown (GApplication *application)
{
  TillApplication *self = TILL_APPLICATION (application);

  g_cancellable_cancel (self->opening);
  till_application_set_sitting (self, NULL);
  till_application_set_data_case (self, NULL);
  if (self->refund != NULL)
    g_signal_handlers_disconnect_by_data (self->refund, self);
  if (self->shop != NULL)
    till_shop_close (self->shop);
  G_APPLICATION_CLASS (till_application_parent_class)->shutdown (application);
}

static void
till_application_finalize (GObject *object)
{
  TillApplication *self = TILL_APPLICATION (object);

  g_free (self->profile_dir);
  g_free (self->camera);
  g_clear_error (&self->error);
  g_clear_object (&self->shop);
  g_clear_object (&self->digits);
  g_clear_object (&self->pin);
  g_clear_object (&self->first_pin);
  g_clear_object (&self->sitting);
  g_clear_object (&self->data);
  g_clear_object (&self->history);
  g_clear_object (&self->unresolved);
  g_clear_object (&self->day);
  g_clear_object (&self->custody);
  g_clear_object (&self->rights);
  g_clear_object (&self->refund);
  g_clear_object (&self->opening);
  G_OBJECT_CLASS (till_application_parent_class)->finalize (object);
}

static void
till_application_class_init (TillApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = till_application_finalize;
  application_class->handle_local_options = till_application_handle_local_options;
  application_class->startup = till_application_startup;
  application_class->activate = till_application_activate;
  application_class->shutdown = till_application_shutdown;

  signals[SIGNAL_PHASE] = g_signal_new ("phase", TILL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_CASH]
      = g_signal_new ("cash", TILL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SITTING] = g_signal_new ("sitting", TILL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DATA_CASE] = g_signal_new ("data-case", TILL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PRIVACY] = g_signal_new ("privacy", TILL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TESTER] = g_signal_new ("tester", TILL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PIN]
      = g_signal_new ("pin", TILL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", TILL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_SHOW] = g_signal_new ("show", TILL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
till_application_init (TillApplication *self)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &self->profile_dir, N_ ("Keep everything in this folder"),
      N_ ("DIR") },
    { "camera", 0, 0, G_OPTION_ARG_STRING, &self->camera, N_ ("device[:ID] or clip:PATH[@START-END][,loop]"),
      N_ ("SOURCE") },
    { "tester", 0, 0, G_OPTION_ARG_NONE, &self->tester,
      N_ ("Show what is measured, and what it is held against"), NULL },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &self->demo, N_ ("A shop to try, in a session of its own"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  self->digits = till_digits_new (TILL_CUSTOMER_SUFFIX_DIGITS);
  self->pin = till_digits_new (TILL_PIN_MOST_DIGITS);
  self->first_pin = till_digits_new (TILL_PIN_MOST_DIGITS);
  self->opening = g_cancellable_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

TillPhase
till_application_get_phase (TillApplication *self)
{
  return self->phase;
}

const GError *
till_application_get_error (TillApplication *self)
{
  return self->error;
}

gboolean
till_application_is_demo (TillApplication *self)
{
  return self->demo;
}

gboolean
till_application_is_tester (TillApplication *self)
{
  return self->tester;
}

gboolean
till_application_shows_tester (TillApplication *self)
{
  return self->tester && self->shows_tester;
}

TillShop *
till_application_get_shop (TillApplication *self)
{
  return self->shop;
}

TillDigits *
till_application_get_digits (TillApplication *self)
{
  return self->digits;
}

TillDigits *
till_application_get_pin (TillApplication *self)
{
  return self->pin;
}

gboolean
till_application_wants_pin_again (TillApplication *self)
{
  return till_digits_get_length (self->first_pin) > 0;
}

TillSitting *
till_application_get_sitting (TillApplication *self)
{
  return self->sitting;
}

TillDataCase *
till_application_get_data_case (TillApplication *self)
{
  return self->data;
}

TillHistory *
till_application_get_history (TillApplication *self)
{
  return self->history;
}

TillUnresolvedList *
till_application_get_unresolved (TillApplication *self)
{
  return self->unresolved;
}

TillDay *
till_application_get_day (TillApplication *self)
{
  return self->day;
}

TillCustodyCase *
till_application_get_custody (TillApplication *self)
{
  return self->custody;
}

TillRightsCase *
till_application_get_rights (TillApplication *self)
{
  return self->rights;
}

TillRefundCase *
till_application_get_refund (TillApplication *self)
{
  return self->refund;
}

gboolean
till_application_shows_privacy (TillApplication *self)
{
  return self->privacy;
}

const TillMoney *
till_application_get_cash (TillApplication *self)
{
  return self->cash_given ? &self->cash : NULL;
}
