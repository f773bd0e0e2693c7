/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-manager-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TillManagerDialog
{
  AdwWindow parent_instance;

  TillStaff *staff;
  TillStaffRole role;
  GCancellable *asking;
  gboolean busy;

  GtkLabel *heading;
  GtkLabel *words;
  GtkLabel *error;
  AdwPasswordEntryRow *present;
  AdwPasswordEntryRow *chosen;
  AdwPasswordEntryRow *again;
  GtkButton *confirm;
};

enum
{
  SIGNAL_CONFIRMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillManagerDialog, till_manager_dialog, ADW_TYPE_WINDOW)

static const char *
typed (AdwPasswordEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
is_asked (AdwPasswordEntryRow *row)
{
  return gtk_widget_get_visible (GTK_WIDGET (row));
}

static void
show_error (TillManagerDialog *self, const char *words)
{
  gtk_label_set_text (self->error, words);
  gtk_widget_set_visible (GTK_WIDGET (self->error), *words != '\0');
}

static void
update (TillManagerDialog *self)
{
  gboolean there
      = (!is_asked (self->present) || *typed (self->present) != '\0')
        && (!is_asked (self->chosen) || (*typed (self->chosen) != '\0' && *typed (self->again) != '\0'));

  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm), there && !self->busy);
}

static void
set_busy (TillManagerDialog *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->present), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->chosen), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->again), !busy);
  update (self);
}

static void
start_over (TillManagerDialog *self, const char *words)
{
  AdwPasswordEntryRow *first = is_asked (self->present) ? self->present : self->chosen;

  set_busy (self, FALSE);
  show_error (self, words);
  gtk_editable_set_text (GTK_EDITABLE (self->present), "");
  gtk_editable_set_text (GTK_EDITABLE (self->chosen), "");
  gtk_editable_set_text (GTK_EDITABLE (self->again), "");
  gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
finish (TillManagerDialog *self, gboolean right, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!right)
    {
      start_over (self, error->message);
      return;
    }

  g_autofree char *pin = g_strdup (typed (is_asked (self->chosen) ? self->chosen : self->present));
  g_signal_emit (self, signals[SIGNAL_CONFIRMED], 0, pin);
  explicit_bzero (pin, strlen (pin));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillManagerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean set = till_staff_set_pin_finish (TILL_STAFF (source), result, &error);

  finish (self, set, error);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillManagerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean right = till_staff_verify_finish (TILL_STAFF (source), result, &error);

  finish (self, right, error);
}

static void
on_confirm (TillManagerDialog *self)
{
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->confirm)))
    return;
  if (is_asked (self->chosen) && !g_str_equal (typed (self->chosen), typed (self->again)))
    {
      start_over (self, _ ("These were two different PINs. Please choose one again."));
      return;
    }
  show_error (self, "");
  /* A field that can no longer be typed into must not keep the cursor. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  set_busy (self, TRUE);
  if (is_asked (self->chosen))
    till_staff_set_pin_async (self->staff, self->role,
                              is_asked (self->present) ? typed (self->present) : NULL, typed (self->chosen),
                              self->asking, on_set, g_object_ref (self));
  else
    till_staff_verify_async (self->staff, self->role, typed (self->present), self->asking, on_verified,
                             g_object_ref (self));
}

static gboolean
is_set (TillManagerDialog *self, TillStaffRole role)
{
  return till_staff_is_set (self->staff, role);
}

/* Whose PIN allows it: the owner's does what the manager's does, and the first owner's PIN is the manager's to allow. */
static void
name_rows (TillManagerDialog *self)
{
  gboolean owners = self->role == TILL_STAFF_OWNER;
  gboolean by_owner = is_set (self, owners ? TILL_STAFF_OWNER : TILL_STAFF_MANAGER) == owners;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->present),
                                 by_owner ? _ ("Owner’s PIN") : _ ("Manager’s PIN"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->chosen),
                                 owners ? _ ("New owner’s PIN") : _ ("New manager’s PIN"));
  gtk_window_set_title (GTK_WINDOW (self), owners ? _ ("Owner") : _ ("Manager"));
}

static void
ask_for_new (TillManagerDialog *self, gboolean new)
{
  gboolean owners = self->role == TILL_STAFF_OWNER;
  gboolean allowed = is_set (self, TILL_STAFF_MANAGER) || is_set (self, TILL_STAFF_OWNER);
  gboolean set = owners ? is_set (self, TILL_STAFF_OWNER) : allowed;

  gtk_widget_set_visible (GTK_WIDGET (self->present), allowed);
  gtk_widget_set_visible (GTK_WIDGET (self->chosen), new || !set);
  gtk_widget_set_visible (GTK_WIDGET (self->again), new || !set);
  if (!set)
    show_error (self, owners ? _ ("This till has no owner’s PIN yet. Choose one now: 6 to 8 digits.")
                             : _ ("This till has no manager’s PIN yet. Set one now: 4 to 8 digits."));
  gtk_widget_grab_focus (GTK_WIDGET (allowed ? self->present : self->chosen));
  update (self);
}

static TillManagerDialog *
dialog_new (TillApplication *application,
            GtkWindow *parent,
            TillStaffRole role,
            const char *heading,
            const char *words,
            const char *confirm)
{
  TillManagerDialog *self
      = g_object_new (TILL_TYPE_MANAGER_DIALOG, "application", application, "transient-for", parent, "modal",
                      TRUE, "destroy-with-parent", TRUE, NULL);

  self->staff = g_object_ref (till_shop_get_staff (till_application_get_shop (application)));
  self->role = role;
  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->words, words);
  gtk_button_set_label (self->confirm, confirm);
  name_rows (self);
  ask_for_new (self, FALSE);
  return self;
}

TillManagerDialog *
till_manager_dialog_new (TillApplication *application,
                         GtkWindow *parent,
                         const char *heading,
                         const char *words,
                         const char *confirm)
{
  return dialog_new (application, parent, TILL_STAFF_MANAGER, heading, words, confirm);
}

TillManagerDialog *
till_manager_dialog_new_for_owner (TillApplication *application,
                                   GtkWindow *parent,
                                   const char *heading,
                                   const char *words,
                                   const char *confirm)
{
  return dialog_new (application, parent, TILL_STAFF_OWNER, heading, words, confirm);
}

void
till_manager_dialog_change (TillManagerDialog *self)
{
  g_return_if_fail (TILL_IS_MANAGER_DIALOG (self));

  ask_for_new (self, TRUE);
}

static void
till_manager_dialog_dispose (GObject *object)
{
  TillManagerDialog *self = TILL_MANAGER_DIALOG (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->staff);
  G_OBJECT_CLASS (till_manager_dialog_parent_class)->dispose (object);
}

static void
till_manager_dialog_finalize (GObject *object)
{
  g_clear_object (&TILL_MANAGER_DIALOG (object)->asking);
  G_OBJECT_CLASS (till_manager_dialog_parent_class)->finalize (object);
}

static void
till_manager_dialog_class_init (TillManagerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_manager_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = till_manager_dialog_finalize;
  signals[SIGNAL_CONFIRMED] = g_signal_new ("confirmed", TILL_TYPE_MANAGER_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/manager-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TillManagerDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, TillManagerDialog, words);
  gtk_widget_class_bind_template_child (widget_class, TillManagerDialog, error);
  gtk_widget_class_bind_template_child (widget_class, TillManagerDialog, present);
  gtk_widget_class_bind_template_child (widget_class, TillManagerDialog, chosen);
  gtk_widget_class_bind_template_child (widget_class, TillManagerDialog, again);
  gtk_widget_class_bind_template_child (widget_class, TillManagerDialog, confirm);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_manager_dialog_init (TillManagerDialog *self)
{
  self->asking = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
