/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-customers-window.h"

#include "gtk/till-consent-print.h"
#include "gtk/till-enrolled-list.h"
#include "gtk/till-erasure-dialog.h"
#include "gtk/till-expiring-list.h"
#include "gtk/till-manager-dialog.h"
#include "gtk/till-mnemonic.h"
#include "gtk/till-pass-list.h"
#include "gtk/till-screen.h"

#include <glib/gi18n.h>

struct _TillCustomersWindow
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillRightsCase *rights;
  GtkWindow *erasing; /* weak: tells itself what became of it */
  char *subject;      /* id of whom a manager or a folder is being asked for */
  char *folder;
  GtkFileChooserNative *chooser;

  AdwToastOverlay *toasts;
  GtkStack *pages;
  TillEnrolledList *customers;
  TillExpiringList *expiring;
  TillPassList *passes;
};

G_DEFINE_FINAL_TYPE (TillCustomersWindow, till_customers_window, ADW_TYPE_WINDOW)

static void
on_told (const char *words, gpointer user_data)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (TILL_CUSTOMERS_WINDOW (user_data)->toasts, adw_toast_new (markup));
}

static void
on_ended (TillRightsCase *rights, gboolean done, gpointer user_data)
{
  TillCustomersWindow *self = user_data;

  if (self->erasing == NULL)
    on_told (till_rights_case_get_words (rights), self);
}

static void
ask_manager (TillCustomersWindow *self,
             const char *heading,
             const char *words,
             const char *confirm,
             GCallback confirmed)
{
  TillManagerDialog *dialog
      = till_manager_dialog_new (self->application, GTK_WINDOW (self), heading, words, confirm);

  g_signal_connect_object (dialog, "confirmed", confirmed, self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
set_subject (TillCustomersWindow *self, const char *id)
{
  g_free (self->subject);
  self->subject = g_strdup (id);
}

/* Erasing */

static void
on_erase (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TillCustomersWindow *self = TILL_CUSTOMERS_WINDOW (widget);
  const char *id;
  const char *name;

  g_variant_get (parameter, "(&s&s)", &id, &name);
  if (self->erasing == NULL)
    g_set_weak_pointer (&self->erasing,
                        till_erasure_dialog_new (self->application, GTK_WINDOW (self), id, name));
  gtk_window_present (self->erasing);
}

/* All that is held */

static void
on_export_confirmed (TillManagerDialog *dialog, const char *pin, gpointer user_data)
{
  TillCustomersWindow *self = user_data;

  till_rights_case_export (self->rights, self->subject, self->folder, pin);
}

static void
on_folder_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  TillCustomersWindow *self = user_data;
  g_autoptr (GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = folder != NULL ? g_file_get_path (folder) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path == NULL)
    on_told (_ ("It can only be saved in a folder of this computer"), self);
  else if (response == GTK_RESPONSE_ACCEPT)
    {
      g_free (self->folder);
      self->folder = g_steal_pointer (&path);
      ask_manager (
          self, _ ("Write down all that is held?"),
          _ ("Face numbers, digits, consents and every row of the books about this customer are written into "
             "two files. Hand them to nobody else, and delete them here afterwards."),
          _ ("Write Them"), G_CALLBACK (on_export_confirmed));
    }
  g_clear_object (&self->chooser);
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TillCustomersWindow *self = TILL_CUSTOMERS_WINDOW (widget);
  const char *id;
  const char *name;
  g_autofree char *title = NULL;

  if (self->chooser != NULL)
    return;
  g_variant_get (parameter, "(&s&s)", &id, &name);
  set_subject (self, id);
  title = g_strdup_printf (_ ("Where to write all that is held on %s"), name);
  self->chooser = gtk_file_chooser_native_new (
      title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Write Here"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_folder_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_consent (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TillCustomersWindow *self = TILL_CUSTOMERS_WINDOW (widget);
  const char *consent;
  const char *name;

  g_variant_get (parameter, "(&s&s)", &consent, &name);
  till_consent_print (till_application_get_shop (self->application), consent, name, GTK_WINDOW (self),
                      on_told);
}

/* Passes, and those who are due */

static void
on_revoke_confirmed (TillManagerDialog *dialog, const char *pin, gpointer user_data)
{
  TillCustomersWindow *self = user_data;

  till_rights_case_revoke (self->rights, self->subject, pin);
}

static void
on_revoke (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TillCustomersWindow *self = TILL_CUSTOMERS_WINDOW (widget);
  const char *id;
  const char *number;
  g_autofree char *heading = NULL;

  g_variant_get (parameter, "(&s&s)", &id, &number);
  set_subject (self, id);
  heading = g_strdup_printf (_ ("End the face pass %s?"), number);
  ask_manager (self, heading,
               _ ("Nobody can pay with it from then on, and it can’t be made good again. Its owner can get a "
                  "new one."),
               _ ("End It"), G_CALLBACK (on_revoke_confirmed));
}

static void
on_expiry_confirmed (TillManagerDialog *dialog, const char *pin, gpointer user_data)
{
  till_rights_case_confirm_expiry (TILL_CUSTOMERS_WINDOW (user_data)->rights, pin);
}

static void
on_expiry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TillCustomersWindow *self = TILL_CUSTOMERS_WINDOW (widget);
  g_autofree char *names = till_expiring_list_describe_due (self->expiring);
  g_autofree char *words = g_strdup_printf (
      _ ("Only if this computer’s date is right. These are erased at once and can’t be brought "
         "back: %s"),
      names);

  ask_manager (self, _ ("Erase those who are due?"), words, _ ("The Date Is Right: Erase"),
               G_CALLBACK (on_expiry_confirmed));
}

/* The window */

/* An enrolment is on the till's own pages. */
static void
on_sitting (TillCustomersWindow *self)
{
  if (till_application_get_sitting (self->application) != NULL)
    gtk_window_close (GTK_WINDOW (self));
}

GtkWindow *
till_customers_window_new (TillApplication *application, GtkWindow *parent)
{
  TillCustomersWindow *self
      = g_object_new (TILL_TYPE_CUSTOMERS_WINDOW, "application", application, "transient-for", parent, NULL);

  self->application = application;
  self->rights = g_object_ref (till_application_get_rights (application));
  till_rights_case_hold (self->rights);
  g_signal_connect_object (self->rights, "ended", G_CALLBACK (on_ended), self, 0);
  g_signal_connect_object (application, "sitting", G_CALLBACK (on_sitting), self, G_CONNECT_SWAPPED);
  till_enrolled_list_follow (self->customers, till_application_get_shop (application));
  till_expiring_list_follow (self->expiring, till_application_get_shop (application));
  till_pass_list_follow (self->passes, self->rights);
  till_screen_fit (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}

static void
till_customers_window_dispose (GObject *object)
{
  TillCustomersWindow *self = TILL_CUSTOMERS_WINDOW (object);

  if (self->rights != NULL)
    till_rights_case_release (self->rights);
  g_clear_object (&self->rights);
  g_clear_object (&self->chooser);
  g_clear_weak_pointer (&self->erasing);
  G_OBJECT_CLASS (till_customers_window_parent_class)->dispose (object);
}

static void
till_customers_window_finalize (GObject *object)
{
  TillCustomersWindow *self = TILL_CUSTOMERS_WINDOW (object);

  g_free (self->subject);
  g_free (self->folder);
  G_OBJECT_CLASS (till_customers_window_parent_class)->finalize (object);
}

static void
till_customers_window_class_init (TillCustomersWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_customers_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = till_customers_window_finalize;
  g_type_ensure (TILL_TYPE_ENROLLED_LIST);
  g_type_ensure (TILL_TYPE_EXPIRING_LIST);
  g_type_ensure (TILL_TYPE_PASS_LIST);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_install_action (widget_class, "customers.erase", "(ss)", on_erase);
  gtk_widget_class_install_action (widget_class, "customers.export", "(ss)", on_export);
  gtk_widget_class_install_action (widget_class, "customers.consent", "(ss)", on_consent);
  gtk_widget_class_install_action (widget_class, "customers.revoke", "(ss)", on_revoke);
  gtk_widget_class_install_action (widget_class, "customers.expire", NULL, on_expiry);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/customers-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TillCustomersWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TillCustomersWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TillCustomersWindow, customers);
  gtk_widget_class_bind_template_child (widget_class, TillCustomersWindow, expiring);
  gtk_widget_class_bind_template_child (widget_class, TillCustomersWindow, passes);
}

static void
till_customers_window_init (TillCustomersWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  till_mnemonic_name_buttons (GTK_WIDGET (self));
}
