/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-basket-view.h"

#include "gtk/till-basket-row.h"
#include "gtk/till-discount-dialog.h"
#include "gtk/till-discount-list.h"

#include <glib/gi18n.h>

struct _TillBasketView
{
  GtkWidget parent_instance;

  TillBasket *basket;

  GtkWidget *content;
  GtkStack *pages;
  GtkScrolledWindow *scroller;
  GtkListBox *lines;
  TillDiscountList *discounts;
  GtkWidget *discount;
  GtkLabel *pieces;
  GtkLabel *total;
  GtkButton *charge;
};

G_DEFINE_FINAL_TYPE (TillBasketView, till_basket_view, GTK_TYPE_WIDGET)

GtkWidget *
till_basket_view_new (void)
{
  return g_object_new (TILL_TYPE_BASKET_VIEW, NULL);
}

static void
show_total (TillBasketView *self)
{
  guint count = till_basket_count_pieces (self->basket);
  g_autofree char *total = till_money_format (till_basket_get_total (self->basket));
  g_autofree char *charge = count > 0 ? g_strdup_printf (_ ("Charge %s"), total) : g_strdup (_ ("Charge"));
  g_autofree char *pieces
      = count > 0 ? g_strdup_printf (ngettext ("%u piece", "%u pieces", count), count) : g_strdup ("");

  gtk_label_set_text (self->total, total);
  gtk_label_set_text (self->pieces, pieces);
  gtk_button_set_label (self->charge, charge);
  gtk_widget_set_sensitive (self->discount, count > 0);
  gtk_stack_set_visible_child_name (self->pages, count > 0 ? "lines" : "empty");
}

/* Discounts */

static gboolean
may_change (TillBasketView *self)
{
  return self->basket != NULL && !till_basket_is_empty (self->basket)
         && gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_widget_is_sensitive (self->discount);
}

static void
ask_discount (TillBasketView *self, TillBasketLine *line)
{
  if (may_change (self))
    gtk_window_present (
        till_discount_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->basket, line));
}

static void
on_discount (TillBasketView *self)
{
  ask_discount (self, NULL);
}

static void
on_line_discount (GtkWidget *button, TillBasketLine *line)
{
  ask_discount (TILL_BASKET_VIEW (gtk_widget_get_ancestor (button, TILL_TYPE_BASKET_VIEW)), line);
}

static gboolean
on_discount_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  ask_discount (TILL_BASKET_VIEW (widget), NULL);
  return TRUE;
}

/* Of the line with the focus, or else of the one rung up last. */
static gboolean
on_line_discount_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  TillBasketView *self = TILL_BASKET_VIEW (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->lines))
                       ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)
                       : NULL;
  GListModel *lines = till_basket_get_lines (self->basket);
  guint n = g_list_model_get_n_items (lines);
  guint index = row != NULL ? (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : n - 1;
  g_autoptr (TillBasketLine) line = n > 0 ? g_list_model_get_item (lines, index) : NULL;

  if (line != NULL)
    ask_discount (self, line);
  return TRUE;
}

/* Lines */

static GtkWidget *
quantity_button (const char *icon, const char *name, GCallback callback, TillBasketLine *line)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", callback, line, 0);
  return button;
}

static void
set_quantity (GtkWidget *button, TillBasketLine *line, guint quantity)
{
  gtk_widget_activate_action (button, "app.set-quantity", "(su)",
                              till_article_get_id (till_basket_line_get_article (line)), quantity);
}

static void
on_less (GtkWidget *button, TillBasketLine *line)
{
  set_quantity (button, line, till_basket_line_get_quantity (line) - 1);
}

static void
on_more (GtkWidget *button, TillBasketLine *line)
{
  set_quantity (button, line, till_basket_line_get_quantity (line) + 1);
}

static GtkWidget *
make_line (gpointer item, gpointer user_data)
{
  TillBasketLine *line = item;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *name = till_basket_row_new_name (line);
  GtkWidget *quantity = gtk_label_new (NULL);
  GtkWidget *total = gtk_label_new (NULL);

  gtk_widget_add_css_class (row, "basket-line");
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 6);
  gtk_label_set_width_chars (GTK_LABEL (quantity), 3);
  gtk_widget_add_css_class (quantity, "tnum");
  gtk_label_set_width_chars (GTK_LABEL (total), 8);
  gtk_label_set_xalign (GTK_LABEL (total), 1);
  gtk_widget_add_css_class (total, "total");
  g_object_bind_property (line, "quantity", quantity, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (line, "total-text", total, "label", G_BINDING_SYNC_CREATE);

  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row),
                  quantity_button ("list-remove-symbolic", _ ("One less"), G_CALLBACK (on_less), line));
  gtk_box_append (GTK_BOX (row), quantity);
  gtk_box_append (GTK_BOX (row),
                  quantity_button ("list-add-symbolic", _ ("One more"), G_CALLBACK (on_more), line));
  GtkWidget *price = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (price), total);
  gtk_widget_add_css_class (price, "flat");
  gtk_widget_add_css_class (price, "line-price");
  gtk_widget_set_valign (price, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (price, _ ("Discount on this line (Ctrl+L)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (price), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Discount on this line"), -1);
  g_signal_connect_object (price, "clicked", G_CALLBACK (on_line_discount), line, 0);
  gtk_box_append (GTK_BOX (row), price);
  return row;
}

static void
on_lines_grew (TillBasketView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

void
till_basket_view_set_basket (TillBasketView *self, TillBasket *basket)
{
  g_return_if_fail (TILL_IS_BASKET_VIEW (self));
  g_return_if_fail (self->basket == NULL);

  self->basket = g_object_ref (basket);
  gtk_list_box_bind_model (self->lines, till_basket_get_lines (basket), make_line, NULL, NULL);
  till_discount_list_follow (self->discounts, basket);
  g_signal_connect_object (basket, "changed", G_CALLBACK (show_total), self, G_CONNECT_SWAPPED);
  show_total (self);
}

static void
till_basket_view_dispose (GObject *object)
{
  TillBasketView *self = TILL_BASKET_VIEW (object);

  g_clear_object (&self->basket);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_basket_view_parent_class)->dispose (object);
}

static void
till_basket_view_class_init (TillBasketViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_basket_view_dispose;
  g_type_ensure (TILL_TYPE_DISCOUNT_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/basket-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TillBasketView, content);
  gtk_widget_class_bind_template_child (widget_class, TillBasketView, pages);
  gtk_widget_class_bind_template_child (widget_class, TillBasketView, scroller);
  gtk_widget_class_bind_template_child (widget_class, TillBasketView, lines);
  gtk_widget_class_bind_template_child (widget_class, TillBasketView, discounts);
  gtk_widget_class_bind_template_child (widget_class, TillBasketView, discount);
  gtk_widget_class_bind_template_child (widget_class, TillBasketView, pieces);
  gtk_widget_class_bind_template_child (widget_class, TillBasketView, total);
  gtk_widget_class_bind_template_child (widget_class, TillBasketView, charge);
  gtk_widget_class_bind_template_callback (widget_class, on_discount);
}

static void
add_key (GtkEventController *keys, guint key, GtkShortcutFunc act)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (act, NULL, NULL)));
}

static void
till_basket_view_init (TillBasketView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  add_key (keys, GDK_KEY_d, on_discount_key);
  add_key (keys, GDK_KEY_l, on_line_discount_key);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (gtk_scrolled_window_get_vadjustment (self->scroller), "notify::upper",
                            G_CALLBACK (on_lines_grew), self);
}
