/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-unresolved-row.h"

#include "gtk/till-mnemonic.h"
#include "gtk/till-unresolved-words.h"

#include <glib/gi18n.h>

struct _TillUnresolvedRow
{
  GtkListBoxRow parent_instance;

  TillUnresolvedCase *one;

  GtkLabel *what;
  GtkLabel *amount;
  GtkLabel *known;
  GtkLabel *told;
  GtkWidget *spinner;
  GtkWidget *ask;
  GtkWidget *reverse;
  GtkWidget *settle;
  GtkWidget *show_sale;
};

enum
{
  SIGNAL_SETTLE,
  SIGNAL_SHOW_SALE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillUnresolvedRow, till_unresolved_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_case (TillUnresolvedRow *self)
{
  const TillUnresolved *known = till_unresolved_case_get_known (self->one);
  gboolean busy = till_unresolved_case_is_busy (self->one) || known->busy;
  gboolean free_to_act = !busy && !till_unresolved_case_is_over (self->one);
  g_autofree char *what = till_unresolved_words_for_what (known);
  g_autofree char *amount = till_money_format (&known->amount);
  g_autofree char *words = till_unresolved_words_for_known (known);
  g_autofree char *name = g_strdup_printf ("%s, %s", what, amount);
  const char *told = till_unresolved_case_get_words (self->one);

  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->known, words);
  gtk_label_set_text (self->told, busy ? _ ("The payment service is being asked…") : told);
  gtk_widget_set_visible (GTK_WIDGET (self->told), busy || *told != '\0');
  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_sensitive (self->ask, free_to_act);
  gtk_widget_set_sensitive (self->reverse, free_to_act);
  gtk_widget_set_sensitive (self->settle, free_to_act);
  /* Money on its way back can't be kept from going. */
  gtk_widget_set_visible (gtk_widget_get_parent (self->reverse), !known->refund);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_ask_clicked (TillUnresolvedRow *self)
{
  till_unresolved_case_ask (self->one);
}

static void
on_reverse_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  TillUnresolvedRow *self = user_data;

  if (g_str_equal (response, "reverse"))
    till_unresolved_case_reverse (self->one);
}

static void
on_reverse_clicked (TillUnresolvedRow *self)
{
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, NULL);
  g_autofree char *amount = till_money_format (&till_unresolved_case_get_known (self->one)->amount);

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _ ("Reverse the payment of %s?"), amount);
  adw_message_dialog_set_body (
      ADW_MESSAGE_DIALOG (dialog),
      _ ("The payment service is told to cancel it. If the money was taken already, all "
         "of it is given back. The goods are then not paid."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Leave it"), "reverse",
                                    _ ("_Reverse"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "reverse",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_reverse_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_settle_clicked (TillUnresolvedRow *self)
{
  g_signal_emit (self, signals[SIGNAL_SETTLE], 0);
}

static void
on_sale_clicked (TillUnresolvedRow *self)
{
  g_signal_emit (self, signals[SIGNAL_SHOW_SALE], 0);
}

GtkWidget *
till_unresolved_row_new (TillUnresolvedCase *one)
{
  TillUnresolvedRow *self = g_object_new (TILL_TYPE_UNRESOLVED_ROW, NULL);

  self->one = g_object_ref (one);
  g_signal_connect_object (one, "changed", G_CALLBACK (show_case), self, G_CONNECT_SWAPPED);
  show_case (self);
  return GTK_WIDGET (self);
}

TillUnresolvedCase *
till_unresolved_row_get_case (TillUnresolvedRow *self)
{
  return self->one;
}

static void
till_unresolved_row_dispose (GObject *object)
{
  g_clear_object (&TILL_UNRESOLVED_ROW (object)->one);
  G_OBJECT_CLASS (till_unresolved_row_parent_class)->dispose (object);
}

static void
till_unresolved_row_class_init (TillUnresolvedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_unresolved_row_dispose;
  signals[SIGNAL_SETTLE] = g_signal_new ("settle", TILL_TYPE_UNRESOLVED_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHOW_SALE] = g_signal_new ("show-sale", TILL_TYPE_UNRESOLVED_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/unresolved-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedRow, what);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedRow, amount);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedRow, known);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedRow, told);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedRow, ask);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedRow, reverse);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedRow, settle);
  gtk_widget_class_bind_template_child (widget_class, TillUnresolvedRow, show_sale);
  gtk_widget_class_bind_template_callback (widget_class, on_ask_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_reverse_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_settle_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_sale_clicked);
}

static void
till_unresolved_row_init (TillUnresolvedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  till_mnemonic_name_buttons (GTK_WIDGET (self));
}
