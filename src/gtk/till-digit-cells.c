/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-digit-cells.h"

#include <glib/gi18n.h>

struct _TillDigitCells
{
  GtkWidget parent_instance;

  TillDigits *digits;
};

G_DEFINE_FINAL_TYPE (TillDigitCells, till_digit_cells, GTK_TYPE_WIDGET)

GtkWidget *
till_digit_cells_new (void)
{
  return g_object_new (TILL_TYPE_DIGIT_CELLS, NULL);
}

static void
show (TillDigitCells *self)
{
  guint typed = till_digits_get_length (self->digits);
  guint index = 0;

  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self)); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell), index++)
    {
      gtk_label_set_text (GTK_LABEL (cell), index < typed ? "●" : "");
      if (index < typed)
        gtk_widget_add_css_class (cell, "filled");
      else
        gtk_widget_remove_css_class (cell, "filled");
    }

  g_autofree char *said
      = g_strdup_printf (_ ("%u of %u digits typed"), typed, till_digits_get_capacity (self->digits));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

void
till_digit_cells_follow (TillDigitCells *self, TillDigits *digits)
{
  g_return_if_fail (TILL_IS_DIGIT_CELLS (self));
  g_return_if_fail (self->digits == NULL);

  self->digits = g_object_ref (digits);
  for (guint i = 0; i < till_digits_get_capacity (digits); i++)
    {
      GtkWidget *cell = gtk_label_new ("");

      gtk_widget_add_css_class (cell, "digit-cell");
      gtk_widget_set_parent (cell, GTK_WIDGET (self));
    }
  g_signal_connect_object (digits, "notify::length", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

static void
till_digit_cells_dispose (GObject *object)
{
  TillDigitCells *self = TILL_DIGIT_CELLS (object);
  GtkWidget *cell;

  while ((cell = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (cell);
  g_clear_object (&self->digits);
  G_OBJECT_CLASS (till_digit_cells_parent_class)->dispose (object);
}

static void
till_digit_cells_class_init (TillDigitCellsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_digit_cells_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
till_digit_cells_init (TillDigitCells *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 10);
}
