/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-refund-row.h"

#include <glib/gi18n.h>

struct _TillRefundRow
{
  AdwActionRow parent_instance;

  char *article;
  guint most;
  GtkSpinButton *quantity;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillRefundRow, till_refund_row, ADW_TYPE_ACTION_ROW)

static void
on_value_changed (TillRefundRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static char *
words_for_left (const TillReceiptLine *line, guint most)
{
  g_autofree char *price = till_money_format (&line->price);

  if (most == 0)
    return g_strdup_printf (_ ("%u × %s, all given back"), line->quantity, price);
  if (most < line->quantity)
    return g_strdup_printf (_ ("%u × %s, %u left"), line->quantity, price, most);
  return g_strdup_printf (C_ ("quantity and price of one", "%u × %s"), line->quantity, price);
}

GtkWidget *
till_refund_row_new (const TillReceiptLine *line, guint most)
{
  TillRefundRow *self = g_object_new (TILL_TYPE_REFUND_ROW, NULL);
  g_autofree char *words = words_for_left (line, most);
  g_autofree char *name = g_strdup_printf (_ ("How many of %s"), line->name);

  self->article = g_strdup (line->article);
  self->most = most;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  /* What is typed goes into the number, so the focus is there at once. */
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), line->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_spin_button_set_range (self->quantity, 0, most);
  gtk_widget_set_sensitive (GTK_WIDGET (self->quantity), most > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->quantity), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

void
till_refund_row_set_quantity (TillRefundRow *self, guint quantity)
{
  g_return_if_fail (TILL_IS_REFUND_ROW (self));

  gtk_spin_button_set_value (self->quantity, quantity);
}

guint
till_refund_row_get_quantity (TillRefundRow *self)
{
  return (guint) gtk_spin_button_get_value_as_int (self->quantity);
}

guint
till_refund_row_get_most (TillRefundRow *self)
{
  return self->most;
}

const char *
till_refund_row_get_article (TillRefundRow *self)
{
  return self->article;
}

static void
till_refund_row_finalize (GObject *object)
{
  g_free (TILL_REFUND_ROW (object)->article);
  G_OBJECT_CLASS (till_refund_row_parent_class)->finalize (object);
}

static void
till_refund_row_class_init (TillRefundRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_refund_row_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TILL_TYPE_REFUND_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
till_refund_row_init (TillRefundRow *self)
{
  self->quantity = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, 1, 1));
  gtk_widget_set_valign (GTK_WIDGET (self->quantity), GTK_ALIGN_CENTER);
  gtk_spin_button_set_numeric (self->quantity, TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->quantity));
  g_signal_connect_object (self->quantity, "value-changed", G_CALLBACK (on_value_changed), self,
                           G_CONNECT_SWAPPED);
}
