/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-face-page.h"

#include "gtk/till-camera-view.h"
#include "gtk/till-digit-cells.h"
#include "gtk/till-keypad.h"
#include "gtk/till-pin-pad.h"
#include "gtk/till-smile-meter.h"
#include "gtk/till-smile-price.h"
#include "gtk/till-tester-view.h"
#include "gtk/till-words.h"

#include <glib/gi18n.h>

struct _TillFacePage
{
  GtkWidget parent_instance;

  TillDigits *digits;
  TillCheckout *checkout;
  TillApplication *application; /* borrowed: it owns the windows */

  GtkWidget *content;
  TillTesterView *tester;
  TillCameraView *view;
  GtkLabel *hint;
  GtkStack *tasks;
  TillDigitCells *cells;
  TillKeypad *keypad;
  TillPinPad *pin_pad;
  GtkWidget *pin_words;
  GtkLabel *pass_words;
  TillSmileMeter *meter;
  GtkLabel *smile_price;
  GtkLabel *smile_pays;
  GtkLabel *smile_count;
  GtkLabel *headline;
};

G_DEFINE_FINAL_TYPE (TillFacePage, till_face_page, GTK_TYPE_WIDGET)

GtkWidget *
till_face_page_new (void)
{
  return g_object_new (TILL_TYPE_FACE_PAGE, NULL);
}

static void
show_hint (TillFacePage *self, const char *words)
{
  gtk_label_set_text (self->hint, words);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *words != '\0');
}

static void
on_frame (TillCheckout *checkout, TillFrame *frame, gpointer user_data)
{
  TillFacePage *self = user_data;

  till_camera_view_show_frame (self->view, frame);
}

/* One of two smiles made is to be seen from afar; of a single one there is nothing to count. */
static void
show_smile_count (TillFacePage *self, guint made, guint wanted)
{
  /* TRANSLATORS: how many of the smiles asked for were made, as "1 of 2 smiles" */
  g_autofree char *words
      = g_strdup_printf (ngettext ("%u of %u smile", "%u of %u smiles", wanted), made, wanted);

  gtk_label_set_text (self->smile_count, words);
  gtk_widget_set_visible (GTK_WIDGET (self->smile_count), wanted > 1);
}

static void
show_smile (TillFacePage *self, TillSmileState smile, guint made, guint wanted)
{
  gboolean now = smile == TILL_SMILE_WANTED || smile == TILL_SMILE_HOLDING;

  gtk_label_set_text (self->headline, till_words_for_smile (smile, made));
  gtk_widget_set_css_classes (GTK_WIDGET (self->headline),
                              (const char *[]){ "headline", "cue", now ? "now" : NULL, NULL });
  till_smile_meter_set_wanted (self->meter, now);
  till_smile_meter_set_made (self->meter, smile == TILL_SMILE_MADE);
  show_smile_count (self, made, wanted);
}

static void
show_headline (TillFacePage *self, const char *words)
{
  gtk_label_set_text (self->headline, words);
  gtk_widget_set_css_classes (GTK_WIDGET (self->headline), (const char *[]){ "headline", NULL });
}

static char *
words_for_price (const char *now, const char *most)
{
  if (now == NULL)
    return g_strdup_printf (_ ("Your smile pays %s"), most);
  if (g_str_equal (now, most))
    return g_strdup (_ ("The larger your smile, the less you pay"));
  return g_strdup_printf (_ ("instead of %s: the larger your smile, the less you pay"), most);
}

/* The larger the smile, the less there is to pay: never more than was agreed to. */
static void
show_price (TillFacePage *self)
{
  g_autofree char *most = till_money_format (till_checkout_get_amount (self->checkout));
  g_autofree char *now = till_smile_price_now (self->checkout);
  g_autofree char *words = words_for_price (now, most);

  gtk_label_set_text (self->smile_price, now != NULL ? now : "");
  gtk_widget_set_visible (GTK_WIDGET (self->smile_price), now != NULL);
  gtk_label_set_text (self->smile_pays, words);
}

static void
on_sighting (TillCheckout *checkout, TillSighting *sighting, gpointer user_data)
{
  TillFacePage *self = user_data;

  till_camera_view_show_sighting (self->view, sighting);
  till_tester_view_show_sighting (self->tester, sighting, TILL_RECOGNIZER_PAY);
  show_hint (self, till_words_for_hint (sighting->hint));
  till_smile_meter_set_level (self->meter, sighting->smile_level);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->tasks), "smile") == 0)
    {
      show_smile (self, sighting->smile, sighting->smiles_made, sighting->smiles_wanted);
      show_price (self);
    }
}

/* Where the shop takes no passes, nobody is told of them. */
static void
show_pass (TillFacePage *self)
{
  gboolean digits = till_checkout_get_state (self->checkout) == TILL_CHECKOUT_DIGITS
                    && !till_checkout_get_policy (self->checkout)->pass_off;
  const char *pass = till_checkout_get_pass (self->checkout);

  gtk_label_set_text (self->pass_words, digits ? till_words_for_pass (pass) : "");
  gtk_widget_set_css_classes (GTK_WIDGET (self->pass_words),
                              (const char *[]){ "pass-words", pass != NULL ? pass : "none", NULL });
  gtk_widget_set_visible (GTK_WIDGET (self->pass_words), digits);
}

static void
show_digits_task (TillFacePage *self)
{
  guint count = till_digits_get_capacity (self->digits);
  g_autofree char *words = g_strdup_printf (
      ngettext ("Last %u digit of your phone", "Last %u digits of your phone", count), count);

  show_headline (self, words);
  gtk_stack_set_visible_child_name (self->tasks, "digits");
  gtk_widget_child_focus (GTK_WIDGET (self->keypad), GTK_DIR_TAB_FORWARD);
}

static void
show_smile_task (TillFacePage *self)
{
  show_price (self);
  till_smile_meter_set_level (self->meter, 0);
  show_smile (self, TILL_SMILE_IDLE, 0, 0);
  gtk_stack_set_visible_child_name (self->tasks, "smile");
}

static void
on_state (TillCheckout *checkout, guint state, gpointer user_data)
{
  TillFacePage *self = user_data;

  gtk_widget_set_visible (self->pin_words, state == TILL_CHECKOUT_PIN);
  show_pass (self);
  switch ((TillCheckoutState) state)
    {
    case TILL_CHECKOUT_DIGITS:
      show_hint (self, till_words_for_hint (TILL_HINT_NO_FACE));
      show_digits_task (self);
      break;
    case TILL_CHECKOUT_CONFIRMING:
      show_headline (self, _ ("One moment, please look here"));
      gtk_stack_set_visible_child_name (self->tasks, "confirming");
      break;
    case TILL_CHECKOUT_PIN:
      show_headline (self, _ ("Enter your PIN"));
      gtk_stack_set_visible_child_name (self->tasks, "pin");
      till_pin_pad_focus (self->pin_pad);
      break;
    case TILL_CHECKOUT_SMILE:
      show_smile_task (self);
      break;
    default:
      /* Nothing of the customer stays on the screen. */
      till_camera_view_clear (self->view);
      till_tester_view_clear (self->tester);
      show_hint (self, "");
      break;
    }
}

static void
on_tester (TillFacePage *self)
{
  gboolean shown = till_application_shows_tester (self->application);

  till_tester_view_set_active (self->tester, shown);
  till_camera_view_set_marks (self->view, shown);
}

void
till_face_page_follow (TillFacePage *self, TillApplication *application)
{
  g_return_if_fail (TILL_IS_FACE_PAGE (self));
  g_return_if_fail (self->checkout == NULL);

  self->digits = g_object_ref (till_application_get_digits (application));
  self->checkout = g_object_ref (till_shop_get_checkout (till_application_get_shop (application)));
  self->application = application;
  till_digit_cells_follow (self->cells, self->digits);
  till_pin_pad_follow (self->pin_pad, till_application_get_pin (application));
  on_tester (self);
  g_signal_connect_object (application, "tester", G_CALLBACK (on_tester), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "frame", G_CALLBACK (on_frame), self, 0);
  g_signal_connect_object (self->checkout, "pass", G_CALLBACK (show_pass), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "sighting", G_CALLBACK (on_sighting), self, 0);
  g_signal_connect_object (self->checkout, "state", G_CALLBACK (on_state), self, 0);
}

static void
till_face_page_dispose (GObject *object)
{
  TillFacePage *self = TILL_FACE_PAGE (object);

  g_clear_object (&self->digits);
  g_clear_object (&self->checkout);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_face_page_parent_class)->dispose (object);
}

static void
till_face_page_class_init (TillFacePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_face_page_dispose;
  g_type_ensure (TILL_TYPE_CAMERA_VIEW);
  g_type_ensure (TILL_TYPE_DIGIT_CELLS);
  g_type_ensure (TILL_TYPE_KEYPAD);
  g_type_ensure (TILL_TYPE_PIN_PAD);
  g_type_ensure (TILL_TYPE_SMILE_METER);
  g_type_ensure (TILL_TYPE_TESTER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/face-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, content);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, view);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, tester);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, hint);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, tasks);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, cells);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, keypad);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, pin_pad);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, pin_words);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, pass_words);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, meter);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, smile_price);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, smile_pays);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, smile_count);
  gtk_widget_class_bind_template_child (widget_class, TillFacePage, headline);
}

static void
till_face_page_init (TillFacePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
