/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-rotate-dialog.h"

#include "gtk/till-manager-dialog.h"
#include "gtk/till-mnemonic.h"
#include "gtk/till-screen.h"

#include <glib/gi18n.h>

struct _TillRotateDialog
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillCustodyCase *custody;

  GtkStack *pages;
  GtkCheckButton *void_passes;
  GtkLabel *trouble;
  GtkProgressBar *progress;
  GtkLabel *done_words;
  GtkWidget *done;
};

G_DEFINE_FINAL_TYPE (TillRotateDialog, till_rotate_dialog, ADW_TYPE_WINDOW)

static gboolean
is_changing (TillRotateDialog *self)
{
  return till_custody_case_is_busy (self->custody)
         && till_custody_case_get_deed (self->custody) == TILL_CUSTODY_ROTATE;
}

static void
on_owner_confirmed (TillManagerDialog *dialog, const char *pin, gpointer user_data)
{
  TillRotateDialog *self = user_data;

  till_custody_case_rotate (self->custody, pin, gtk_check_button_get_active (self->void_passes));
}

static void
on_confirm (TillRotateDialog *self)
{
  gboolean voids = gtk_check_button_get_active (self->void_passes);
  TillManagerDialog *dialog = till_manager_dialog_new_for_owner (
      self->application, GTK_WINDOW (self), _ ("Change all keys?"),
      voids ? _ ("Every face pass that was given out stops working: whoever has one has to enrol again.")
            : _ ("Customers, face passes, books and the recovery phrase stay as they are."),
      _ ("Change Them"));

  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_owner_confirmed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_changed (TillRotateDialog *self)
{
  double done = till_custody_case_get_progress (self->custody);
  g_autofree char *percent = g_strdup_printf (_ ("%.0f %%"), done * 100);

  if (!is_changing (self))
    return;
  gtk_progress_bar_set_fraction (self->progress, done);
  gtk_progress_bar_set_text (self->progress, percent);
  gtk_stack_set_visible_child_name (self->pages, "working");
}

static void
on_ended (TillCustodyCase *custody, gboolean done, gpointer user_data)
{
  TillRotateDialog *self = user_data;
  const char *words = till_custody_case_get_words (custody);

  if (till_custody_case_get_deed (custody) != TILL_CUSTODY_ROTATE)
    return;
  gtk_label_set_text (done ? self->done_words : self->trouble, words);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), !done);
  gtk_stack_set_visible_child_name (self->pages, done ? "done" : "asking");
  if (done)
    gtk_widget_grab_focus (self->done);
}

GtkWindow *
till_rotate_dialog_new (TillApplication *application, GtkWindow *parent)
{
  TillRotateDialog *self = g_object_new (TILL_TYPE_ROTATE_DIALOG, "transient-for", parent, "modal", TRUE,
                                         "destroy-with-parent", TRUE, NULL);

  self->application = application;
  self->custody = g_object_ref (till_application_get_custody (application));
  till_custody_case_hold (self->custody);
  g_signal_connect_object (self->custody, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->custody, "ended", G_CALLBACK (on_ended), self, 0);
  till_screen_fit (GTK_WINDOW (self));
  on_changed (self);
  return GTK_WINDOW (self);
}

static void
till_rotate_dialog_dispose (GObject *object)
{
  TillRotateDialog *self = TILL_ROTATE_DIALOG (object);

  if (self->custody != NULL)
    till_custody_case_release (self->custody);
  g_clear_object (&self->custody);
  G_OBJECT_CLASS (till_rotate_dialog_parent_class)->dispose (object);
}

static void
till_rotate_dialog_class_init (TillRotateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_rotate_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/rotate-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TillRotateDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, TillRotateDialog, void_passes);
  gtk_widget_class_bind_template_child (widget_class, TillRotateDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, TillRotateDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, TillRotateDialog, done_words);
  gtk_widget_class_bind_template_child (widget_class, TillRotateDialog, done);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_rotate_dialog_init (TillRotateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  till_mnemonic_name_buttons (GTK_WIDGET (self));
}
