/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-customers-window.h"

#include <glib/gi18n.h>

struct _TillCustomersWindow
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  GCancellable *listing;

  GtkStack *pages;
  GtkSearchEntry *search;
  GtkListBox *list;
  AdwStatusPage *trouble;
};

G_DEFINE_FINAL_TYPE (TillCustomersWindow, till_customers_window, ADW_TYPE_WINDOW)

static TillCustomers *
customers_of (TillCustomersWindow *self)
{
  return till_shop_get_customers (till_application_get_shop (self->application));
}

/* Forgetting */

static void
on_forget_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  const char *id = g_object_get_data (G_OBJECT (dialog), "customer");

  if (g_str_equal (response, "forget"))
    gtk_widget_activate_action (GTK_WIDGET (user_data), "app.forget-customer", "s", id);
}

static void
on_forget_clicked (GtkButton *button, gpointer user_data)
{
  TillCustomersWindow *self = user_data;
  TillCustomer *customer = g_object_get_data (G_OBJECT (button), "customer");
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL);

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _ ("Forget %s?"),
                                     till_customer_get_name (customer));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _ ("Face numbers, name, digits and payment token are erased at once and can’t "
                                  "be brought back. The books "
                                  "keep that a consent was given and what was paid, as the law asks."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep"), "forget", _ ("_Forget"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "forget",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_object_set_data_full (G_OBJECT (dialog), "customer", g_strdup (till_customer_get_id (customer)), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_forget_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The list */

static GtkWidget *
make_row (TillCustomersWindow *self, TillCustomer *customer)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *forget = gtk_button_new_with_mnemonic (_ ("_Forget…"));
  g_autoptr (GDateTime) when
      = g_date_time_new_from_unix_local (till_customer_get_enrolled_us (customer) / G_USEC_PER_SEC);
  g_autofree char *date = when != NULL ? g_date_time_format (when, "%x") : g_strdup ("");
  /* TRANSLATORS: last digits of a phone number, then a date */
  g_autofree char *words
      = g_strdup_printf (_ ("Phone ends in %s · enrolled %s"), till_customer_get_suffix (customer), date);
  g_autofree char *said = g_strdup_printf (_ ("Forget %s"), till_customer_get_name (customer));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), till_customer_get_name (customer));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_widget_set_valign (forget, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (forget), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_object_set_data_full (G_OBJECT (forget), "customer", till_customer_ref (customer),
                          (GDestroyNotify) till_customer_unref);
  g_signal_connect (forget, "clicked", G_CALLBACK (on_forget_clicked), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), forget);
  return row;
}

static gboolean
is_wanted (GtkListBoxRow *row, gpointer user_data)
{
  TillCustomersWindow *self = user_data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *name = g_utf8_casefold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);

  return g_strstr_len (name, -1, wanted) != NULL
         || g_strstr_len (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), -1, wanted) != NULL;
}

static void
show_trouble (TillCustomersWindow *self, const GError *error)
{
  g_autofree char *words = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->trouble, words);
  gtk_stack_set_visible_child_name (self->pages, "trouble");
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = till_customers_list_finish (TILL_CUSTOMERS (source), result, &error);
  GtkWidget *row;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  TillCustomersWindow *self = user_data;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  if (customers == NULL)
    {
      show_trouble (self, error);
      return;
    }
  for (guint i = 0; i < customers->len; i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (customers, i)));
  gtk_stack_set_visible_child_name (self->pages, customers->len > 0 ? "list" : "nobody");
}

static void
list_customers (TillCustomersWindow *self)
{
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  till_customers_list_async (customers_of (self), self->listing, on_listed, self);
}

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
  TillCustomersWindow *self = g_object_new (TILL_TYPE_CUSTOMERS_WINDOW, "application", application,
                                            "transient-for", parent, "modal", TRUE, NULL);

  self->application = application;
  if (customers_of (self) == NULL)
    {
      const GError *error = till_shop_get_face_trouble (till_application_get_shop (application));

      if (error != NULL)
        show_trouble (self, error);
      return GTK_WINDOW (self);
    }
  g_signal_connect_object (customers_of (self), "changed", G_CALLBACK (list_customers), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "sitting", G_CALLBACK (on_sitting), self, G_CONNECT_SWAPPED);
  list_customers (self);
  return GTK_WINDOW (self);
}

static void
till_customers_window_dispose (GObject *object)
{
  TillCustomersWindow *self = TILL_CUSTOMERS_WINDOW (object);

  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  G_OBJECT_CLASS (till_customers_window_parent_class)->dispose (object);
}

static void
till_customers_window_class_init (TillCustomersWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_customers_window_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/customers-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TillCustomersWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TillCustomersWindow, search);
  gtk_widget_class_bind_template_child (widget_class, TillCustomersWindow, list);
  gtk_widget_class_bind_template_child (widget_class, TillCustomersWindow, trouble);
}

static void
till_customers_window_init (TillCustomersWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_wanted, self, NULL);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (gtk_list_box_invalidate_filter),
                            self->list);
}
