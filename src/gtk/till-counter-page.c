/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-counter-page.h"

#include <glib/gi18n.h>

/* Notes to offer at the most, beside the exact amount. */
#define NOTES_MAX 4

struct _TillCounterPage
{
  GtkWidget parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  gboolean setting;             /* the entry is being filled in, not typed into */

  GtkWidget *content;
  GtkLabel *title;
  GtkLabel *amount;
  GtkWidget *cash;
  GtkEntry *given;
  GtkBox *notes;
  GtkWidget *change_title;
  GtkLabel *change;
  GtkWidget *card;
  GtkButton *take;
};

G_DEFINE_FINAL_TYPE (TillCounterPage, till_counter_page, GTK_TYPE_WIDGET)

GtkWidget *
till_counter_page_new (void)
{
  return g_object_new (TILL_TYPE_COUNTER_PAGE, NULL);
}

static TillCheckout *
checkout_of (TillCounterPage *self)
{
  return till_shop_get_checkout (till_application_get_shop (self->application));
}

static void
show_change (TillCounterPage *self)
{
  const TillMoney *amount = till_checkout_get_amount (checkout_of (self));
  const TillMoney *cash = till_application_get_cash (self->application);
  gboolean enough = cash == NULL || (amount != NULL && till_money_compare (cash, amount) >= 0);
  TillMoney change;

  if (amount == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->take), enough);
  if (!till_money_subtract (cash != NULL ? cash : amount, amount, &change, NULL))
    return;
  if (!enough)
    change.minor = -change.minor;

  g_autofree char *money = till_money_format (&change);
  g_autofree char *missing = g_strdup_printf (_ ("%s is missing"), money);
  gtk_widget_set_visible (self->change_title, enough);
  gtk_label_set_text (self->change, enough ? money : missing);
}

static void
on_given_changed (TillCounterPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->given));
  const char *currency = till_shop_get_currency (till_application_get_shop (self->application));
  TillMoney cash;

  if (self->setting)
    return;
  if (*text == '\0')
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "app.give-exact", NULL);
      return;
    }

  /* Both signs people type for the decimal point are understood. */
  g_autofree char *decimal = g_strdelimit (g_strdup (text), ",", '.');
  if (till_money_parse (&cash, decimal, currency, NULL) && cash.minor >= 0)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->given), "error");
      gtk_widget_activate_action (GTK_WIDGET (self), "app.give-cash", "s", decimal);
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->given), "error");
  gtk_widget_set_sensitive (GTK_WIDGET (self->take), FALSE);
}

/* What is typed stays as it was typed; an amount that came another way is written in. */
static void
show_given (TillCounterPage *self, const TillMoney *cash)
{
  g_autofree char *typed
      = g_strdelimit (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->given))), ",", '.');
  g_autofree char *decimal = cash != NULL ? till_money_to_decimal (cash) : g_strdup ("");
  TillMoney shown;

  if (cash != NULL && till_money_parse (&shown, typed, cash->currency, NULL)
      && till_money_compare (&shown, cash) == 0)
    return;
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->given), decimal);
  self->setting = FALSE;
}

static void
on_cash (TillCounterPage *self)
{
  const TillMoney *cash = till_application_get_cash (self->application);

  if (till_checkout_get_state (checkout_of (self)) != TILL_CHECKOUT_COUNTER)
    return;
  show_given (self, cash);
  gtk_widget_remove_css_class (GTK_WIDGET (self->given), "error");
  show_change (self);
}

/* Notes a customer is likely to hand over */

static void
on_note_clicked (GtkButton *button, gpointer user_data)
{
  TillCounterPage *self = user_data;

  gtk_editable_set_text (GTK_EDITABLE (self->given), g_object_get_data (G_OBJECT (button), "decimal"));
}

static void
add_note (TillCounterPage *self, const TillMoney *note)
{
  g_autofree char *label = till_money_format (note);
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (button), "decimal", till_money_to_decimal (note), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_note_clicked), self);
  gtk_box_append (self->notes, button);
}

static void
offer_notes (TillCounterPage *self, const TillMoney *amount)
{
  static const gint64 steps[] = { 5, 10, 20, 50, 100 };
  int exponent = till_currency_exponent (amount->currency);
  gint64 unit = exponent == 0 ? 200 : 1; /* where there are no cents, the smallest note is about 1,000 */
  gint64 last = amount->minor;
  guint offered = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->notes))) != NULL)
    gtk_box_remove (self->notes, child);
  for (int i = 0; i < exponent; i++)
    unit *= 10;
  for (gsize i = 0; i < G_N_ELEMENTS (steps) && offered < NOTES_MAX; i++)
    {
      gint64 step = steps[i] * unit;
      TillMoney note = *amount;

      if (note.minor > G_MAXINT64 - step)
        return;
      note.minor = (note.minor + step - 1) / step * step;
      if (note.minor <= last)
        continue;
      last = note.minor;
      add_note (self, &note);
      offered++;
    }
}

void
till_counter_page_begin (TillCounterPage *self)
{
  const TillMoney *amount = till_checkout_get_amount (checkout_of (self));
  gboolean cash = g_strcmp0 (till_checkout_get_tender (checkout_of (self)), TILL_TENDER_CASH) == 0;
  g_autofree char *text = till_money_format (amount);

  g_return_if_fail (TILL_IS_COUNTER_PAGE (self));

  gtk_label_set_text (self->title, cash ? _ ("Take cash") : _ ("Take a card"));
  gtk_label_set_text (self->amount, text);
  gtk_widget_set_visible (self->cash, cash);
  gtk_widget_set_visible (self->card, !cash);
  gtk_button_set_label (self->take, cash ? _ ("Money is in the drawer") : _ ("The terminal says approved"));
  offer_notes (self, amount);
  on_cash (self);
  gtk_widget_grab_focus (cash ? GTK_WIDGET (self->given) : GTK_WIDGET (self->take));
}

void
till_counter_page_follow (TillCounterPage *self, TillApplication *application)
{
  g_return_if_fail (TILL_IS_COUNTER_PAGE (self));

  self->application = application;
  g_signal_connect_object (application, "cash", G_CALLBACK (on_cash), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->given, "changed", G_CALLBACK (on_given_changed), self);
}

static void
on_given_activate (TillCounterPage *self)
{
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->take)))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.take-tender", NULL);
}

static void
till_counter_page_dispose (GObject *object)
{
  TillCounterPage *self = TILL_COUNTER_PAGE (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_counter_page_parent_class)->dispose (object);
}

static void
till_counter_page_class_init (TillCounterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_counter_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/counter-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TillCounterPage, content);
  gtk_widget_class_bind_template_child (widget_class, TillCounterPage, title);
  gtk_widget_class_bind_template_child (widget_class, TillCounterPage, amount);
  gtk_widget_class_bind_template_child (widget_class, TillCounterPage, cash);
  gtk_widget_class_bind_template_child (widget_class, TillCounterPage, given);
  gtk_widget_class_bind_template_child (widget_class, TillCounterPage, notes);
  gtk_widget_class_bind_template_child (widget_class, TillCounterPage, change_title);
  gtk_widget_class_bind_template_child (widget_class, TillCounterPage, change);
  gtk_widget_class_bind_template_child (widget_class, TillCounterPage, card);
  gtk_widget_class_bind_template_child (widget_class, TillCounterPage, take);
}

static void
till_counter_page_init (TillCounterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->given, "activate", G_CALLBACK (on_given_activate), self);
}
