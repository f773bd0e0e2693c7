/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-unresolved-settle.h"

#include "gtk/till-manager-dialog.h"
#include "gtk/till-mnemonic.h"
#include "gtk/till-unresolved-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define EVIDENCE_LEAST 8

struct _TillUnresolvedSettle
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillUnresolvedCase *one;
  gboolean sent; /* the case is busy with what was said here */

  GtkLabel *heading;
  GtkLabel *amount;
  GtkCheckButton *taken;
  GtkCheckButton *not_taken;
  GtkLabel *consequence;
  GtkLabel *error;
  AdwEntryRow *evidence;
  AdwPasswordEntryRow *pin;
  GtkWidget *no_pin;
  GtkWidget *confirm;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (TillUnresolvedSettle, till_unresolved_settle, ADW_TYPE_WINDOW)

static TillStaff *
staff_of (TillUnresolvedSettle *self)
{
  return till_shop_get_staff (till_application_get_shop (self->application));
}

static gboolean
has_chosen (TillUnresolvedSettle *self)
{
  return gtk_check_button_get_active (self->taken) || gtk_check_button_get_active (self->not_taken);
}

static void
update (TillUnresolvedSettle *self)
{
  const TillUnresolved *known = till_unresolved_case_get_known (self->one);
  gboolean taken = gtk_check_button_get_active (self->taken);
  gboolean set = till_staff_is_set (staff_of (self), TILL_STAFF_MANAGER);
  g_autofree char *evidence = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->evidence))));
  gboolean there = has_chosen (self) && g_utf8_strlen (evidence, -1) >= EVIDENCE_LEAST
                   && *gtk_editable_get_text (GTK_EDITABLE (self->pin)) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->consequence), has_chosen (self));
  gtk_label_set_text (self->consequence, till_unresolved_words_for_consequence (known, taken));
  gtk_widget_set_visible (GTK_WIDGET (self->pin), set);
  gtk_widget_set_visible (self->no_pin, !set);
  gtk_widget_set_sensitive (GTK_WIDGET (self->evidence), !self->sent);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pin), !self->sent);
  gtk_widget_set_sensitive (self->confirm, there && set && !self->sent);
  gtk_widget_set_visible (self->spinner, self->sent);
}

static void
show_error (TillUnresolvedSettle *self, const char *words)
{
  gtk_label_set_text (self->error, words);
  gtk_widget_set_visible (GTK_WIDGET (self->error), *words != '\0');
}

static void
on_case_changed (TillUnresolvedSettle *self)
{
  if (till_unresolved_case_is_over (self->one))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (!self->sent || till_unresolved_case_is_busy (self->one))
    return;
  self->sent = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  show_error (self, till_unresolved_case_get_words (self->one));
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
}

static void
on_confirm (TillUnresolvedSettle *self)
{
  if (!gtk_widget_get_sensitive (self->confirm))
    return;

  g_autofree char *evidence = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->evidence))));
  g_autofree char *pin = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->pin)));
  show_error (self, "");
  /* A field that can no longer be typed into must not keep the cursor. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  self->sent = TRUE;
  update (self);
  till_unresolved_case_settle (self->one, gtk_check_button_get_active (self->taken), evidence, pin);
  explicit_bzero (pin, strlen (pin));
}

static void
on_set_pin (TillUnresolvedSettle *self)
{
  TillManagerDialog *dialog
      = till_manager_dialog_new (self->application, GTK_WINDOW (self), _ ("Manager’s PIN"),
                                 _ ("4 to 8 digits that are not easy to guess."), _ ("Set"));

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_window_present (GTK_WINDOW (dialog));
}

GtkWindow *
till_unresolved_settle_new (TillApplication *application, GtkWindow *parent, TillUnresolvedCase *one)
{
  TillUnresolvedSettle *self = g_object_new (TILL_TYPE_UNRESOLVED_SETTLE, "transient-for", parent, "modal",
                                             TRUE, "destroy-with-parent", TRUE, NULL);
  const TillUnresolved *known = till_unresolved_case_get_known (one);
  g_autofree char *what = till_unresolved_words_for_what (known);
  g_autofree char *amount = till_money_format (&known->amount);

  self->application = application;
  self->one = g_object_ref (one);
  gtk_label_set_text (self->heading, what);
  gtk_label_set_text (self->amount, amount);
  gtk_check_button_set_label (self->taken, till_unresolved_words_for_choice (known, TRUE));
  gtk_check_button_set_label (self->not_taken, till_unresolved_words_for_choice (known, FALSE));
  gtk_check_button_set_use_underline (self->taken, TRUE);
  gtk_check_button_set_use_underline (self->not_taken, TRUE);
  till_mnemonic_name_buttons (GTK_WIDGET (self));
  g_signal_connect_object (one, "changed", G_CALLBACK (on_case_changed), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WINDOW (self);
}

static void
till_unresolved_settle_dispose (GObject *object)
{
  TillUnresolvedSettle *self = TILL_UNRESOLVED_SETTLE (object);

  if (self->one != NULL)
    g_signal_handlers_disconnect_by_data (self->one, self);
  g_clear_object (&self->one);
  G_OBJECT_CLASS (till_unresolved_settle_parent_class)->dispose (object);
}

static void
till_unresolved_settle_class_init (TillUnresolvedSettleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_unresolved_settle_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/unresolved-settle.ui");
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, heading);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, amount);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, taken);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, not_taken);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, consequence);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, error);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, evidence);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, pin);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, no_pin);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, confirm);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedSettle, spinner);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_set_pin);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_unresolved_settle_init (TillUnresolvedSettle *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
