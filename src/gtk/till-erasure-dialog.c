/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-erasure-dialog.h"

#include "gtk/till-manager-dialog.h"
#include "gtk/till-mnemonic.h"
#include "gtk/till-screen.h"
#include "gtk/till-sheet-print.h"

#include <glib/gi18n.h>

struct _TillErasureDialog
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillRightsCase *rights;
  char *id;
  gboolean sent;

  AdwToastOverlay *toasts;
  GtkStack *pages;
  GtkLabel *heading;
  GtkLabel *trouble;
  GtkLabel *receipt;
  GtkWidget *done;
};

G_DEFINE_FINAL_TYPE (TillErasureDialog, till_erasure_dialog, ADW_TYPE_WINDOW)

static void
on_manager_confirmed (TillManagerDialog *dialog, const char *pin, gpointer user_data)
{
  TillErasureDialog *self = user_data;

  self->sent = TRUE;
  till_rights_case_erase (self->rights, self->id, pin);
}

static void
on_confirm (TillErasureDialog *self)
{
  TillManagerDialog *dialog
      = till_manager_dialog_new (self->application, GTK_WINDOW (self), gtk_label_get_text (self->heading),
                                 _ ("It can’t be brought back."), _ ("Erase"));

  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_manager_confirmed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_changed (TillErasureDialog *self)
{
  if (self->sent && till_rights_case_is_busy (self->rights))
    gtk_stack_set_visible_child_name (self->pages, "working");
}

static void
show_receipt (TillErasureDialog *self)
{
  g_autofree char *text = till_erasure_to_text (till_rights_case_get_erasure (self->rights));

  gtk_label_set_text (self->receipt, text);
  gtk_stack_set_visible_child_name (self->pages, "receipt");
  gtk_widget_grab_focus (self->done);
}

static void
on_ended (TillRightsCase *rights, gboolean done, gpointer user_data)
{
  TillErasureDialog *self = user_data;

  if (!self->sent)
    return;
  self->sent = FALSE;
  if (done)
    {
      show_receipt (self);
      return;
    }
  gtk_label_set_text (self->trouble, till_rights_case_get_words (rights));
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
  gtk_stack_set_visible_child_name (self->pages, "asking");
}

/* The receipt */

static void
on_told (const char *words, gpointer user_data)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (TILL_ERASURE_DIALOG (user_data)->toasts, adw_toast_new (markup));
}

static void
on_print (TillErasureDialog *self)
{
  till_sheet_print (_ ("Receipt of erasure"), gtk_label_get_text (self->receipt), GTK_WINDOW (self), on_told);
}

static void
on_save (TillErasureDialog *self)
{
  till_sheet_save (_ ("Receipt of erasure"), gtk_label_get_text (self->receipt), _ ("receipt-of-erasure.pdf"),
                   GTK_WINDOW (self), on_told);
}

GtkWindow *
till_erasure_dialog_new (TillApplication *application, GtkWindow *parent, const char *id, const char *name)
{
  TillErasureDialog *self = g_object_new (TILL_TYPE_ERASURE_DIALOG, "transient-for", parent, "modal", TRUE,
                                          "destroy-with-parent", TRUE, NULL);
  g_autofree char *heading = g_strdup_printf (_ ("Erase %s?"), name);

  self->application = application;
  self->rights = g_object_ref (till_application_get_rights (application));
  self->id = g_strdup (id);
  gtk_label_set_text (self->heading, heading);
  g_signal_connect_object (self->rights, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rights, "ended", G_CALLBACK (on_ended), self, 0);
  till_screen_fit (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}

static void
till_erasure_dialog_dispose (GObject *object)
{
  g_clear_object (&TILL_ERASURE_DIALOG (object)->rights);
  G_OBJECT_CLASS (till_erasure_dialog_parent_class)->dispose (object);
}

static void
till_erasure_dialog_finalize (GObject *object)
{
  g_free (TILL_ERASURE_DIALOG (object)->id);
  G_OBJECT_CLASS (till_erasure_dialog_parent_class)->finalize (object);
}

static void
till_erasure_dialog_class_init (TillErasureDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_erasure_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = till_erasure_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/erasure-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TillErasureDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, TillErasureDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, TillErasureDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, TillErasureDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, TillErasureDialog, receipt);
  gtk_widget_class_bind_template_child (widget_class, TillErasureDialog, done);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_erasure_dialog_init (TillErasureDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  till_mnemonic_name_buttons (GTK_WIDGET (self));
}
