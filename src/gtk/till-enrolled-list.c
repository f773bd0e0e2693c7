/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-enrolled-list.h"

#include "base/till-error.h"
#include "gtk/till-day-words.h"
#include "shop/till-shop-erasure.h"

#include <glib/gi18n.h>

/* Everybody goes some day: nobody's retention is longer. */
#define EVERYBODY_DAYS (100 * 365)

struct _TillEnrolledList
{
  AdwBin parent_instance;

  TillShop *shop;
  TillCustomers *followed; /* borrowed from the shop, which may make it late */
  GCancellable *reading;
  GHashTable *dates; /* id to TillExpiring */

  GtkStack *pages;
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkLabel *why_nameless;
  AdwStatusPage *trouble;
};

G_DEFINE_FINAL_TYPE (TillEnrolledList, till_enrolled_list, ADW_TYPE_BIN)

/* Rows */

static char *
words_for (TillEnrolledList *self, TillCustomer *customer)
{
  const TillExpiring *dates = g_hash_table_lookup (self->dates, till_customer_get_id (customer));
  g_autofree char *here = dates != NULL ? till_day_words (dates->last_visit_day) : NULL;
  g_autofree char *goes = dates != NULL ? till_day_words (dates->goes_on_day) : NULL;

  if (dates == NULL)
    return g_strdup_printf (_ ("Phone ends in %s"), till_customer_get_suffix (customer));
  /* TRANSLATORS: last digits of a phone number, then two dates */
  return g_strdup_printf (_ ("Phone ends in %s · last here %s\nErased by itself on %s"),
                          till_customer_get_suffix (customer), here, goes);
}

static GtkWidget *
make_button (const char *label, const char *said, const char *action, const char *first, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", first, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return button;
}

static GtkWidget *
make_row (TillEnrolledList *self, TillCustomer *customer)
{
  const char *name = till_customer_get_name (customer);
  const char *id = till_customer_get_id (customer);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = words_for (self, customer);
  g_autofree char *consent = g_strdup_printf (_ ("Print the consent of %s"), name);
  g_autofree char *export = g_strdup_printf (_ ("Write down all that is held on %s"), name);
  g_autofree char *erase = g_strdup_printf (_ ("Erase %s"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (_ ("Consent…"), consent, "customers.consent",
                                                                till_customer_get_consent (customer), name));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button (_ ("Export…"), export, "customers.export", id, name));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button (_ ("Erase…"), erase, "customers.erase", id, name));
  return row;
}

/* What can be told of somebody, and done for them, without the key. */
static GtkWidget *
make_nameless_row (const TillExpiring *one)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *here = till_day_words (one->last_visit_day);
  g_autofree char *goes = till_day_words (one->goes_on_day);
  g_autofree char *words = g_strdup_printf (_ ("Last here %s\nErased by itself on %s"), here, goes);
  g_autofree char *erase = g_strdup_printf (_ ("Erase %s"), one->id);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), one->id);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button (_ ("Erase…"), erase, "customers.erase", one->id, one->id));
  return row;
}

static gboolean
is_wanted (GtkListBoxRow *row, gpointer user_data)
{
  TillEnrolledList *self = user_data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *name = g_utf8_casefold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);

  return g_strstr_len (name, -1, wanted) != NULL
         || g_strstr_len (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), -1, wanted) != NULL;
}

/* Reading */

static void
empty (TillEnrolledList *self)
{
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);
}

/* Names are not to be had; whoever wants to leave can all the same. */
static void
show_trouble (TillEnrolledList *self, const GError *error)
{
  g_autofree char *markup = g_markup_escape_text (error->message, -1);
  GHashTableIter each;
  gpointer one;

  empty (self);
  g_hash_table_iter_init (&each, self->dates);
  while (g_hash_table_iter_next (&each, NULL, &one))
    gtk_list_box_append (self->list, make_nameless_row (one));
  gtk_label_set_text (self->why_nameless, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->why_nameless), TRUE);
  adw_status_page_set_description (self->trouble, markup);
  gtk_stack_set_visible_child_name (self->pages, g_hash_table_size (self->dates) > 0 ? "list" : "trouble");
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = till_customers_list_finish (TILL_CUSTOMERS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  TillEnrolledList *self = user_data;
  if (customers == NULL)
    {
      show_trouble (self, error);
      return;
    }
  empty (self);
  for (guint i = 0; i < customers->len; i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (customers, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->why_nameless), FALSE);
  gtk_stack_set_visible_child_name (self->pages, customers->len > 0 ? "list" : "nobody");
}

static void
on_dates (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) dates = till_shop_list_expiring_finish (TILL_SHOP (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  TillEnrolledList *self = user_data;
  g_hash_table_remove_all (self->dates);
  for (guint i = 0; dates != NULL && i < dates->len; i++)
    {
      TillExpiring *one = g_ptr_array_index (dates, i);

      g_hash_table_insert (self->dates, one->id, till_expiring_ref (one));
    }
  if (self->followed != NULL)
    till_customers_list_async (self->followed, self->reading, on_listed, self);
}

static void
stop_reading (TillEnrolledList *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_customers (TillEnrolledList *self)
{
  stop_reading (self);
  self->reading = g_cancellable_new ();
  till_shop_list_expiring_async (self->shop, EVERYBODY_DAYS, self->reading, on_dates, self);
}

static void
on_custody_changed (TillEnrolledList *self)
{
  TillCustomers *customers = till_shop_get_customers (self->shop);
  const GError *trouble = till_shop_get_face_trouble (self->shop);

  if (customers != NULL && customers != self->followed)
    g_signal_connect_object (customers, "changed", G_CALLBACK (read_customers), self, G_CONNECT_SWAPPED);
  self->followed = customers;
  if (customers != NULL)
    read_customers (self);
  else if (trouble != NULL)
    show_trouble (self, trouble);
}

void
till_enrolled_list_follow (TillEnrolledList *self, TillShop *shop)
{
  g_return_if_fail (TILL_IS_ENROLLED_LIST (self));
  g_return_if_fail (self->shop == NULL);

  self->shop = g_object_ref (shop);
  g_signal_connect_object (shop, "custody-changed", G_CALLBACK (on_custody_changed), self, G_CONNECT_SWAPPED);
  on_custody_changed (self);
}

static void
till_enrolled_list_dispose (GObject *object)
{
  TillEnrolledList *self = TILL_ENROLLED_LIST (object);

  stop_reading (self);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (till_enrolled_list_parent_class)->dispose (object);
}

static void
till_enrolled_list_finalize (GObject *object)
{
  g_hash_table_unref (TILL_ENROLLED_LIST (object)->dates);
  G_OBJECT_CLASS (till_enrolled_list_parent_class)->finalize (object);
}

static void
till_enrolled_list_class_init (TillEnrolledListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_enrolled_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = till_enrolled_list_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/enrolled-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TillEnrolledList, pages);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolledList, search);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolledList, list);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolledList, why_nameless);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolledList, trouble);
}

static void
till_enrolled_list_init (TillEnrolledList *self)
{
  self->dates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) till_expiring_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_wanted, self, NULL);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (gtk_list_box_invalidate_filter),
                            self->list);
}
