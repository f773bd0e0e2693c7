/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-sale-view.h"

#include "gtk/till-basket-row.h"
#include "gtk/till-counter-page.h"
#include "gtk/till-discount-list.h"
#include "gtk/till-step-trail.h"
#include "gtk/till-words.h"

#include <glib/gi18n.h>

struct _TillSaleView
{
  GtkWidget parent_instance;

  TillCheckout *checkout;

  GtkStack *pages;
  TillStepTrail *trail;
  GtkListBox *lines;
  TillDiscountList *discounts;
  GtkLabel *title;
  GtkLabel *amount;
  GtkLabel *words;
  GtkWidget *doubt_buttons;
  GtkWidget *tender_buttons;
  GtkButton *back;
  TillCounterPage *counter;
  GtkLabel *receipt_title;
  GtkLabel *receipt_change;
  GtkLabel *receipt_text;
  GtkWidget *done;
};

G_DEFINE_FINAL_TYPE (TillSaleView, till_sale_view, GTK_TYPE_WIDGET)

GtkWidget *
till_sale_view_new (void)
{
  return g_object_new (TILL_TYPE_SALE_VIEW, NULL);
}

/* Where the customer is on the way to have paid, counted from 0. */
static guint
step_of (TillCheckoutState state)
{
  switch (state)
    {
    case TILL_CHECKOUT_WAYS:
    case TILL_CHECKOUT_LOCKED:
      return 0;
    case TILL_CHECKOUT_CONSENT:
      return 1;
    case TILL_CHECKOUT_DIGITS:
    case TILL_CHECKOUT_CONFIRMING:
    case TILL_CHECKOUT_PIN:
    case TILL_CHECKOUT_NO_CAMERA:
    case TILL_CHECKOUT_NOT_CONFIRMED:
      return 2;
    case TILL_CHECKOUT_SMILE:
      return 3;
    default:
      return 4;
    }
}

static void
show_following (TillSaleView *self, TillCheckoutState state)
{
  const TillMoney *amount = till_checkout_get_amount (self->checkout);
  g_autofree char *text = amount != NULL ? till_money_format (amount) : g_strdup ("");
  const char *words = till_words_for_reason (state, till_checkout_get_reason (self->checkout));

  if (state == TILL_CHECKOUT_DOUBT && till_checkout_is_reversing (self->checkout))
    words = till_words_for_reversal ();
  if (*words == '\0')
    words = till_words_cashier_advice (state);
  till_step_trail_set_now (self->trail, step_of (state));
  gtk_label_set_text (self->title, till_words_for_cashier (state));
  gtk_label_set_text (self->amount, text);
  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->words), *words != '\0');
  gtk_widget_set_visible (self->doubt_buttons, state == TILL_CHECKOUT_DOUBT);
  gtk_widget_set_visible (self->tender_buttons,
                          till_checkout_accepts (self->checkout, TILL_CHECKOUT_CHOOSE_COUNTER));
  gtk_widget_set_visible (GTK_WIDGET (self->back),
                          till_checkout_accepts (self->checkout, TILL_CHECKOUT_CANCEL));
  gtk_button_set_label (self->back, state == TILL_CHECKOUT_WAYS ? _ ("Back to the basket")
                                                                : _ ("Back to the ways to pay"));
  gtk_stack_set_visible_child_name (self->pages, "following");
}

static void
show_receipt (TillSaleView *self, TillCheckoutState state)
{
  TillReceipt *receipt = till_checkout_get_receipt (self->checkout);
  g_autofree char *text = receipt != NULL ? till_receipt_to_text (receipt) : g_strdup ("");
  g_autofree char *change = NULL;

  if (receipt != NULL && till_receipt_get_tender (receipt)->change.minor > 0)
    {
      g_autofree char *money = till_money_format (&till_receipt_get_tender (receipt)->change);

      change = g_strdup_printf (_ ("Change: %s"), money);
    }
  gtk_label_set_text (self->receipt_title, till_words_for_cashier (state));
  gtk_label_set_text (self->receipt_change, change != NULL ? change : "");
  gtk_widget_set_visible (GTK_WIDGET (self->receipt_change), change != NULL);
  gtk_label_set_text (self->receipt_text, text);
  gtk_stack_set_visible_child_name (self->pages, "receipt");
  gtk_widget_grab_focus (self->done);
}

static void
on_state (TillCheckout *checkout, guint state, gpointer user_data)
{
  TillSaleView *self = user_data;

  switch ((TillCheckoutState) state)
    {
    case TILL_CHECKOUT_IDLE:
      break;
    case TILL_CHECKOUT_COUNTER:
      till_counter_page_begin (self->counter);
      gtk_stack_set_visible_child_name (self->pages, "counter");
      break;
    case TILL_CHECKOUT_APPROVED:
    case TILL_CHECKOUT_PAID:
      show_receipt (self, (TillCheckoutState) state);
      break;
    default:
      show_following (self, (TillCheckoutState) state);
      break;
    }
}

void
till_sale_view_follow (TillSaleView *self, TillApplication *application)
{
  g_return_if_fail (TILL_IS_SALE_VIEW (self));
  g_return_if_fail (self->checkout == NULL);

  self->checkout = g_object_ref (till_shop_get_checkout (till_application_get_shop (application)));
  till_counter_page_follow (self->counter, application);
  till_basket_row_fill_list (self->lines, till_shop_get_basket (till_application_get_shop (application)));
  till_discount_list_follow (self->discounts, till_shop_get_basket (till_application_get_shop (application)));
  g_signal_connect_object (self->checkout, "state", G_CALLBACK (on_state), self, 0);
}

static void
till_sale_view_dispose (GObject *object)
{
  TillSaleView *self = TILL_SALE_VIEW (object);

  g_clear_object (&self->checkout);
  if (self->pages != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->pages)));
  G_OBJECT_CLASS (till_sale_view_parent_class)->dispose (object);
}

static void
till_sale_view_class_init (TillSaleViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_sale_view_dispose;
  g_type_ensure (TILL_TYPE_COUNTER_PAGE);
  g_type_ensure (TILL_TYPE_DISCOUNT_LIST);
  g_type_ensure (TILL_TYPE_STEP_TRAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/sale-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, pages);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, trail);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, lines);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, discounts);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, title);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, amount);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, words);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, doubt_buttons);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, tender_buttons);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, back);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, counter);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, receipt_title);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, receipt_change);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, receipt_text);
  gtk_widget_class_bind_template_child (widget_class, TillSaleView, done);
}

static void
till_sale_view_init (TillSaleView *self)
{
  const char *const steps[]
      = { _ ("Way to pay"), _ ("Consent"), _ ("Digits"), _ ("Smile"), _ ("Payment"), NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  till_step_trail_set_steps (self->trail, steps);
}
