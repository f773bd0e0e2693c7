/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-policy-window.h"

#include "gtk/till-inner-names.h"
#include "gtk/till-manager-dialog.h"
#include "gtk/till-policy-row.h"
#include "gtk/till-policy-words.h"
#include "gtk/till-screen.h"
#include "shop/till-shop-policy.h"

#include <glib/gi18n.h>

#define SECOND_SMILE_FROM "second-smile-from"

/* What a shop is offered that asks for a second smile anew. */
#define USUAL_AMOUNT "100"

struct _TillPolicyWindow
{
  AdwPreferencesWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  GSettings *settings;

  GtkSwitch *face_allowed;
  GtkWidget *limits;
  GtkWidget *discounts;
  GtkWidget *keeping;
  GtkSwitch *face_pass;
  GtkWidget *pass_months;
  GtkSwitch *second_smile;
  AdwEntryRow *amount;
  GtkSwitch *pin_allowed;
  AdwActionRow *manager;
  GtkButton *change_pin;
};

G_DEFINE_FINAL_TYPE (TillPolicyWindow, till_policy_window, ADW_TYPE_PREFERENCES_WINDOW)

static TillShop *
shop_of (TillPolicyWindow *self)
{
  return till_application_get_shop (self->application);
}

static void
tell (TillPolicyWindow *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (markup));
}

/* The second smile */

static void
show_amount (TillPolicyWindow *self)
{
  g_autofree char *amount = g_settings_get_string (self->settings, SECOND_SMILE_FROM);

  gtk_switch_set_active (self->second_smile, *amount != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->amount), *amount != '\0');
  if (*amount != '\0' && !g_str_equal (amount, gtk_editable_get_text (GTK_EDITABLE (self->amount))))
    gtk_editable_set_text (GTK_EDITABLE (self->amount), amount);
}

static void
on_amount_apply (TillPolicyWindow *self)
{
  g_autofree char *amount
      = g_strstrip (g_strdelimit (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->amount))), ",", '.'));
  const char *currency = till_shop_get_currency (shop_of (self));

  if (*amount == '\0' || !till_shop_policy_check_amount (amount, currency, NULL))
    {
      g_autofree char *words = till_policy_words_for_refused (SECOND_SMILE_FROM, amount, currency);

      gtk_widget_add_css_class (GTK_WIDGET (self->amount), "error");
      tell (self, *amount != '\0' ? words : _ ("Write the amount from which on two smiles are asked for"));
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->amount), "error");
  g_settings_set_string (self->settings, SECOND_SMILE_FROM, amount);
}

static void
on_second_smile (TillPolicyWindow *self)
{
  gboolean wanted = gtk_switch_get_active (self->second_smile);
  g_autofree char *amount = g_settings_get_string (self->settings, SECOND_SMILE_FROM);

  if (wanted == (*amount != '\0'))
    return;
  g_settings_set_string (self->settings, SECOND_SMILE_FROM, wanted ? USUAL_AMOUNT : "");
}

/* The manager's PIN */

static void
show_manager (TillPolicyWindow *self)
{
  gboolean set = till_staff_is_set (till_shop_get_staff (shop_of (self)), TILL_STAFF_MANAGER);

  adw_action_row_set_subtitle (
      self->manager,
      set ? _ ("Needed to see this page, and to enrol somebody who looks like another customer")
          : _ ("None is set: everybody at this till can change these rules"));
  gtk_button_set_label (self->change_pin, set ? _ ("Change…") : _ ("Set…"));
}

static void
on_pin_changed (TillPolicyWindow *self)
{
  show_manager (self);
  tell (self, _ ("The manager’s PIN is set"));
}

static void
on_change_pin (TillPolicyWindow *self)
{
  TillManagerDialog *dialog
      = till_manager_dialog_new (self->application, GTK_WINDOW (self), _ ("Manager’s PIN"),
                                 _ ("4 to 8 digits that are not easy to guess."), _ ("Set"));

  till_manager_dialog_change (dialog);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_pin_changed), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The window */

/* The rows of @widget, wherever libadwaita has put them. */
static void
follow_rows (TillPolicyWindow *self, GtkWidget *widget)
{
  if (TILL_IS_POLICY_ROW (widget))
    till_policy_row_follow (TILL_POLICY_ROW (widget), self->settings,
                            till_shop_get_currency (shop_of (self)));
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      follow_rows (self, child);
}

GtkWindow *
till_policy_window_new (TillApplication *application, GtkWindow *parent)
{
  TillPolicyWindow *self = g_object_new (TILL_TYPE_POLICY_WINDOW, "application", application, "transient-for",
                                         parent, "modal", TRUE, NULL);
  TillShop *shop = till_application_get_shop (application);
  /* TRANSLATORS: a currency's code, as EUR */
  g_autofree char *title = g_strdup_printf (_ ("From this amount on, in %s"), till_shop_get_currency (shop));

  self->application = application;
  self->settings = g_object_ref (till_profile_get_settings (till_shop_get_profile (shop)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount), title);
  g_settings_bind (self->settings, "face-allowed", self->face_allowed, "active", G_SETTINGS_BIND_DEFAULT);
  follow_rows (self, self->limits);
  follow_rows (self, self->discounts);
  follow_rows (self, self->keeping);
  g_settings_bind (self->settings, "face-pass-allowed", self->face_pass, "active", G_SETTINGS_BIND_DEFAULT);
  g_object_bind_property (self->face_pass, "active", self->pass_months, "visible", G_BINDING_SYNC_CREATE);
  till_screen_fit (GTK_WINDOW (self));
  g_settings_bind (self->settings, "pin-allowed", self->pin_allowed, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::" SECOND_SMILE_FROM, G_CALLBACK (show_amount), self,
                           G_CONNECT_SWAPPED);
  show_amount (self);
  show_manager (self);
  till_inner_names_set (GTK_WIDGET (self), gtk_window_get_title (GTK_WINDOW (self)));
  g_signal_connect_object (self->second_smile, "notify::active", G_CALLBACK (on_second_smile), self,
                           G_CONNECT_SWAPPED);
  return GTK_WINDOW (self);
}

static void
till_policy_window_dispose (GObject *object)
{
  g_clear_object (&TILL_POLICY_WINDOW (object)->settings);
  G_OBJECT_CLASS (till_policy_window_parent_class)->dispose (object);
}

static void
till_policy_window_class_init (TillPolicyWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_policy_window_dispose;
  g_type_ensure (TILL_TYPE_POLICY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/policy-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, face_allowed);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, limits);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, discounts);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, keeping);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, face_pass);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, pass_months);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, second_smile);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, amount);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, pin_allowed);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, manager);
  gtk_widget_class_bind_template_child (widget_class, TillPolicyWindow, change_pin);
  gtk_widget_class_bind_template_callback (widget_class, on_amount_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_change_pin);
}

static void
till_policy_window_init (TillPolicyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
