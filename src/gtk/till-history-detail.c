/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-history-detail.h"

#include "gtk/till-history-words.h"

#include <glib/gi18n.h>

struct _TillHistoryDetail
{
  GtkWidget parent_instance;

  char *sale; /* id of what is shown */

  GtkWidget *content;
  GtkWidget *state;
  GtkImage *state_icon;
  GtkLabel *state_words;
  GtkLabel *where;
  GtkLabel *amount;
  GtkLabel *given_back;
  GtkWidget *refund;
  GtkWidget *disown;
  GtkWidget *void_sale;
  GtkWidget *print;
  GtkWidget *save;
  GtkLabel *why_not;
  GtkScrolledWindow *scroller;
  GtkListBox *events;
  GtkLabel *no_receipt;
  GtkLabel *receipt;
};

enum
{
  SIGNAL_GIVE_BACK,
  SIGNAL_PRINT,
  SIGNAL_SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillHistoryDetail, till_history_detail, GTK_TYPE_WIDGET)

static GtkWidget *
make_event (const TillSaleEvent *event)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  g_autofree char *time = till_history_words_for_time (event->at_us);
  g_autofree char *said = g_strdup_printf ("%s: %s", time, event->words);
  GtkWidget *at = gtk_label_new (time);
  GtkWidget *words = gtk_label_new (event->words);

  gtk_widget_add_css_class (box, "history-event");
  gtk_widget_add_css_class (at, "tnum");
  gtk_widget_add_css_class (at, "when");
  gtk_widget_set_valign (at, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), at);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return row;
}

static void
show_events (TillHistoryDetail *self, TillSaleStory *story)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->events))) != NULL)
    gtk_list_box_remove (self->events, row);
  for (guint i = 0; i < till_sale_story_get_n_events (story); i++)
    gtk_list_box_append (self->events, make_event (till_sale_story_get_event (story, i)));
}

/* Why nothing can be given back; NULL when something can. */
static const char *
words_for_no_refund (TillSaleStory *story)
{
  if (till_sale_story_get_open_attempt (story) != NULL)
    return _ ("The outcome of a payment or refund is not known. Settle that first, in “Outcome unknown”.");
  if (till_sale_story_get_receipt (story) == NULL)
    return _ ("Nothing was paid, so nothing can be given back.");
  if (till_sale_story_get_left (story)->minor <= 0)
    return _ ("Everything was given back.");
  return NULL;
}

static void
show_deeds (TillHistoryDetail *self, TillSaleStory *story)
{
  const char *why_not = words_for_no_refund (story);
  gboolean face = g_strcmp0 (till_sale_story_get_tender (story), TILL_TENDER_FACE) == 0;
  gboolean paid = till_sale_story_get_state (story) == TILL_SALE_PAID;
  TillReceipt *receipt = till_sale_story_get_receipt (story);

  gtk_widget_set_sensitive (self->refund, why_not == NULL);
  gtk_widget_set_sensitive (self->void_sale, why_not == NULL && paid);
  gtk_widget_set_visible (gtk_widget_get_parent (self->disown), face);
  gtk_widget_set_sensitive (self->disown,
                            receipt != NULL && till_sale_story_get_state (story) != TILL_SALE_DISPUTED);
  gtk_widget_set_sensitive (self->print, receipt != NULL);
  gtk_widget_set_sensitive (self->save, receipt != NULL);
  gtk_label_set_text (self->why_not, why_not != NULL ? why_not : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why_not), why_not != NULL);
}

static void
show_receipt (TillHistoryDetail *self, TillSaleStory *story)
{
  TillReceipt *receipt = till_sale_story_get_receipt (story);
  GPtrArray *refunds = till_sale_story_get_refunds (story);
  g_autoptr (GString) text = g_string_new (NULL);

  if (receipt != NULL)
    {
      g_autofree char *sale = till_receipt_to_text (receipt);

      g_string_append (text, sale);
    }
  for (guint i = 0; refunds != NULL && i < refunds->len; i++)
    {
      g_autofree char *refund = till_receipt_to_text (g_ptr_array_index (refunds, i));

      g_string_append_printf (text, "\n\n%s", refund);
    }
  gtk_label_set_text (self->receipt, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->receipt), receipt != NULL);
  gtk_label_set_text (self->no_receipt,
                      till_sale_story_get_state (story) == TILL_SALE_UNKNOWN
                          ? _ ("There is no receipt yet: it is not known whether this sale is paid.")
                          : _ ("There is no receipt: nothing was paid for this sale."));
  gtk_widget_set_visible (GTK_WIDGET (self->no_receipt), receipt == NULL);
}

void
till_history_detail_set_story (TillHistoryDetail *self, TillSaleStory *story)
{
  TillSaleState state = till_sale_story_get_state (story);
  const char *classes[] = { "sale-state", "large", till_history_class_for_state (state), NULL };
  g_autofree char *where = till_history_words_for_where (story, TRUE);
  g_autofree char *amount = till_money_format (till_sale_story_get_total (story));
  g_autofree char *given_back = till_history_words_for_given_back (story);

  g_return_if_fail (TILL_IS_HISTORY_DETAIL (self));

  gtk_image_set_from_icon_name (self->state_icon, till_history_icon_for_state (state));
  gtk_label_set_text (self->state_words, till_sale_story_get_state_label (story));
  gtk_widget_set_css_classes (self->state, classes);
  gtk_label_set_text (self->where, where);
  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->given_back, given_back);
  gtk_widget_set_visible (GTK_WIDGET (self->given_back), *given_back != '\0');
  show_deeds (self, story);
  show_events (self, story);
  show_receipt (self, story);
  if (g_strcmp0 (self->sale, till_sale_story_get_id (story)) != 0)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  g_free (self->sale);
  self->sale = g_strdup (till_sale_story_get_id (story));
}

void
till_history_detail_focus (TillHistoryDetail *self)
{
  GtkWidget *const deeds[] = { self->refund, self->disown, self->print };

  g_return_if_fail (TILL_IS_HISTORY_DETAIL (self));

  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (gtk_widget_get_mapped (deeds[i]) && gtk_widget_grab_focus (deeds[i]))
      return;
}

static void
on_refund_clicked (TillHistoryDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_GIVE_BACK], 0, (guint) TILL_REFUND_GOODS);
}

static void
on_disown_clicked (TillHistoryDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_GIVE_BACK], 0, (guint) TILL_REFUND_DISOWN);
}

static void
on_void_clicked (TillHistoryDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_GIVE_BACK], 0, (guint) TILL_REFUND_VOID);
}

static void
on_print_clicked (TillHistoryDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_PRINT], 0);
}

static void
on_save_clicked (TillHistoryDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVE], 0);
}

static void
till_history_detail_dispose (GObject *object)
{
  g_clear_pointer (&TILL_HISTORY_DETAIL (object)->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_history_detail_parent_class)->dispose (object);
}

static void
till_history_detail_finalize (GObject *object)
{
  g_free (TILL_HISTORY_DETAIL (object)->sale);
  G_OBJECT_CLASS (till_history_detail_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/history-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, content);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, state);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, state_icon);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, state_words);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, where);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, amount);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, given_back);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, refund);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, disown);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, void_sale);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, print);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, save);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, why_not);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, events);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, no_receipt);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryDetail, receipt);
  gtk_widget_class_bind_template_callback (widget_class, on_refund_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_disown_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_void_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_print_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
till_history_detail_class_init (TillHistoryDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_history_detail_dispose;
  G_OBJECT_CLASS (klass)->finalize = till_history_detail_finalize;
  signals[SIGNAL_GIVE_BACK] = g_signal_new ("give-back", TILL_TYPE_HISTORY_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_PRINT] = g_signal_new ("print", TILL_TYPE_HISTORY_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVE] = g_signal_new ("save", TILL_TYPE_HISTORY_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
till_history_detail_init (TillHistoryDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
