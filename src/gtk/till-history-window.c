/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-history-window.h"

#include "gtk/till-history-detail.h"
#include "gtk/till-history-row.h"
#include "gtk/till-history-words.h"
#include "gtk/till-mnemonic.h"
#include "gtk/till-receipt-print.h"
#include "gtk/till-refund-dialog.h"
#include "gtk/till-screen.h"

#include <glib/gi18n.h>

struct _TillHistoryWindow
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillHistory *history;
  gboolean setting; /* the entry is being filled in, not typed into */

  AdwToastOverlay *toasts;
  GtkWidget *unresolved;
  AdwButtonContent *unresolved_content;
  GtkSearchEntry *search;
  GtkToggleButton *attention;
  GtkToggleButton *earlier;
  GtkLabel *count;
  GtkStack *lists;
  GtkListView *list;
  AdwStatusPage *nothing;
  AdwStatusPage *trouble;
  GtkStack *details;
  TillHistoryDetail *detail;
};

G_DEFINE_FINAL_TYPE (TillHistoryWindow, till_history_window, ADW_TYPE_WINDOW)

/* The list */

static void
on_row_setup (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_list_item_set_child (item, till_history_row_new ());
}

static void
on_row_bind (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  TillSaleStory *story = gtk_list_item_get_item (item);
  g_autofree char *words = till_history_words_for_row (story);

  till_history_row_set_story (TILL_HISTORY_ROW (row), story);
  /* What has the focus is the list's own item around the row. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static const char *
list_to_show (TillHistoryWindow *self)
{
  if (till_history_get_trouble (self->history) != NULL)
    return "trouble";
  if (till_history_get_n_shown (self->history) > 0)
    return "list";
  return till_history_is_read (self->history) ? "nothing" : "reading";
}

static void
show_nothing (TillHistoryWindow *self)
{
  gboolean none = till_history_get_n_sales (self->history) == 0;
  gboolean searching = *till_history_get_search (self->history) != '\0';

  adw_status_page_set_title (self->nothing, none        ? _ ("Nothing was sold yet")
                                            : searching ? _ ("No such sale")
                                                        : _ ("All is well"));
  adw_status_page_set_description (
      self->nothing,
      none        ? _ ("Every sale of the day is listed here as soon as there is one.")
      : searching ? _ ("Search by number, amount, article or time. With “Earlier days too” more is searched.")
                  : _ ("No sale needs attention."));
}

static void
show_count (TillHistoryWindow *self)
{
  guint shown = till_history_get_n_shown (self->history);
  guint sales = till_history_get_n_sales (self->history);
  guint wanting = till_history_get_n_attention (self->history);
  g_autofree char *words
      = shown == sales ? g_strdup_printf (ngettext ("%u sale", "%u sales", sales), sales)
                       /* TRANSLATORS: how many are shown, of how many */
                       : g_strdup_printf (ngettext ("%u of %u sale", "%u of %u sales", sales), shown, sales);
  g_autofree char *attention = wanting > 0 ? g_strdup_printf (_ ("_Needs attention (%u)"), wanting)
                                           : g_strdup (_ ("_Needs attention"));

  gtk_label_set_text (self->count, till_history_is_read (self->history) ? words : "");
  gtk_button_set_label (GTK_BUTTON (self->attention), attention);
  till_mnemonic_name_buttons (GTK_WIDGET (self->attention));
}

/* An entry is emptied before it is filled, and tells of that too. */
static void
show_search (TillHistoryWindow *self)
{
  g_autofree char *text = g_strdup (till_history_get_search (self->history));

  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->search)), text))
    return;
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
  self->setting = FALSE;
}

static void
on_changed (TillHistoryWindow *self)
{
  const GError *trouble = till_history_get_trouble (self->history);
  const char *list = list_to_show (self);

  if (trouble != NULL)
    {
      g_autofree char *words = g_markup_escape_text (trouble->message, -1);

      adw_status_page_set_description (self->trouble, words);
    }
  show_nothing (self);
  show_count (self);
  gtk_stack_set_visible_child_name (self->lists, list);
  gtk_toggle_button_set_active (self->attention, till_history_get_attention (self->history));
  gtk_toggle_button_set_active (self->earlier, till_history_get_earlier (self->history));
  show_search (self);
}

static void
on_chosen (TillHistoryWindow *self)
{
  TillSaleStory *story = till_history_get_chosen (self->history);

  if (story != NULL)
    till_history_detail_set_story (self->detail, story);
  gtk_stack_set_visible_child_name (self->details, story != NULL ? "sale" : "none");
  /* Where there is nothing to choose from, the list says so. */
  gtk_widget_set_visible (GTK_WIDGET (self->details), till_history_get_n_sales (self->history) > 0);
}

static void
on_unresolved_changed (TillHistoryWindow *self)
{
  guint n = till_unresolved_list_get_count (till_application_get_unresolved (self->application));
  g_autofree char *words = g_strdup_printf (ngettext ("%u outcome unknown", "%u outcomes unknown", n), n);

  adw_button_content_set_label (self->unresolved_content, words);
  gtk_widget_set_visible (self->unresolved, n > 0);
}

/* What people do */

static void
on_search_changed (TillHistoryWindow *self)
{
  if (!self->setting)
    till_history_set_search (self->history, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
on_attention_toggled (TillHistoryWindow *self)
{
  till_history_set_attention (self->history, gtk_toggle_button_get_active (self->attention));
}

static void
on_earlier_toggled (TillHistoryWindow *self)
{
  till_history_set_earlier (self->history, gtk_toggle_button_get_active (self->earlier));
}

static void
on_search_activate (TillHistoryWindow *self)
{
  till_history_choose_first (self->history);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_search_stopped (TillHistoryWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_list_activate (TillHistoryWindow *self, guint position)
{
  till_history_detail_focus (self->detail);
}

static void
on_read_again (TillHistoryWindow *self)
{
  till_history_read (self->history);
}

static void
on_unresolved_clicked (TillHistoryWindow *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "unresolved", NULL);
}

static void
on_give_back (TillHistoryDetail *detail, guint kind, gpointer user_data)
{
  TillHistoryWindow *self = user_data;
  TillSaleStory *story = till_history_get_chosen (self->history);

  if (story != NULL)
    gtk_window_present (
        till_refund_dialog_new (self->application, GTK_WINDOW (self), (TillRefundKind) kind, story));
}

static void
on_told (const char *words, gpointer user_data)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (TILL_HISTORY_WINDOW (user_data)->toasts, adw_toast_new (markup));
}

static TillReceipt *
chosen_receipt (TillHistoryWindow *self)
{
  TillSaleStory *story = till_history_get_chosen (self->history);

  return story != NULL ? till_sale_story_get_receipt (story) : NULL;
}

static void
on_print (TillHistoryWindow *self)
{
  if (chosen_receipt (self) != NULL)
    till_receipt_print (chosen_receipt (self), GTK_WINDOW (self), on_told);
}

static void
on_save (TillHistoryWindow *self)
{
  if (chosen_receipt (self) != NULL)
    till_receipt_save (chosen_receipt (self), GTK_WINDOW (self), on_told);
}

static gboolean
on_find_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TILL_HISTORY_WINDOW (widget)->search));
}

static gboolean
on_print_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  on_print (TILL_HISTORY_WINDOW (widget));
  return TRUE;
}

static gboolean
on_save_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  on_save (TILL_HISTORY_WINDOW (widget));
  return TRUE;
}

/* The window */

static void
follow (TillHistoryWindow *self)
{
  TillUnresolvedList *unresolved = till_application_get_unresolved (self->application);

  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (till_history_get_shown (self->history)));
  g_signal_connect_object (self->history, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (unresolved, "changed", G_CALLBACK (on_unresolved_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail, "give-back", G_CALLBACK (on_give_back), self, 0);
  g_signal_connect_object (self->detail, "print", G_CALLBACK (on_print), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail, "save", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
  till_history_hold (self->history);
  on_changed (self);
  on_chosen (self);
  on_unresolved_changed (self);
}

GtkWindow *
till_history_window_new (TillApplication *application, GtkWindow *parent)
{
  TillHistoryWindow *self
      = g_object_new (TILL_TYPE_HISTORY_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->application = application;
  self->history = g_object_ref (till_application_get_history (application));
  till_screen_fit (GTK_WINDOW (self));
  follow (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return GTK_WINDOW (self);
}

static void
till_history_window_dispose (GObject *object)
{
  TillHistoryWindow *self = TILL_HISTORY_WINDOW (object);

  if (self->history != NULL)
    till_history_release (self->history);
  g_clear_object (&self->history);
  G_OBJECT_CLASS (till_history_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/history-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, unresolved);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, unresolved_content);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, search);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, attention);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, earlier);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, count);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, lists);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, list);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, nothing);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, details);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryWindow, detail);
  gtk_widget_class_bind_template_callback (widget_class, on_unresolved_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_attention_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_earlier_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_read_again);
}

static void
till_history_window_class_init (TillHistoryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_history_window_dispose;
  g_type_ensure (TILL_TYPE_HISTORY_DETAIL);
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, on_find_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, on_print_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, on_save_key, NULL);
}

static void
till_history_window_init (TillHistoryWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  till_mnemonic_name_buttons (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (on_row_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_row_bind), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
}
