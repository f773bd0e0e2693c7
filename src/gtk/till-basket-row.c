/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-basket-row.h"

#include <glib/gi18n.h>

static gboolean
discount_to_words (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const char *discount = g_value_get_string (from);

  /* TRANSLATORS: a discount, as "10 % off" or "€1.00 off" */
  g_value_take_string (to, discount != NULL ? g_strdup_printf (_ ("%s off"), discount) : g_strdup (""));
  return TRUE;
}

static gboolean
discount_to_visible (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_boolean (to, g_value_get_string (from) != NULL);
  return TRUE;
}

GtkWidget *
till_basket_row_new_name (TillBasketLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (till_article_get_name (till_basket_line_get_article (line)));
  GtkWidget *discount = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_xalign (GTK_LABEL (discount), 0);
  gtk_label_set_wrap (GTK_LABEL (discount), TRUE);
  gtk_widget_add_css_class (discount, "off");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  g_object_bind_property_full (line, "discount-text", discount, "label", G_BINDING_SYNC_CREATE,
                               discount_to_words, NULL, NULL, NULL);
  g_object_bind_property_full (line, "discount-text", discount, "visible", G_BINDING_SYNC_CREATE,
                               discount_to_visible, NULL, NULL, NULL);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), discount);
  return box;
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  TillBasketLine *line = item;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *name = till_basket_row_new_name (line);
  GtkWidget *quantity = gtk_label_new (NULL);
  GtkWidget *total = gtk_label_new (NULL);

  gtk_widget_add_css_class (row, "read-line");
  gtk_label_set_width_chars (GTK_LABEL (quantity), 2);
  gtk_label_set_xalign (GTK_LABEL (quantity), 1);
  gtk_widget_add_css_class (quantity, "quantity");
  gtk_widget_add_css_class (total, "tnum");
  g_object_bind_property (line, "quantity", quantity, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (line, "total-text", total, "label", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (row), quantity);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), total);

  GtkWidget *list_row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (list_row), row);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (list_row), FALSE);
  gtk_widget_set_focusable (list_row, FALSE);
  return list_row;
}

void
till_basket_row_fill_list (GtkListBox *list, TillBasket *basket)
{
  gtk_list_box_bind_model (list, till_basket_get_lines (basket), make_row, NULL, NULL);
}
