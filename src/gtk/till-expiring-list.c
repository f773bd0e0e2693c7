/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-expiring-list.h"

#include "gtk/till-day-words.h"
#include "shop/till-shop-erasure.h"

#include <glib/gi18n.h>

#define DAYS_AHEAD 31

struct _TillExpiringList
{
  AdwBin parent_instance;

  TillShop *shop;
  GCancellable *reading;
  GPtrArray *all; /* (element-type TillExpiring) (nullable) */

  GtkLabel *words;
  GtkWidget *doubt_box;
  GtkLabel *doubt;
  GtkStack *pages;
  GtkListBox *list;
  AdwStatusPage *trouble;
};

G_DEFINE_FINAL_TYPE (TillExpiringList, till_expiring_list, ADW_TYPE_BIN)

/* Their name, or what the ledger calls them while the keyring is locked. */
static const char *
name_of (const TillExpiring *one)
{
  return one->name != NULL ? one->name : one->id;
}

static int
today (TillExpiringList *self)
{
  return (int) (till_clock_utc (till_shop_get_clock (self->shop)) / G_TIME_SPAN_DAY);
}

static GtkWidget *
make_row (TillExpiringList *self, const TillExpiring *one)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *erase = gtk_button_new_with_label (_ ("Erase Now…"));
  g_autofree char *here = till_day_words (one->last_visit_day);
  g_autofree char *goes = till_day_words (one->goes_on_day);
  g_autofree char *words = one->goes_on_day <= today (self)
                               ? g_strdup_printf (_ ("Last here %s · due now"), here)
                               : g_strdup_printf (_ ("Last here %s · erased by itself on %s"), here, goes);
  g_autofree char *said = g_strdup_printf (_ ("Erase %s now"), name_of (one));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name_of (one));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_widget_set_valign (erase, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (erase), "customers.erase");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (erase), "(ss)", one->id, name_of (one));
  gtk_accessible_update_property (GTK_ACCESSIBLE (erase), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), erase);
  return row;
}

static void
show_list (TillExpiringList *self)
{
  const char *doubt = till_shop_get_expiry_doubt (self->shop);
  GtkWidget *row;

  gtk_label_set_text (self->doubt, doubt != NULL ? doubt : "");
  gtk_widget_set_visible (self->doubt_box, doubt != NULL);
  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < self->all->len; i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (self->all, i)));
  gtk_stack_set_visible_child_name (self->pages, self->all->len > 0 ? "list" : "nobody");
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = till_shop_list_expiring_finish (TILL_SHOP (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  TillExpiringList *self = user_data;
  if (all == NULL)
    {
      g_autofree char *words = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->trouble, words);
      gtk_stack_set_visible_child_name (self->pages, "trouble");
      return;
    }
  g_clear_pointer (&self->all, g_ptr_array_unref);
  self->all = g_steal_pointer (&all);
  show_list (self);
}

static void
stop_reading (TillExpiringList *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_list (TillExpiringList *self)
{
  int months = g_settings_get_int (till_profile_get_settings (till_shop_get_profile (self->shop)),
                                   "retention-months");
  g_autofree char *words = g_strdup_printf (
      ngettext ("Whoever was not here for %d month is erased by itself, with all that is kept of "
                "them. These go within a month; a payment with a smile makes it start anew.",
                "Whoever was not here for %d months is erased by itself, with all that is kept of "
                "them. These go within a month; a payment with a smile makes it start anew.",
                (gulong) months),
      months);

  gtk_label_set_text (self->words, words);
  stop_reading (self);
  self->reading = g_cancellable_new ();
  till_shop_list_expiring_async (self->shop, DAYS_AHEAD, self->reading, on_listed, self);
}

/* Those of whom it is known may be other ones now, or have names. */
static void
on_custody_changed (TillExpiringList *self)
{
  TillCustomers *customers = till_shop_get_customers (self->shop);

  if (customers != NULL)
    {
      g_signal_handlers_disconnect_by_func (customers, read_list, self);
      g_signal_connect_object (customers, "changed", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
    }
  read_list (self);
}

void
till_expiring_list_follow (TillExpiringList *self, TillShop *shop)
{
  g_return_if_fail (TILL_IS_EXPIRING_LIST (self));
  g_return_if_fail (self->shop == NULL);

  self->shop = g_object_ref (shop);
  g_signal_connect_object (shop, "expiry-changed", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "custody-changed", G_CALLBACK (on_custody_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (till_profile_get_settings (till_shop_get_profile (shop)),
                           "changed::retention-months", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  on_custody_changed (self);
}

char *
till_expiring_list_describe_due (TillExpiringList *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_return_val_if_fail (TILL_IS_EXPIRING_LIST (self), NULL);

  for (guint i = 0; self->all != NULL && i < self->all->len; i++)
    {
      const TillExpiring *one = g_ptr_array_index (self->all, i);

      if (one->goes_on_day <= today (self))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name_of (one));
    }
  return g_strdup (names->len > 0 ? names->str : _ ("nobody"));
}

static void
till_expiring_list_dispose (GObject *object)
{
  TillExpiringList *self = TILL_EXPIRING_LIST (object);

  stop_reading (self);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (till_expiring_list_parent_class)->dispose (object);
}

static void
till_expiring_list_class_init (TillExpiringListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_expiring_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/expiring-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TillExpiringList, words);
  gtk_widget_class_bind_template_child (widget_class, TillExpiringList, doubt_box);
  gtk_widget_class_bind_template_child (widget_class, TillExpiringList, doubt);
  gtk_widget_class_bind_template_child (widget_class, TillExpiringList, pages);
  gtk_widget_class_bind_template_child (widget_class, TillExpiringList, list);
  gtk_widget_class_bind_template_child (widget_class, TillExpiringList, trouble);
}

static void
till_expiring_list_init (TillExpiringList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
