/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-discount-dialog.h"

#include "gtk/till-discount-text.h"
#include "sale/till-rate.h"

#include <glib/gi18n.h>

struct _TillDiscountDialog
{
  AdwWindow parent_instance;

  TillBasket *basket;
  TillBasketLine *line; /* (nullable) */
  TillMoney worth;      /* of what it is taken off */

  GtkLabel *heading;
  GtkLabel *before;
  GtkEntry *entry;
  GtkBox *usual;
  GtkLabel *after;
  GtkLabel *trouble;
  GtkWidget *none;
  GtkWidget *confirm;
};

G_DEFINE_FINAL_TYPE (TillDiscountDialog, till_discount_dialog, ADW_TYPE_WINDOW)

/* Per cent that are a press away. */
static const int usual_rates[] = { 500, 1000, 2000, 5000 };

static const char *
typed (TillDiscountDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static void
show_trouble (TillDiscountDialog *self, const char *words)
{
  gtk_label_set_text (self->trouble, words);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), *words != '\0');
}

/* What was typed is judged when it is entered; until then it only says what it would come to. */
static void
on_typed (TillDiscountDialog *self)
{
  g_autofree char *words = g_strdup ("");
  TillMoney amount, off, left;
  int rate;

  show_trouble (self, "");
  if (till_discount_text_parse (typed (self), self->worth.currency, &rate, &amount, NULL)
      && till_money_scale (&self->worth, rate, TILL_RATE_WHOLE, &off, NULL)
      && till_money_add (&off, &amount, &off, NULL) && off.minor > 0 && off.minor <= self->worth.minor
      && till_money_subtract (&self->worth, &off, &left, NULL))
    {
      g_autofree char *less = till_money_format (&off);
      g_autofree char *now = till_money_format (&left);

      g_free (words);
      /* TRANSLATORS: two amounts, as "€0.39 off: €3.51" */
      words = g_strdup_printf (_ ("%s off: %s"), less, now);
    }
  gtk_label_set_text (self->after, words);
}

static gboolean
take_off (TillDiscountDialog *self, int rate, const TillMoney *amount, GError **error)
{
  if (self->line == NULL)
    return till_basket_discount (self->basket, rate, amount, error);
  return till_basket_discount_line (
      self->basket, till_article_get_id (till_basket_line_get_article (self->line)), rate, amount, error);
}

static void
on_confirm (TillDiscountDialog *self)
{
  g_autoptr (GError) error = NULL;
  TillMoney amount;
  int rate;

  if (till_discount_text_parse (typed (self), self->worth.currency, &rate, &amount, &error)
      && take_off (self, rate, &amount, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  show_trouble (self, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_none (TillDiscountDialog *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  on_confirm (self);
}

static void
on_usual (GtkButton *button, gpointer user_data)
{
  TillDiscountDialog *self = user_data;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), g_object_get_data (G_OBJECT (button), "discount"));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
add_usual (TillDiscountDialog *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (usual_rates); i++)
    {
      g_autofree char *percent = till_rate_format (usual_rates[i]);
      g_autofree char *label = g_strdup_printf (_ ("%s %%"), percent);
      GtkWidget *button = gtk_button_new_with_label (label);

      g_object_set_data_full (G_OBJECT (button), "discount", g_strdup_printf ("%s%%", percent), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (on_usual), self);
      gtk_box_append (self->usual, button);
    }
}

/* The goods less what the lines have off already. */
static TillMoney
worth_of_basket (TillBasket *basket)
{
  g_autoptr (TillPricing) pricing = till_basket_price (basket, 0, NULL);
  TillMoney worth = *till_basket_get_total (basket);

  if (pricing == NULL)
    return worth;
  worth = *till_pricing_get_goods (pricing);
  for (guint i = 0; i < till_pricing_get_n_discounts (pricing); i++)
    if (till_pricing_get_discount (pricing, i)->kind == TILL_DISCOUNT_LINE)
      worth.minor -= till_pricing_get_discount (pricing, i)->amount.minor;
  return worth;
}

static void
show_present (TillDiscountDialog *self)
{
  g_autofree char *text = NULL;
  g_autofree char *money = NULL;
  TillMoney amount;
  int rate;

  if (self->line != NULL)
    {
      till_basket_line_get_discount (self->line, &rate, &amount);
      self->worth = *till_basket_line_get_total (self->line);
      gtk_label_set_text (self->heading, till_article_get_name (till_basket_line_get_article (self->line)));
    }
  else
    {
      till_basket_get_discount (self->basket, &rate, &amount);
      self->worth = worth_of_basket (self->basket);
      gtk_label_set_text (self->heading, _ ("The whole basket"));
    }
  text = till_discount_text_format (rate, &amount);
  money = till_money_format (&self->worth);
  gtk_label_set_text (self->before, money);
  gtk_widget_set_sensitive (self->none, *text != '\0');
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

GtkWindow *
till_discount_dialog_new (GtkWindow *parent, TillBasket *basket, TillBasketLine *line)
{
  TillDiscountDialog *self = g_object_new (TILL_TYPE_DISCOUNT_DIALOG, "transient-for", parent, "modal", TRUE,
                                           "destroy-with-parent", TRUE, NULL);

  self->basket = g_object_ref (basket);
  g_set_object (&self->line, line);
  show_present (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GTK_WINDOW (self);
}

static void
till_discount_dialog_dispose (GObject *object)
{
  TillDiscountDialog *self = TILL_DISCOUNT_DIALOG (object);

  g_clear_object (&self->basket);
  g_clear_object (&self->line);
  G_OBJECT_CLASS (till_discount_dialog_parent_class)->dispose (object);
}

static void
till_discount_dialog_class_init (TillDiscountDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_discount_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/discount-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TillDiscountDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, TillDiscountDialog, before);
  gtk_widget_class_bind_template_child (widget_class, TillDiscountDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, TillDiscountDialog, usual);
  gtk_widget_class_bind_template_child (widget_class, TillDiscountDialog, after);
  gtk_widget_class_bind_template_child (widget_class, TillDiscountDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, TillDiscountDialog, none);
  gtk_widget_class_bind_template_child (widget_class, TillDiscountDialog, confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_none);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
till_discount_dialog_init (TillDiscountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_usual (self);
}
