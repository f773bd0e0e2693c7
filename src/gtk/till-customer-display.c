/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-customer-display.h"

#include "gtk/till-basket-row.h"
#include "gtk/till-camera-chip.h"
#include "gtk/till-consent-text.h"
#include "gtk/till-data-page.h"
#include "gtk/till-discount-list.h"
#include "gtk/till-enrol-page.h"
#include "gtk/till-face-page.h"
#include "gtk/till-locked-page.h"
#include "gtk/till-privacy-page.h"
#include "gtk/till-reader.h"
#include "gtk/till-smile-price.h"
#include "gtk/till-tester-view.h"
#include "gtk/till-type-size.h"
#include "gtk/till-words.h"

#include <glib/gi18n.h>

/* Milliseconds between two looks at the time left. */
#define COUNTDOWN_INTERVAL 250

struct _TillCustomerDisplay
{
  GtkWidget parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  gboolean following;
  gboolean alone; /* the cashier has no page beside it */
  guint countdown_source;
  gint64 countdown_whole_us; /* of the state the bar runs down for */

  TillSighting *last_sighting; /* only for a tester, until the customer is at the ways to pay again */

  GtkWidget *content;
  GtkLabel *shop_name;
  TillCameraChip *camera;
  GtkLabel *amount;
  GtkStack *pages;
  GtkLabel *opening_words;
  GtkLabel *idle_words;
  TillPrivacyPage *privacy_page;
  TillReader *consent_reader;
  TillDataPage *data_page;
  TillEnrolPage *enrol_page;
  GtkListBox *basket_list;
  TillDiscountList *discounts;
  GtkLabel *way_face_not;
  GtkLabel *ways_refusal;
  GtkLabel *ways_note;
  GtkLabel *ways_policy;
  GtkLabel *ways_limits;
  GtkLabel *consent_price;
  GtkLabel *consent_policy;
  TillLockedPage *locked_page;
  GtkLabel *consent_heading;
  GtkLabel *consent_text;
  GtkWidget *agree;
  GtkWidget *way_face;
  TillFacePage *face_page;
  GtkLabel *busy_words;
  GtkLabel *approved_words;
  GtkLabel *approved_amount;
  GtkLabel *approved_saved;
  GtkWidget *approved_done;
  TillTesterView *ending_tester;
  GtkWidget *ending_mark;
  GtkLabel *ending_title;
  GtkLabel *ending_words;
  GtkWidget *ending_ways;
  GtkWidget *ending_cash;
  GtkWidget *ending_card;
  GtkImage *counter_mark;
  GtkLabel *counter_words;
  GtkLabel *counter_change;
  GtkWidget *bottom;
  GtkButton *leave;
  GtkProgressBar *countdown;
  GtkLabel *seconds_left;
  GtkWidget *more_time;
};

G_DEFINE_FINAL_TYPE (TillCustomerDisplay, till_customer_display, GTK_TYPE_WIDGET)

static TillShop *
shop_of (TillCustomerDisplay *self)
{
  return till_application_get_shop (self->application);
}

static TillCheckout *
checkout_of (TillCustomerDisplay *self)
{
  return till_shop_get_checkout (shop_of (self));
}

static void
show_words (GtkLabel *label, const char *words)
{
  gtk_label_set_text (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), *words != '\0');
}

/* The amount, always in view */

static void
show_amount (TillCustomerDisplay *self)
{
  TillCheckoutState state = till_checkout_get_state (checkout_of (self));
  const TillMoney *amount = till_checkout_get_amount (checkout_of (self));
  TillBasket *basket = till_shop_get_basket (shop_of (self));
  TillMoney price;

  if (state == TILL_CHECKOUT_SMILE
      && till_checkout_get_price (checkout_of (self), till_checkout_get_smile (checkout_of (self)), &price))
    amount = &price;
  if (amount == NULL && !till_basket_is_empty (basket))
    amount = till_basket_get_total (basket);

  g_autofree char *text = amount != NULL ? till_money_format (amount) : g_strdup ("");
  show_words (self->amount, text);
}

/* Pages */

static void
show_idle_or_basket (TillCustomerDisplay *self)
{
  gboolean empty = till_basket_is_empty (till_shop_get_basket (shop_of (self)));
  gboolean faces = till_shop_get_face_trouble (shop_of (self)) == NULL
                   && till_checkout_get_face_refusal (checkout_of (self)) == NULL;
  gboolean cheaper = till_checkout_get_policy (checkout_of (self))->smile_discount > 0;

  gtk_label_set_text (self->idle_words,
                      !faces    ? _ ("Pay by card or in cash.")
                      : cheaper ? _ ("Pay by card, in cash or with a smile.\nA smile takes something off, "
                                     "and so does every other way.")
                                : _ ("Pay with a smile, by card or in cash.\nIt costs the same."));
  gtk_stack_set_visible_child_name (self->pages, empty ? "idle" : "basket");
}

/* Nobody is to be surprised by what is asked of them later. */
static void
show_policy (TillCustomerDisplay *self, GtkLabel *label, gboolean faces)
{
  const TillMoney *amount = till_checkout_get_amount (checkout_of (self));

  show_words (label, faces && amount != NULL
                         ? till_words_for_policy (till_checkout_get_policy (checkout_of (self)), amount)
                         : "");
}

static void
show_ways (TillCustomerDisplay *self)
{
  const TillCheckoutPolicy *policy = till_checkout_get_policy (checkout_of (self));
  const char *refusal = till_checkout_get_face_refusal (checkout_of (self));
  gboolean trouble = till_shop_get_face_trouble (shop_of (self)) != NULL;
  gboolean faces = !trouble && refusal == NULL;
  g_autofree char *why = refusal != NULL ? till_words_for_refusal (refusal, policy)
                         : trouble ? g_strdup (_ ("Paying with a smile is not possible just now. Cash and "
                                                  "cards work as always."))
                                   : g_strdup ("");
  g_autofree char *prices = till_smile_price_words_for_ways (checkout_of (self));
  g_autofree char *limits = policy->face_off || trouble ? g_strdup ("") : till_words_for_limits (policy);

  show_words (self->way_face_not, faces ? "" : till_words_for_refusal_in_short (refusal));
  show_words (self->ways_refusal, why);
  show_words (self->ways_note, faces ? prices : "");
  show_policy (self, self->ways_policy, faces);
  show_words (self->ways_limits, limits);
  gtk_stack_set_visible_child_name (self->pages, "ways");
  gtk_widget_grab_focus (self->way_face);
}

static void
show_consent (TillCustomerDisplay *self)
{
  g_autofree char *price = till_smile_price_words_for_consent (checkout_of (self));

  till_consent_text_show (TILL_CONSENT_PAYMENT, shop_of (self), self->consent_heading, self->consent_text);
  till_reader_start_over (self->consent_reader);
  show_words (self->consent_price, price);
  show_policy (self, self->consent_policy, TRUE);
  gtk_stack_set_visible_child_name (self->pages, "consent");
  gtk_widget_grab_focus (self->agree);
}

static void
show_busy (TillCustomerDisplay *self, const char *words)
{
  gtk_label_set_text (self->busy_words, words);
  gtk_stack_set_visible_child_name (self->pages, "busy");
}

static void
show_approved (TillCustomerDisplay *self)
{
  const char *name = till_checkout_get_customer_name (checkout_of (self));
  g_autofree char *amount = till_money_format (till_checkout_get_amount (checkout_of (self)));
  g_autofree char *thanks
      = name != NULL ? g_strdup_printf (_ ("Thank you, %s"), name) : g_strdup (_ ("Thank you"));
  g_autofree char *paid = g_strdup_printf (_ ("%s paid"), amount);
  g_autofree char *saved = till_smile_price_words_for_saved (checkout_of (self));

  gtk_label_set_text (self->approved_words, thanks);
  gtk_label_set_text (self->approved_amount, paid);
  show_words (self->approved_saved, saved);
  gtk_widget_set_visible (self->approved_done, self->alone);
  gtk_stack_set_visible_child_name (self->pages, "approved");
  if (self->alone)
    gtk_widget_grab_focus (self->approved_done);
}

static void
show_ending (TillCustomerDisplay *self, TillCheckoutState state)
{
  gboolean doubt = state == TILL_CHECKOUT_DOUBT && !till_checkout_is_nothing_sent (checkout_of (self));

  gtk_label_set_text (self->ending_title, till_words_for_ending (state));
  gtk_label_set_text (self->ending_words,
                      doubt && till_checkout_is_reversing (checkout_of (self))
                          ? till_words_for_reversal ()
                          : till_words_for_reason (state, till_checkout_get_reason (checkout_of (self))));
  gtk_widget_set_visible (self->ending_ways, state != TILL_CHECKOUT_DOUBT);
  gtk_widget_set_visible (self->ending_cash, !doubt);
  gtk_widget_set_visible (self->ending_card, !doubt);
  if (self->last_sighting != NULL)
    till_tester_view_show_last (self->ending_tester, self->last_sighting, TILL_RECOGNIZER_PAY);
  gtk_stack_set_visible_child_name (self->pages, "ending");
  if (state != TILL_CHECKOUT_DOUBT)
    gtk_widget_grab_focus (self->ending_ways);
}

static void
show_counter (TillCustomerDisplay *self, TillCheckoutState state)
{
  gboolean card = g_strcmp0 (till_checkout_get_tender (checkout_of (self)), TILL_TENDER_CARD) == 0;
  TillReceipt *receipt = till_checkout_get_receipt (checkout_of (self));
  g_autofree char *change = NULL;

  if (state == TILL_CHECKOUT_PAID)
    gtk_label_set_text (self->counter_words, _ ("Thank you"));
  else
    gtk_label_set_text (self->counter_words,
                        card ? _ ("Please use the card terminal") : _ ("Please pay the cashier"));
  if (receipt != NULL && till_receipt_get_tender (receipt)->change.minor > 0)
    {
      g_autofree char *money = till_money_format (&till_receipt_get_tender (receipt)->change);

      change = g_strdup_printf (_ ("Your change: %s"), money);
    }
  gtk_label_set_text (self->counter_change, change != NULL ? change : "");
  gtk_image_set_from_icon_name (self->counter_mark, state == TILL_CHECKOUT_PAID ? "till-done-symbolic"
                                                    : card                      ? "till-card-symbolic"
                                                                                : "till-cash-symbolic");
  gtk_widget_set_css_classes (
      GTK_WIDGET (self->counter_mark),
      (const char *[]){ state == TILL_CHECKOUT_PAID ? "done-mark" : "counter-mark", NULL });
  gtk_stack_set_visible_child_name (self->pages, "counter");
}

static void
show_state (TillCustomerDisplay *self, TillCheckoutState state)
{
  switch (state)
    {
    case TILL_CHECKOUT_IDLE:
      show_idle_or_basket (self);
      break;
    case TILL_CHECKOUT_WAYS:
      show_ways (self);
      break;
    case TILL_CHECKOUT_CONSENT:
      show_consent (self);
      break;
    case TILL_CHECKOUT_DIGITS:
    case TILL_CHECKOUT_CONFIRMING:
    case TILL_CHECKOUT_PIN:
    case TILL_CHECKOUT_SMILE:
      gtk_stack_set_visible_child_name (self->pages, "face");
      break;
    case TILL_CHECKOUT_LOCKED:
      gtk_stack_set_visible_child_name (self->pages, "locked");
      break;
    case TILL_CHECKOUT_CHARGING:
      show_busy (self, _ ("Sending the payment…"));
      break;
    case TILL_CHECKOUT_RECORDING:
      show_busy (self, _ ("Writing it down…"));
      break;
    case TILL_CHECKOUT_APPROVED:
      show_approved (self);
      break;
    case TILL_CHECKOUT_COUNTER:
    case TILL_CHECKOUT_PAID:
      show_counter (self, state);
      break;
    default:
      show_ending (self, state);
      break;
    }
}

/* The time left */

static gint64
get_deadline_us (TillCustomerDisplay *self)
{
  TillDataCase *data = till_application_get_data_case (self->application);
  TillCheckoutState state = till_checkout_get_state (checkout_of (self));

  if (data != NULL)
    return till_data_case_get_deadline_us (data);
  if (state == TILL_CHECKOUT_CHARGING || state == TILL_CHECKOUT_DOUBT || state == TILL_CHECKOUT_LOCKED)
    return 0;
  return till_checkout_get_deadline_us (checkout_of (self));
}

static gboolean
on_countdown (gpointer user_data)
{
  TillCustomerDisplay *self = user_data;
  gint64 left = get_deadline_us (self) - till_clock_monotonic (till_shop_get_clock (shop_of (self)));
  gint64 seconds = MAX (left, 0) / G_USEC_PER_SEC;
  /* TRANSLATORS: seconds left, shown as "12 s" */
  g_autofree char *text = g_strdup_printf (_ ("%d s"), (int) seconds);

  self->countdown_whole_us = MAX (self->countdown_whole_us, left);
  if (self->countdown_whole_us > 0)
    gtk_progress_bar_set_fraction (self->countdown,
                                   CLAMP ((double) left / (double) self->countdown_whole_us, 0.0, 1.0));
  gtk_label_set_text (self->seconds_left, text);
  return G_SOURCE_CONTINUE;
}

/* Whoever proves to be here stops by the same button as a payment. */
static gboolean
show_stop (TillCustomerDisplay *self)
{
  TillDataCase *data = till_application_get_data_case (self->application);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->leave),
                                  data != NULL ? "app.presence-end" : "app.cancel");
  if (data == NULL)
    return FALSE;
  gtk_button_set_label (self->leave, _ ("Stop"));
  gtk_widget_set_visible (GTK_WIDGET (self->leave),
                          till_presence_is_camera_on (till_data_case_get_presence (data)));
  return TRUE;
}

/* Beside the cashier's pages it is the cashier who goes back to the goods. */
static void
show_leave (TillCustomerDisplay *self)
{
  TillCheckoutState state = till_checkout_get_state (checkout_of (self));
  gboolean ways = state == TILL_CHECKOUT_WAYS;
  gboolean locked = state == TILL_CHECKOUT_LOCKED;
  gboolean looks = state == TILL_CHECKOUT_DIGITS || state == TILL_CHECKOUT_CONFIRMING
                   || state == TILL_CHECKOUT_PIN || state == TILL_CHECKOUT_SMILE;

  if (show_stop (self))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->leave), (ways && self->alone) || looks || locked);
  gtk_button_set_label (self->leave, ways     ? _ ("Back to the goods")
                                     : locked ? _ ("See the ways to pay")
                                              : _ ("Another way to pay"));
}

static void
show_time (TillCustomerDisplay *self)
{
  gboolean runs = self->following && get_deadline_us (self) != 0;

  g_clear_handle_id (&self->countdown_source, g_source_remove);
  if (!self->following)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->countdown), runs);
  gtk_widget_set_visible (GTK_WIDGET (self->seconds_left), runs);
  gtk_widget_set_visible (self->more_time, runs);
  show_leave (self);
  gtk_widget_set_visible (self->bottom, runs || gtk_widget_get_visible (GTK_WIDGET (self->leave)));
  if (!runs)
    return;
  self->countdown_whole_us = 0;
  on_countdown (self);
  self->countdown_source = g_timeout_add (COUNTDOWN_INTERVAL, on_countdown, self);
}

/* Following the till */

static void
show_privacy (TillCustomerDisplay *self)
{
  till_privacy_page_show (self->privacy_page, shop_of (self));
  gtk_stack_set_visible_child_name (self->pages, "privacy");
}

static void
show_present (TillCustomerDisplay *self)
{
  TillSitting *sitting = till_application_get_sitting (self->application);

  if (sitting != NULL)
    gtk_stack_set_visible_child_name (self->pages, "enrol");
  else if (till_application_get_data_case (self->application) != NULL)
    gtk_stack_set_visible_child_name (self->pages, "data");
  else if (till_application_shows_privacy (self->application))
    show_privacy (self);
  else if (self->following)
    show_state (self, till_checkout_get_state (checkout_of (self)));
}

static void
on_state (TillCheckout *checkout, guint state, gpointer user_data)
{
  TillCustomerDisplay *self = user_data;

  if (state == TILL_CHECKOUT_IDLE || state == TILL_CHECKOUT_WAYS)
    g_clear_pointer (&self->last_sighting, till_sighting_unref);
  if (state == TILL_CHECKOUT_IDLE)
    gtk_label_set_text (self->approved_words, "");
  show_amount (self);
  show_present (self);
  show_time (self);
}

static void
on_sighting (TillCheckout *checkout, TillSighting *sighting, gpointer user_data)
{
  TillCustomerDisplay *self = user_data;

  g_clear_pointer (&self->last_sighting, till_sighting_unref);
  if (till_checkout_get_state (checkout) == TILL_CHECKOUT_SMILE)
    show_amount (self);
  if (till_application_shows_tester (self->application))
    self->last_sighting = till_sighting_ref (sighting);
}

static void
on_tester (TillCustomerDisplay *self)
{
  gboolean shown = till_application_shows_tester (self->application);

  till_tester_view_set_active (self->ending_tester, shown);
  /* It leaves no room for what is only to be looked at. */
  gtk_widget_set_visible (self->ending_mark, !shown);
}

/* Whoever asked for it, it is one camera. */
static void
show_camera (TillCustomerDisplay *self)
{
  till_camera_chip_set_on (self->camera, till_application_is_camera_on (self->application));
}

static void
on_sitting (TillCustomerDisplay *self)
{
  TillSitting *sitting = till_application_get_sitting (self->application);

  till_enrol_page_show_sitting (self->enrol_page, sitting);
  if (sitting != NULL)
    g_signal_connect_object (sitting, "state", G_CALLBACK (show_camera), self, G_CONNECT_SWAPPED);
  show_camera (self);
  show_present (self);
}

static void
on_data_state (TillCustomerDisplay *self)
{
  show_camera (self);
  show_time (self);
}

static void
on_data_case (TillCustomerDisplay *self)
{
  TillDataCase *data = till_application_get_data_case (self->application);

  if (data != NULL)
    g_signal_connect_object (data, "state", G_CALLBACK (on_data_state), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_present (self);
  on_data_state (self);
}

static void
on_basket_changed (TillCustomerDisplay *self)
{
  show_amount (self);
  if (till_checkout_get_state (checkout_of (self)) == TILL_CHECKOUT_IDLE)
    show_present (self);
}

static void
on_face_trouble_changed (TillCustomerDisplay *self)
{
  if (till_checkout_get_state (checkout_of (self)) == TILL_CHECKOUT_WAYS
      || till_checkout_get_state (checkout_of (self)) == TILL_CHECKOUT_IDLE)
    show_present (self);
}

static void
follow_shop (TillCustomerDisplay *self)
{
  TillCheckout *checkout = checkout_of (self);
  TillBasket *basket = till_shop_get_basket (shop_of (self));

  self->following = TRUE;
  till_basket_row_fill_list (self->basket_list, basket);
  till_discount_list_follow (self->discounts, basket);
  till_face_page_follow (self->face_page, self->application);
  till_data_page_follow (self->data_page, self->application);
  till_locked_page_follow (self->locked_page, self->application);
  g_signal_connect_object (checkout, "state", G_CALLBACK (on_state), self, 0);
  g_signal_connect_object (checkout, "camera", G_CALLBACK (show_camera), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (checkout, "sighting", G_CALLBACK (on_sighting), self, 0);
  g_signal_connect_object (basket, "changed", G_CALLBACK (on_basket_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop_of (self), "face-trouble-changed", G_CALLBACK (on_face_trouble_changed), self,
                           G_CONNECT_SWAPPED);
  on_state (checkout, till_checkout_get_state (checkout), self);
}

static void
on_phase (TillApplication *application, guint phase, gpointer user_data)
{
  TillCustomerDisplay *self = user_data;

  if (phase == TILL_PHASE_OPEN || phase == TILL_PHASE_ENROLLING)
    gtk_label_set_text (self->shop_name, till_shop_get_name (shop_of (self)));
  switch ((TillPhase) phase)
    {
    case TILL_PHASE_OPEN:
      if (!self->following)
        follow_shop (self);
      break;
    case TILL_PHASE_FAILED:
      gtk_label_set_text (self->opening_words, _ ("This till is closed for a moment"));
      gtk_stack_set_visible_child_name (self->pages, "opening");
      break;
    default:
      break;
    }
}

GtkWidget *
till_customer_display_new (TillApplication *application)
{
  TillCustomerDisplay *self = g_object_new (TILL_TYPE_CUSTOMER_DISPLAY, NULL);

  self->application = application;
  g_signal_connect_object (application, "phase", G_CALLBACK (on_phase), self, 0);
  g_signal_connect_object (application, "sitting", G_CALLBACK (on_sitting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "data-case", G_CALLBACK (on_data_case), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "privacy", G_CALLBACK (show_present), self, G_CONNECT_SWAPPED);
  till_enrol_page_follow (self->enrol_page, application);
  g_signal_connect_object (application, "tester", G_CALLBACK (on_tester), self, G_CONNECT_SWAPPED);
  on_tester (self);
  on_phase (application, till_application_get_phase (application), self);
  return GTK_WIDGET (self);
}

void
till_customer_display_set_alone (TillCustomerDisplay *self, gboolean alone)
{
  g_return_if_fail (TILL_IS_CUSTOMER_DISPLAY (self));

  self->alone = alone;
  gtk_widget_set_visible (self->approved_done, alone);
  show_time (self);
}

static void
till_customer_display_dispose (GObject *object)
{
  TillCustomerDisplay *self = TILL_CUSTOMER_DISPLAY (object);

  g_clear_handle_id (&self->countdown_source, g_source_remove);
  g_clear_pointer (&self->last_sighting, till_sighting_unref);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_customer_display_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, content);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, shop_name);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, camera);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, amount);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, pages);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, opening_words);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, basket_list);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, discounts);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, idle_words);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, privacy_page);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, consent_reader);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, data_page);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, enrol_page);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, consent_heading);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, approved_done);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, way_face_not);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ways_refusal);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ways_note);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ways_policy);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ways_limits);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, consent_price);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, consent_policy);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, locked_page);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, consent_text);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, agree);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, way_face);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, face_page);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, busy_words);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, approved_words);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, approved_amount);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, approved_saved);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ending_title);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ending_tester);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ending_mark);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ending_words);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ending_ways);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ending_cash);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, ending_card);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, counter_mark);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, counter_words);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, counter_change);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, bottom);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, leave);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, countdown);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, seconds_left);
  gtk_widget_class_bind_template_child (widget_class, TillCustomerDisplay, more_time);
}

static void
till_customer_display_class_init (TillCustomerDisplayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_customer_display_dispose;
  g_type_ensure (TILL_TYPE_CAMERA_CHIP);
  g_type_ensure (TILL_TYPE_DATA_PAGE);
  g_type_ensure (TILL_TYPE_DISCOUNT_LIST);
  g_type_ensure (TILL_TYPE_ENROL_PAGE);
  g_type_ensure (TILL_TYPE_FACE_PAGE);
  g_type_ensure (TILL_TYPE_LOCKED_PAGE);
  g_type_ensure (TILL_TYPE_PRIVACY_PAGE);
  g_type_ensure (TILL_TYPE_READER);
  g_type_ensure (TILL_TYPE_TESTER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/customer-display.ui");
  bind_children (widget_class);
}

static void
till_customer_display_init (TillCustomerDisplay *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  till_type_size_follow (GTK_WIDGET (self), self->content);
}
