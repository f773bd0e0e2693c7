/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-history-row.h"

#include "gtk/till-history-words.h"

struct _TillHistoryRow
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkLabel *what;
  GtkLabel *amount;
  GtkLabel *where;
  GtkWidget *state;
  GtkImage *state_icon;
  GtkLabel *state_words;
};

G_DEFINE_FINAL_TYPE (TillHistoryRow, till_history_row, GTK_TYPE_WIDGET)

GtkWidget *
till_history_row_new (void)
{
  return g_object_new (TILL_TYPE_HISTORY_ROW, NULL);
}

void
till_history_row_set_story (TillHistoryRow *self, TillSaleStory *story)
{
  TillSaleState state = till_sale_story_get_state (story);
  const char *classes[] = { "sale-state", till_history_class_for_state (state), NULL };
  g_autofree char *what = till_history_words_for_what (story);
  g_autofree char *where = till_history_words_for_where (story, FALSE);
  g_autofree char *amount = till_money_format (till_sale_story_get_total (story));

  g_return_if_fail (TILL_IS_HISTORY_ROW (self));

  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->where, where);
  gtk_label_set_text (self->amount, amount);
  gtk_image_set_from_icon_name (self->state_icon, till_history_icon_for_state (state));
  gtk_label_set_text (self->state_words, till_sale_story_get_state_label (story));
  gtk_widget_set_css_classes (self->state, classes);
}

static void
till_history_row_dispose (GObject *object)
{
  g_clear_pointer (&TILL_HISTORY_ROW (object)->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_history_row_parent_class)->dispose (object);
}

static void
till_history_row_class_init (TillHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_history_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TillHistoryRow, content);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryRow, what);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryRow, amount);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryRow, where);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryRow, state);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, TillHistoryRow, state_words);
}

static void
till_history_row_init (TillHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
