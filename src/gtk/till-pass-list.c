/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-pass-list.h"

#include "customers/till-pass-row.h"
#include "gtk/till-day-words.h"

#include <glib/gi18n.h>

struct _TillPassList
{
  AdwBin parent_instance;

  TillShop *shop;
  GCancellable *reading;

  GtkStack *pages;
  GtkSearchEntry *search;
  GtkListBox *list;
  AdwStatusPage *trouble;
};

G_DEFINE_FINAL_TYPE (TillPassList, till_pass_list, ADW_TYPE_BIN)

static char *
words_for (const TillPassRow *pass)
{
  g_autofree char *until = till_day_words (pass->expires_day);
  g_autofree char *ended = pass->revoked_us != 0 ? till_day_words (pass->revoked_us / G_TIME_SPAN_DAY) : NULL;

  if (ended != NULL)
    return g_strdup_printf (_ ("Ended on %s"), ended);
  return g_strdup_printf (_ ("Good until %s"), until);
}

static GtkWidget *
make_row (const TillPassRow *pass)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = words_for (pass);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), pass->number);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_widget_add_css_class (row, "tnum");
  if (pass->revoked_us == 0)
    {
      GtkWidget *end = gtk_button_new_with_label (_ ("End It…"));
      g_autofree char *said = g_strdup_printf (_ ("End the face pass %s"), pass->number);

      gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (end), "customers.revoke");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (end), "(ss)", pass->id, pass->number);
      gtk_accessible_update_property (GTK_ACCESSIBLE (end), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), end);
    }
  return row;
}

/* The number as people say it, with or without its dash. */
static char *
letters_of (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "- ", -1);
  g_autofree char *joined = g_strjoinv ("", parts);

  return g_utf8_casefold (joined, -1);
}

static gboolean
is_wanted (GtkListBoxRow *row, gpointer user_data)
{
  TillPassList *self = user_data;
  g_autofree char *wanted = letters_of (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_autofree char *number = letters_of (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  return g_strstr_len (number, -1, wanted) != NULL;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) passes = till_shop_list_passes_finish (TILL_SHOP (source), result, &error);
  GtkWidget *row;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  TillPassList *self = user_data;
  if (passes == NULL)
    {
      g_autofree char *words = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->trouble, words);
      gtk_stack_set_visible_child_name (self->pages, "trouble");
      return;
    }
  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < passes->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (passes, i)));
  gtk_stack_set_visible_child_name (self->pages, passes->len > 0 ? "list" : "none");
}

static void
stop_reading (TillPassList *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_list (TillPassList *self)
{
  stop_reading (self);
  self->reading = g_cancellable_new ();
  till_shop_list_passes_async (self->shop, self->reading, on_listed, self);
}

void
till_pass_list_follow (TillPassList *self, TillRightsCase *rights)
{
  g_return_if_fail (TILL_IS_PASS_LIST (self));
  g_return_if_fail (self->shop == NULL);

  self->shop = g_object_ref (till_rights_case_get_shop (rights));
  g_signal_connect_object (rights, "ended", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shop, "custody-changed", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  read_list (self);
}

static void
till_pass_list_dispose (GObject *object)
{
  TillPassList *self = TILL_PASS_LIST (object);

  stop_reading (self);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (till_pass_list_parent_class)->dispose (object);
}

static void
till_pass_list_class_init (TillPassListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_pass_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/pass-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TillPassList, pages);
  gtk_widget_class_bind_template_child (widget_class, TillPassList, search);
  gtk_widget_class_bind_template_child (widget_class, TillPassList, list);
  gtk_widget_class_bind_template_child (widget_class, TillPassList, trouble);
}

static void
till_pass_list_init (TillPassList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_wanted, self, NULL);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (gtk_list_box_invalidate_filter),
                            self->list);
}
