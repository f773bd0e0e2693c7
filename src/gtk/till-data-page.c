/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-data-page.h"

#include "gtk/till-camera-view.h"
#include "gtk/till-consent-text.h"
#include "gtk/till-data-words.h"
#include "gtk/till-digit-cells.h"
#include "gtk/till-keypad.h"
#include "gtk/till-paragraphs.h"
#include "gtk/till-pin-pad.h"
#include "gtk/till-reader.h"
#include "gtk/till-words.h"

#include <glib/gi18n.h>

struct _TillDataPage
{
  GtkWidget parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillDataCase *data;

  GtkStack *pages;
  TillReader *consent_reader;
  GtkLabel *heading;
  GtkLabel *body;
  GtkWidget *agree;
  GtkLabel *headline;
  GtkLabel *pass_words;
  TillCameraView *view;
  GtkLabel *hint;
  GtkStack *tasks;
  TillDigitCells *cells;
  TillKeypad *keypad;
  TillPinPad *pin_pad;
  GtkLabel *ask_title;
  GtkLabel *ask_words;
  GtkWidget *keep;
  GtkLabel *busy_words;
  GtkLabel *paper_title;
  TillReader *paper_reader;
  GtkLabel *paper;
  GtkWidget *paper_erase;
  GtkWidget *paper_done;
  GtkLabel *ending_title;
  GtkLabel *ending_words;
  GtkWidget *ending_again;
};

G_DEFINE_FINAL_TYPE (TillDataPage, till_data_page, GTK_TYPE_WIDGET)

GtkWidget *
till_data_page_new (void)
{
  return g_object_new (TILL_TYPE_DATA_PAGE, NULL);
}

static gboolean
is_erasing (TillDataPage *self)
{
  return till_data_case_get_goal (self->data) == TILL_DATA_ERASE;
}

static TillPresence *
presence_of (TillDataPage *self)
{
  return till_data_case_get_presence (self->data);
}

static void
show_page (TillDataPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->pages, name);
}

/* Proving to be here */

static void
show_consent (TillDataPage *self)
{
  till_consent_text_show (TILL_CONSENT_PRESENCE, till_application_get_shop (self->application), self->heading,
                          self->body);
  till_reader_start_over (self->consent_reader);
  show_page (self, "consent");
  gtk_widget_grab_focus (self->agree);
}

static void
show_hint (TillDataPage *self, const char *words)
{
  gtk_label_set_text (self->hint, words);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *words != '\0');
}

static void
show_pass (TillDataPage *self)
{
  const char *pass = till_presence_get_pass (presence_of (self));
  gboolean digits = till_presence_get_state (presence_of (self)) == TILL_PRESENCE_DIGITS;
  const char *words = digits ? till_words_for_pass (pass) : "";

  gtk_label_set_text (self->pass_words, words);
  gtk_widget_set_css_classes (GTK_WIDGET (self->pass_words),
                              (const char *[]){ "pass-words", pass != NULL ? pass : "none", NULL });
  gtk_widget_set_visible (GTK_WIDGET (self->pass_words), *words != '\0');
}

static void
show_look (TillDataPage *self, const char *headline, const char *task)
{
  gtk_label_set_text (self->headline, headline);
  gtk_stack_set_visible_child_name (self->tasks, task);
  show_pass (self);
  show_page (self, "looking");
}

static void
show_digits (TillDataPage *self)
{
  guint count = till_digits_get_capacity (till_application_get_digits (self->application));
  g_autofree char *words = g_strdup_printf (
      ngettext ("Last %u digit of your phone", "Last %u digits of your phone", count), count);

  show_look (self, words, "digits");
  gtk_widget_child_focus (GTK_WIDGET (self->keypad), GTK_DIR_TAB_FORWARD);
}

static void
show_ask (TillDataPage *self)
{
  TillCustomer *customer = till_presence_get_customer (presence_of (self));
  g_autofree char *title = till_data_words_for_question (customer);

  gtk_label_set_text (self->ask_title, title);
  till_paragraphs_show (till_data_words_for_what_goes (customer), NULL, self->ask_words);
  show_page (self, "ask");
  gtk_widget_grab_focus (self->keep);
}

static void
show_ending (TillDataPage *self, TillPresenceState state)
{
  gtk_label_set_text (self->ending_title, till_data_words_for_ending (state));
  gtk_label_set_text (self->ending_words, till_data_words_for_advice (state));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->ending_again), "s",
                                    is_erasing (self) ? "erase" : "show");
  show_page (self, "ending");
  gtk_widget_grab_focus (self->ending_again);
}

static void
show_presence (TillDataPage *self)
{
  TillPresenceState state = till_presence_get_state (presence_of (self));

  switch (state)
    {
    case TILL_PRESENCE_CONSENT:
      show_consent (self);
      break;
    case TILL_PRESENCE_DIGITS:
      show_digits (self);
      break;
    case TILL_PRESENCE_LOOKING:
      show_look (self, _ ("One moment, please look here"), "confirming");
      break;
    case TILL_PRESENCE_PIN:
      show_look (self, _ ("Enter your PIN"), "pin");
      till_pin_pad_focus (self->pin_pad);
      break;
    case TILL_PRESENCE_CONFIRMED:
      show_ask (self);
      break;
    default:
      show_ending (self, state);
      break;
    }
}

/* What they asked for */

static void
show_busy (TillDataPage *self, const char *words)
{
  gtk_label_set_text (self->busy_words, words);
  show_page (self, "busy");
}

static void
show_paper (TillDataPage *self, const char *title, const char *text, gboolean erasable)
{
  gtk_label_set_text (self->paper_title, title);
  till_paragraphs_show (text, NULL, self->paper);
  till_reader_start_over (self->paper_reader);
  gtk_widget_set_visible (self->paper_erase, erasable);
  show_page (self, "paper");
  gtk_widget_grab_focus (self->paper_done);
}

static void
show_shown (TillDataPage *self)
{
  g_autofree char *text = till_data_words_for_export (till_data_case_get_export (self->data));

  show_paper (self, _ ("This is kept of you"), text, TRUE);
}

static void
show_erased (TillDataPage *self)
{
  g_autofree char *text = till_data_words_for_erasure (till_data_case_get_erasure (self->data));

  show_paper (self, _ ("You are no longer enrolled"), text, FALSE);
}

static void
show_failed (TillDataPage *self)
{
  gtk_label_set_text (self->ending_title,
                      is_erasing (self) ? _ ("Nothing was erased") : _ ("It can’t be shown just now"));
  gtk_label_set_text (self->ending_words, till_data_case_get_error (self->data)->message);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->ending_again), "s",
                                    is_erasing (self) ? "erase" : "show");
  show_page (self, "ending");
}

/* Nothing of the customer stays on the screen. */
static void
clear (TillDataPage *self)
{
  till_camera_view_clear (self->view);
  show_hint (self, "");
  gtk_label_set_text (self->paper, "");
  gtk_label_set_text (self->ask_title, "");
}

static gboolean
is_looking (TillDataPage *self)
{
  return till_presence_is_camera_on (presence_of (self));
}

static void
on_state (TillDataPage *self)
{
  if (!is_looking (self))
    clear (self);
  switch (till_data_case_get_state (self->data))
    {
    case TILL_DATA_PROVING:
      show_presence (self);
      break;
    case TILL_DATA_GATHERING:
      show_busy (self, _ ("Gathering what is kept of you…"));
      break;
    case TILL_DATA_SHOWN:
      show_shown (self);
      break;
    case TILL_DATA_ERASING:
      show_busy (self, _ ("Erasing…"));
      break;
    case TILL_DATA_ERASED:
      show_erased (self);
      break;
    case TILL_DATA_FAILED:
      show_failed (self);
      break;
    }
}

static void
on_frame (TillPresence *presence, TillFrame *frame, gpointer user_data)
{
  TillDataPage *self = user_data;

  till_camera_view_show_frame (self->view, frame);
}

static void
on_sighting (TillPresence *presence, TillSighting *sighting, gpointer user_data)
{
  TillDataPage *self = user_data;

  till_camera_view_show_sighting (self->view, sighting);
  show_hint (self, till_words_for_hint (sighting->hint));
}

static void
on_data (TillDataPage *self)
{
  TillDataCase *data = till_application_get_data_case (self->application);

  if (self->data != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->data, self);
      g_signal_handlers_disconnect_by_data (presence_of (self), self);
    }
  g_set_object (&self->data, data);
  clear (self);
  if (data == NULL)
    return;
  g_signal_connect_object (data, "state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presence_of (self), "frame", G_CALLBACK (on_frame), self, 0);
  g_signal_connect_object (presence_of (self), "sighting", G_CALLBACK (on_sighting), self, 0);
  on_state (self);
}

void
till_data_page_follow (TillDataPage *self, TillApplication *application)
{
  g_return_if_fail (TILL_IS_DATA_PAGE (self));
  g_return_if_fail (self->application == NULL);

  self->application = application;
  till_digit_cells_follow (self->cells, till_application_get_digits (application));
  till_pin_pad_follow (self->pin_pad, till_application_get_pin (application));
  g_signal_connect_object (application, "data-case", G_CALLBACK (on_data), self, G_CONNECT_SWAPPED);
  on_data (self);
}

static void
till_data_page_dispose (GObject *object)
{
  TillDataPage *self = TILL_DATA_PAGE (object);

  if (self->data != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->data, self);
      g_signal_handlers_disconnect_by_data (presence_of (self), self);
    }
  g_clear_object (&self->data);
  if (self->pages != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->pages)));
  G_OBJECT_CLASS (till_data_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, pages);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, consent_reader);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, body);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, agree);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, headline);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, pass_words);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, view);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, hint);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, tasks);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, cells);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, keypad);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, pin_pad);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, ask_title);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, ask_words);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, keep);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, busy_words);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, paper_title);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, paper_reader);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, paper);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, paper_erase);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, paper_done);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, ending_title);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, ending_words);
  gtk_widget_class_bind_template_child (widget_class, TillDataPage, ending_again);
}

static void
till_data_page_class_init (TillDataPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_data_page_dispose;
  g_type_ensure (TILL_TYPE_CAMERA_VIEW);
  g_type_ensure (TILL_TYPE_DIGIT_CELLS);
  g_type_ensure (TILL_TYPE_KEYPAD);
  g_type_ensure (TILL_TYPE_PIN_PAD);
  g_type_ensure (TILL_TYPE_READER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/data-page.ui");
  bind_children (widget_class);
}

static void
till_data_page_init (TillDataPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
