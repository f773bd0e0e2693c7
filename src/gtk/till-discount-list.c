/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-discount-list.h"

#include <glib/gi18n.h>

struct _TillDiscountList
{
  GtkWidget parent_instance;

  TillBasket *basket;
  GtkWidget *grid;
};

G_DEFINE_FINAL_TYPE (TillDiscountList, till_discount_list, GTK_TYPE_WIDGET)

GtkWidget *
till_discount_list_new (void)
{
  return g_object_new (TILL_TYPE_DISCOUNT_LIST, NULL);
}

static void
add_row (TillDiscountList *self, int row, const char *what, const TillMoney *amount, gboolean off)
{
  TillMoney shown = *amount;
  g_autofree char *money = NULL;
  GtkWidget *label = gtk_label_new (what);
  GtkWidget *sum;

  shown.minor = off ? -amount->minor : amount->minor;
  money = till_money_format (&shown);
  sum = gtk_label_new (money);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (sum), 1);
  gtk_widget_add_css_class (sum, "tnum");
  if (off)
    {
      gtk_widget_add_css_class (label, "off");
      gtk_widget_add_css_class (sum, "off");
    }
  gtk_grid_attach (GTK_GRID (self->grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), sum, 1, row, 1, 1);
}

static void
clear (TillDiscountList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
}

static TillMoney
sum_of_lines (const TillPricing *pricing)
{
  TillMoney sum = *till_pricing_get_goods (pricing);

  sum.minor = 0;
  for (guint i = 0; i < till_pricing_get_n_discounts (pricing); i++)
    if (till_pricing_get_discount (pricing, i)->kind == TILL_DISCOUNT_LINE)
      sum.minor += till_pricing_get_discount (pricing, i)->amount.minor;
  return sum;
}

static void
show (TillDiscountList *self)
{
  g_autoptr (TillPricing) pricing = till_basket_price (self->basket, 0, NULL);
  int row = 0;

  clear (self);
  gtk_widget_set_visible (GTK_WIDGET (self), pricing != NULL && till_pricing_get_off (pricing)->minor > 0);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  TillMoney lines = sum_of_lines (pricing);
  add_row (self, row++, _ ("Goods"), till_pricing_get_goods (pricing), FALSE);
  if (lines.minor > 0)
    add_row (self, row++, till_discount_kind_get_label (TILL_DISCOUNT_LINE), &lines, TRUE);
  for (guint i = 0; i < till_pricing_get_n_discounts (pricing); i++)
    {
      const TillDiscount *discount = till_pricing_get_discount (pricing, i);
      g_autofree char *what = till_discount_format (discount);

      if (discount->kind != TILL_DISCOUNT_LINE)
        add_row (self, row++, what, &discount->amount, TRUE);
    }
}

void
till_discount_list_follow (TillDiscountList *self, TillBasket *basket)
{
  g_return_if_fail (TILL_IS_DISCOUNT_LIST (self));
  g_return_if_fail (self->basket == NULL);

  self->basket = g_object_ref (basket);
  g_signal_connect_object (basket, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

static void
till_discount_list_dispose (GObject *object)
{
  TillDiscountList *self = TILL_DISCOUNT_LIST (object);

  g_clear_object (&self->basket);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (till_discount_list_parent_class)->dispose (object);
}

static void
till_discount_list_class_init (TillDiscountListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_discount_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "discountlist");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
till_discount_list_init (TillDiscountList *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 2);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Discounts"), -1);
}
