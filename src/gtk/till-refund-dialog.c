/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-refund-dialog.h"

#include "gtk/till-history-words.h"
#include "gtk/till-manager-dialog.h"
#include "gtk/till-mnemonic.h"
#include "gtk/till-receipt-print.h"
#include "gtk/till-refund-row.h"
#include "gtk/till-refund-words.h"
#include "gtk/till-screen.h"
#include "sale/till-refund.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TillRefundDialog
{
  AdwWindow parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillRefundCase *refund;
  TillSaleStory *story;
  GPtrArray *rows; /* (element-type TillRefundRow) borrowed */
  TillMoney going; /* what would go back, 0 for nothing */

  GtkStack *pages;
  GtkLabel *words;
  GtkWidget *goods;
  GtkWidget *all;
  GtkListBox *lines;
  GtkFlowBox *reasons;
  AdwEntryRow *reason;
  AdwPasswordEntryRow *pin;
  GtkWidget *no_pin;
  GtkLabel *error;
  GtkLabel *way;
  GtkLabel *amount;
  GtkWidget *confirm;
  GtkLabel *sending_amount;
  GtkImage *end_icon;
  GtkLabel *end_title;
  GtkLabel *end_amount;
  GtkLabel *end_words;
  GtkLabel *end_receipt;
  GtkWidget *end_print;
  GtkWidget *end_back;
  GtkWidget *end_close;
};

G_DEFINE_FINAL_TYPE (TillRefundDialog, till_refund_dialog, ADW_TYPE_WINDOW)

static const char *
typed (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static TillRefundKind
kind_of (TillRefundDialog *self)
{
  return till_refund_case_get_kind (self->refund);
}

/* What would go back */

/* The lines chosen (element-type TillRefundLine) (transfer full); NULL for all that is left. */
static GArray *
chosen_lines (TillRefundDialog *self)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (TillRefundLine));
  gboolean all = TRUE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      TillRefundRow *row = g_ptr_array_index (self->rows, i);
      TillRefundLine line
          = { .article = till_refund_row_get_article (row), .quantity = till_refund_row_get_quantity (row) };

      all = all && line.quantity == till_refund_row_get_most (row);
      if (line.quantity > 0)
        g_array_append_val (lines, line);
    }
  if (!all)
    return lines;
  g_array_unref (lines);
  return NULL;
}

/* Worked out as the refund itself will be, so that no other amount is shown than goes. */
static gboolean
work_out (TillRefundDialog *self, GError **error)
{
  TillReceipt *receipt = till_sale_story_get_receipt (self->story);
  g_autoptr (GArray) lines = chosen_lines (self);
  TillRefund refund = { .lines = lines, .reason = "-", .tender = till_sale_story_get_tender (self->story) };

  self->going.minor = 0;
  if (lines == NULL)
    self->going = *till_sale_story_get_left (self->story);
  else if (lines->len > 0)
    {
      g_autoptr (TillReceipt) given
          = till_receipt_new_refund (receipt, till_sale_story_get_refunds (self->story), &refund,
                                     till_receipt_get_number (receipt), g_get_real_time (), error);

      if (given == NULL)
        return FALSE;
      self->going = *till_receipt_get_total (given);
    }
  return TRUE;
}

static void
show_error (TillRefundDialog *self, const char *words)
{
  gtk_label_set_text (self->error, words);
  gtk_widget_set_visible (GTK_WIDGET (self->error), *words != '\0');
}

static void
update (TillRefundDialog *self)
{
  gboolean set = till_staff_is_set (till_shop_get_staff (till_application_get_shop (self->application)),
                                    TILL_STAFF_MANAGER);
  g_autofree char *reason = g_strstrip (g_strdup (typed (self->reason)));
  gboolean there = g_utf8_strlen (reason, -1) >= TILL_SHOP_REASON_LEAST && *typed (self->pin) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->pin), set);
  gtk_widget_set_visible (self->no_pin, !set);
  gtk_widget_set_sensitive (self->confirm,
                            there && set && (self->going.minor > 0 || kind_of (self) == TILL_REFUND_DISOWN));
}

static void
on_quantity_changed (TillRefundDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *amount = NULL;

  show_error (self, work_out (self, &error) ? "" : error->message);
  amount = till_money_format (&self->going);
  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->sending_amount, amount);
  gtk_label_set_text (self->way, self->going.minor > 0 ? till_history_words_for_way_back (
                                     till_sale_story_get_tender (self->story))
                                 : kind_of (self) == TILL_REFUND_DISOWN
                                     ? _ ("Everything was given back already: only the face is locked.")
                                     : _ ("Choose how many of what are given back."));
  update (self);
}

static void
set_all (TillRefundDialog *self, gboolean all)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      TillRefundRow *row = g_ptr_array_index (self->rows, i);

      till_refund_row_set_quantity (row, all ? till_refund_row_get_most (row) : 0);
    }
}

static void
on_all_clicked (TillRefundDialog *self)
{
  set_all (self, TRUE);
}

static void
on_none_clicked (TillRefundDialog *self)
{
  set_all (self, FALSE);
}

/* Sending */

static void
on_confirm (TillRefundDialog *self)
{
  if (!gtk_widget_get_sensitive (self->confirm))
    return;

  g_autoptr (GArray) chosen = kind_of (self) == TILL_REFUND_GOODS ? chosen_lines (self) : NULL;
  g_autoptr (GArray) lines = NULL;
  g_autofree char *reason = g_strstrip (g_strdup (typed (self->reason)));
  g_autofree char *pin = g_strdup (typed (self->pin));

  for (guint i = 0; chosen != NULL && i < chosen->len; i++)
    {
      const TillRefundLine *line = &g_array_index (chosen, TillRefundLine, i);
      TillShopRefundLine sent = { .article = line->article, .quantity = line->quantity };

      if (lines == NULL)
        lines = g_array_new (FALSE, FALSE, sizeof sent);
      g_array_append_val (lines, sent);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  till_application_set_refund (self->application, self->refund);
  till_refund_case_send (self->refund, lines, reason, NULL, pin);
  explicit_bzero (pin, strlen (pin));
}

static void
show_end (TillRefundDialog *self)
{
  TillRefundState state = till_refund_case_get_state (self->refund);
  TillReceipt *receipt = till_refund_case_get_receipt (self->refund);
  g_autofree char *text = receipt != NULL ? till_receipt_to_text (receipt) : g_strdup ("");
  g_autofree char *words = till_refund_end_words (self->refund, till_sale_story_get_tender (self->story));
  g_autofree char *amount = till_money_format (&self->going);
  const char *classes[] = { state == TILL_REFUND_GIVEN ? "done-colour" : "trouble-colour", NULL };

  gtk_image_set_from_icon_name (self->end_icon, till_refund_end_icon (state));
  gtk_widget_set_css_classes (GTK_WIDGET (self->end_icon), classes);
  gtk_label_set_text (self->end_title, till_refund_end_title (self->refund));
  gtk_label_set_text (self->end_amount, amount);
  gtk_widget_set_visible (GTK_WIDGET (self->end_amount),
                          state != TILL_REFUND_REFUSED && self->going.minor > 0);
  gtk_label_set_text (self->end_words, words);
  gtk_label_set_text (self->end_receipt, text);
  gtk_widget_set_visible (GTK_WIDGET (self->end_receipt), receipt != NULL);
  gtk_widget_set_visible (self->end_print, receipt != NULL);
  gtk_widget_set_visible (self->end_back, state == TILL_REFUND_REFUSED);
  gtk_stack_set_visible_child_name (self->pages, "ended");
  gtk_widget_grab_focus (state == TILL_REFUND_REFUSED ? self->end_back : self->end_close);
}

static void
on_state (TillRefundDialog *self)
{
  gboolean sending = till_refund_case_get_state (self->refund) == TILL_REFUND_SENDING;

  if (sending)
    gtk_stack_set_visible_child_name (self->pages, "sending");
  else
    show_end (self);
}

static void
on_back (TillRefundDialog *self)
{
  gtk_stack_set_visible_child_name (self->pages, "asking");
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
}

static void
on_told (const char *words, gpointer user_data)
{
  gtk_label_set_text (TILL_REFUND_DIALOG (user_data)->end_words, words);
}

static void
on_print (TillRefundDialog *self)
{
  till_receipt_print (till_refund_case_get_receipt (self->refund), GTK_WINDOW (self), on_told);
}

static void
on_set_pin (TillRefundDialog *self)
{
  TillManagerDialog *dialog
      = till_manager_dialog_new (self->application, GTK_WINDOW (self), _ ("Manager’s PIN"),
                                 _ ("4 to 8 digits that are not easy to guess."), _ ("Set"));

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The dialogue */

static void
on_reason_clicked (GtkButton *button, gpointer user_data)
{
  TillRefundDialog *self = user_data;

  gtk_editable_set_text (GTK_EDITABLE (self->reason), gtk_button_get_label (button));
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
}

static void
offer_reasons (TillRefundDialog *self)
{
  const char *reason;

  for (guint i = 0; (reason = till_refund_reason (kind_of (self), i)) != NULL; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (reason);

      g_signal_connect (button, "clicked", G_CALLBACK (on_reason_clicked), self);
      gtk_flow_box_append (self->reasons, button);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
}

static void
add_lines (TillRefundDialog *self)
{
  TillReceipt *receipt = till_sale_story_get_receipt (self->story);
  GPtrArray *earlier = till_sale_story_get_refunds (self->story);
  gboolean can_choose
      = kind_of (self) == TILL_REFUND_GOODS && till_refund_can_choose_lines (receipt, earlier);

  gtk_widget_set_visible (self->goods, can_choose);
  for (guint i = 0; can_choose && i < till_receipt_get_n_lines (receipt); i++)
    {
      GtkWidget *row = till_refund_row_new (till_receipt_get_line (receipt, i),
                                            till_refund_get_quantity_left (receipt, earlier, i));

      g_signal_connect_object (row, "changed", G_CALLBACK (on_quantity_changed), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (self->lines, row);
    }
}

GtkWindow *
till_refund_dialog_new (TillApplication *application,
                        GtkWindow *parent,
                        TillRefundKind kind,
                        TillSaleStory *story)
{
  TillRefundDialog *self
      = g_object_new (TILL_TYPE_REFUND_DIALOG, "transient-for", parent, "modal", TRUE, "destroy-with-parent",
                      TRUE, "title", till_refund_title (kind), NULL);

  self->application = application;
  self->story = g_object_ref (story);
  self->refund
      = till_refund_case_new (till_application_get_shop (application), kind, till_sale_story_get_id (story));
  self->going = *till_sale_story_get_left (story);
  gtk_label_set_text (self->words, till_refund_words (kind));
  gtk_button_set_label (GTK_BUTTON (self->confirm), till_refund_deed (kind));
  offer_reasons (self);
  add_lines (self);
  /* Of one article there is nothing to choose; of several, what is given back is seldom all of it. */
  till_screen_fit (GTK_WINDOW (self));
  set_all (self, self->rows->len == 1);
  on_quantity_changed (self);
  g_signal_connect_object (self->refund, "state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  return GTK_WINDOW (self);
}

static void
till_refund_dialog_dispose (GObject *object)
{
  TillRefundDialog *self = TILL_REFUND_DIALOG (object);

  g_clear_object (&self->refund);
  g_clear_object (&self->story);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (till_refund_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/refund-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, words);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, goods);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, all);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, lines);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, reasons);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, pin);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, no_pin);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, error);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, way);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, amount);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, sending_amount);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, end_icon);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, end_title);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, end_amount);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, end_words);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, end_receipt);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, end_print);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, end_back);
  gtk_widget_class_bind_template_child (widget_class, TillRefundDialog, end_close);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_all_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_none_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_set_pin);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
}

static void
till_refund_dialog_class_init (TillRefundDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_refund_dialog_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
till_refund_dialog_init (TillRefundDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  till_mnemonic_name_buttons (GTK_WIDGET (self));
}
