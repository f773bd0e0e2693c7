/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-unresolved-window.h"

#include "gtk/till-screen.h"
#include "gtk/till-unresolved-row.h"
#include "gtk/till-unresolved-settle.h"

#include <glib/gi18n.h>

struct _TillUnresolvedWindow
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillUnresolvedList *unresolved;

  GtkRevealer *told_revealer;
  GtkLabel *told;
  GtkStack *pages;
  AdwStatusPage *trouble;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (TillUnresolvedWindow, till_unresolved_window, ADW_TYPE_WINDOW)

static void
on_settle (TillUnresolvedRow *row, gpointer user_data)
{
  TillUnresolvedWindow *self = user_data;

  gtk_window_present (
      till_unresolved_settle_new (self->application, GTK_WINDOW (self), till_unresolved_row_get_case (row)));
}

static void
on_show_sale (TillUnresolvedRow *row, gpointer user_data)
{
  TillUnresolvedWindow *self = user_data;
  const TillUnresolved *known = till_unresolved_case_get_known (till_unresolved_row_get_case (row));

  g_action_group_activate_action (G_ACTION_GROUP (self->application), "history-select",
                                  g_variant_new_string (known->sale));
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = till_unresolved_row_new (item);

  g_signal_connect_object (row, "settle", G_CALLBACK (on_settle), user_data, 0);
  g_signal_connect_object (row, "show-sale", G_CALLBACK (on_show_sale), user_data, 0);
  return row;
}

static const char *
page_to_show (TillUnresolvedWindow *self)
{
  if (till_unresolved_list_get_trouble (self->unresolved) != NULL)
    return "trouble";
  if (till_unresolved_list_get_count (self->unresolved) > 0)
    return "list";
  return till_unresolved_list_is_read (self->unresolved) ? "nothing" : "reading";
}

static void
on_changed (TillUnresolvedWindow *self)
{
  const GError *trouble = till_unresolved_list_get_trouble (self->unresolved);
  const char *page = page_to_show (self);

  if (trouble != NULL)
    {
      g_autofree char *words = g_markup_escape_text (trouble->message, -1);

      adw_status_page_set_description (self->trouble, words);
    }
  gtk_stack_set_visible_child_name (self->pages, page);
}

static void
on_ended (TillUnresolvedList *list, const char *words, gpointer user_data)
{
  TillUnresolvedWindow *self = user_data;

  gtk_label_set_text (self->told, words);
  gtk_revealer_set_reveal_child (self->told_revealer, TRUE);
}

GtkWindow *
till_unresolved_window_new (TillApplication *application, GtkWindow *parent)
{
  TillUnresolvedWindow *self = g_object_new (TILL_TYPE_UNRESOLVED_WINDOW, "transient-for", parent,
                                             "destroy-with-parent", TRUE, NULL);

  self->application = application;
  self->unresolved = g_object_ref (till_application_get_unresolved (application));
  gtk_list_box_bind_model (self->list, till_unresolved_list_get_cases (self->unresolved), make_row, self,
                           NULL);
  g_signal_connect_object (self->unresolved, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unresolved, "ended", G_CALLBACK (on_ended), self, 0);
  till_screen_fit (GTK_WINDOW (self));
  on_changed (self);
  return GTK_WINDOW (self);
}

static void
till_unresolved_window_dispose (GObject *object)
{
  TillUnresolvedWindow *self = TILL_UNRESOLVED_WINDOW (object);

  g_clear_object (&self->unresolved);
  G_OBJECT_CLASS (till_unresolved_window_parent_class)->dispose (object);
}

static void
till_unresolved_window_class_init (TillUnresolvedWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_unresolved_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/unresolved-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedWindow, told_revealer);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedWindow, told);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedWindow, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_unresolved_window_init (TillUnresolvedWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
