/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-enrol-page.h"

#include "gtk/till-camera-view.h"
#include "gtk/till-consent-text.h"
#include "gtk/till-enrol-choices.h"
#include "gtk/till-pass-page.h"
#include "gtk/till-pin-pad.h"
#include "gtk/till-progress-ring.h"
#include "gtk/till-reader.h"
#include "gtk/till-tester-view.h"
#include "gtk/till-words.h"

#include <glib/gi18n.h>

struct _TillEnrolPage
{
  GtkWidget parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillSitting *sitting;

  GtkStack *pages;
  TillEnrolChoices *choices;
  GtkLabel *heading;
  TillReader *reader;
  GtkLabel *body;
  GtkWidget *choose;
  GtkWidget *agree;
  TillTesterView *tester;
  TillCameraView *view;
  TillProgressRing *ring;
  GtkLabel *hint;
  GtkLabel *pin_heading;
  GtkLabel *pin_words;
  GtkLabel *pin_error;
  TillPinPad *pin_pad;
  GtkWidget *no_pin;
  GtkLabel *details_words;
  TillPassPage *pass_page;
  GtkLabel *done_title;
  GtkLabel *done_words;
  GtkLabel *failed_words;
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (TillEnrolPage, till_enrol_page, GTK_TYPE_WIDGET)

GtkWidget *
till_enrol_page_new (void)
{
  return g_object_new (TILL_TYPE_ENROL_PAGE, NULL);
}

static gboolean
has_pass (TillEnrolPage *self)
{
  return till_sitting_get_keep (self->sitting) == TILL_SITTING_KEEP_ON_PASS;
}

/* What there is to agree to depends on what was chosen, so that comes first. */
static void
show_consent (TillEnrolPage *self)
{
  TillShop *shop = till_application_get_shop (self->application);
  gboolean chosen
      = till_sitting_asks_keep (self->sitting) || till_sitting_get_guardian_age (self->sitting) > 0;

  if (!till_sitting_is_decided (self->sitting))
    {
      gtk_stack_set_visible_child_name (self->pages, "choices");
      gtk_widget_grab_focus (GTK_WIDGET (self->choices));
      return;
    }
  till_consent_text_show (has_pass (self) ? TILL_CONSENT_PASS : TILL_CONSENT_ENROLMENT, shop, self->heading,
                          self->body);
  till_reader_start_over (self->reader);
  gtk_widget_set_visible (self->choose, chosen);
  gtk_stack_set_visible_child_name (self->pages, "consent");
  gtk_widget_grab_focus (self->agree);
}

/* Whoever is about to name their guardian keeps the page, and the field they type into. */
static void
on_choices (TillEnrolPage *self)
{
  gboolean here = g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "choices") == 0;

  if (till_sitting_get_state (self->sitting) == TILL_SITTING_CONSENT
      && (!here || till_sitting_is_decided (self->sitting)))
    show_consent (self);
}

static void
show_details (TillEnrolPage *self)
{
  gtk_label_set_text (
      self->details_words,
      has_pass (self)
          ? _ ("Please tell the cashier the last 4 digits of your phone and what you pay with.")
          : _ ("Please tell the cashier a name to greet you by and the last 4 digits of your phone."));
  gtk_stack_set_visible_child_name (self->pages, "details");
}

static void
show_looking (TillEnrolPage *self)
{
  till_progress_ring_set_fraction (self->ring, 0);
  gtk_label_set_text (self->hint, till_words_for_enrolment_hint (TILL_ENROLMENT_HINT_NO_FACE));
  gtk_stack_set_visible_child_name (self->pages, "looking");
}

static void
show_pin (TillEnrolPage *self)
{
  gboolean again = till_application_wants_pin_again (self->application);
  gboolean needed = till_sitting_needs_pin (self->sitting);
  const GError *error = till_sitting_get_error (self->sitting);

  gtk_label_set_text (self->pin_heading,
                      again ? _ ("Type the same PIN once more") : _ ("Choose a PIN of your own"));
  gtk_label_set_text (
      self->pin_words,
      needed ? _ ("Beside your smile we ask you for a PIN, so that nobody else can pay in your name.")
             : _ ("It helps when your face alone is not enough to be sure. You can do without."));
  gtk_label_set_text (self->pin_error, error != NULL && !again ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->pin_error), error != NULL && !again);
  gtk_widget_set_visible (self->no_pin, !needed);
  gtk_stack_set_visible_child_name (self->pages, "pin");
  till_pin_pad_focus (self->pin_pad);
}

static void
on_pin (TillEnrolPage *self)
{
  if (self->sitting != NULL && till_sitting_get_state (self->sitting) == TILL_SITTING_PIN)
    show_pin (self);
}

static void
show_done (TillEnrolPage *self)
{
  TillCustomer *customer = till_sitting_get_customer (self->sitting);
  g_autofree char *title = customer != NULL ? g_strdup_printf (_ ("%s, you can now pay with a smile"),
                                                               till_customer_get_name (customer))
                                            : g_strdup (_ ("You can now pay with your pass and a smile"));

  gtk_label_set_text (self->done_title, title);
  gtk_label_set_text (
      self->done_words,
      customer != NULL
          ? _ ("You never have to. To leave, press “Your face and data” here at any time: everything is "
               "erased while you wait.")
          : _ ("You never have to. This shop keeps the number of your pass and the day it ends, nothing of "
               "your face. To end it, press “Erase me” here and show it, or tell us the number."));
  gtk_stack_set_visible_child_name (self->pages, "done");
}

static void
show_failed (TillEnrolPage *self)
{
  /* What is wrong with the details is the cashier's to mend. */
  if (till_sitting_has_templates (self->sitting))
    {
      show_details (self);
      return;
    }
  gtk_label_set_text (self->failed_words, till_sitting_get_error (self->sitting)->message);
  gtk_stack_set_visible_child_name (self->pages, "failed");
  gtk_widget_grab_focus (self->again);
}

static void
clear_view (TillEnrolPage *self)
{
  till_camera_view_clear (self->view);
  till_tester_view_clear (self->tester);
}

static void
show_state (TillEnrolPage *self)
{
  TillSittingState state = till_sitting_get_state (self->sitting);

  if (state != TILL_SITTING_LOOKING)
    clear_view (self);
  switch (state)
    {
    case TILL_SITTING_CONSENT:
      show_consent (self);
      break;
    case TILL_SITTING_LOOKING:
      show_looking (self);
      break;
    case TILL_SITTING_PIN:
      show_pin (self);
      break;
    case TILL_SITTING_LOOK_ALIKE:
      gtk_stack_set_visible_child_name (self->pages, "waiting");
      break;
    case TILL_SITTING_DETAILS:
    case TILL_SITTING_SAVING:
      show_details (self);
      break;
    case TILL_SITTING_PASS:
      gtk_stack_set_visible_child_name (self->pages, "pass");
      break;
    case TILL_SITTING_DONE:
      show_done (self);
      break;
    case TILL_SITTING_FAILED:
      show_failed (self);
      break;
    }
}

static void
on_frame (TillSitting *sitting, TillFrame *frame, gpointer user_data)
{
  TillEnrolPage *self = user_data;

  till_camera_view_show_frame (self->view, frame);
}

/* Nobody is told to stay as they are before anything of them was taken. */
static const char *
words_for (const TillSighting *sighting)
{
  TillEnrolmentHint hint = sighting->enrolment_hint;

  if (hint == TILL_ENROLMENT_HINT_NONE && sighting->enrolment_progress <= 0)
    hint = TILL_ENROLMENT_HINT_NO_FACE;
  return till_words_for_enrolment_hint (hint);
}

static void
on_sighting (TillSitting *sitting, TillSighting *sighting, gpointer user_data)
{
  TillEnrolPage *self = user_data;

  till_camera_view_show_sighting (self->view, sighting);
  till_tester_view_show_sighting (self->tester, sighting, TILL_RECOGNIZER_ENROL);
  till_progress_ring_set_fraction (self->ring, sighting->enrolment_progress);
  gtk_label_set_text (self->hint, words_for (sighting));
}

void
till_enrol_page_show_sitting (TillEnrolPage *self, TillSitting *sitting)
{
  g_return_if_fail (TILL_IS_ENROL_PAGE (self));

  if (self->sitting != NULL)
    g_signal_handlers_disconnect_by_data (self->sitting, self);
  g_set_object (&self->sitting, sitting);
  clear_view (self);
  till_enrol_choices_set_sitting (self->choices, sitting);
  till_pass_page_set_sitting (self->pass_page, sitting);
  gtk_label_set_text (self->done_title, "");
  if (sitting == NULL)
    return;
  g_signal_connect_object (sitting, "state", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sitting, "choices", G_CALLBACK (on_choices), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sitting, "frame", G_CALLBACK (on_frame), self, 0);
  g_signal_connect_object (sitting, "sighting", G_CALLBACK (on_sighting), self, 0);
  show_state (self);
}

static void
on_tester (TillEnrolPage *self)
{
  gboolean shown = till_application_shows_tester (self->application);

  till_tester_view_set_active (self->tester, shown);
  till_camera_view_set_marks (self->view, shown);
}

void
till_enrol_page_follow (TillEnrolPage *self, TillApplication *application)
{
  g_return_if_fail (TILL_IS_ENROL_PAGE (self));
  g_return_if_fail (self->application == NULL);

  self->application = application;
  till_pin_pad_follow (self->pin_pad, till_application_get_pin (application));
  g_signal_connect_object (application, "pin", G_CALLBACK (on_pin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "tester", G_CALLBACK (on_tester), self, G_CONNECT_SWAPPED);
  on_tester (self);
}

static void
till_enrol_page_dispose (GObject *object)
{
  TillEnrolPage *self = TILL_ENROL_PAGE (object);

  if (self->sitting != NULL)
    g_signal_handlers_disconnect_by_data (self->sitting, self);
  g_clear_object (&self->sitting);
  if (self->pages != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->pages)));
  G_OBJECT_CLASS (till_enrol_page_parent_class)->dispose (object);
}

static void
till_enrol_page_class_init (TillEnrolPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_enrol_page_dispose;
  g_type_ensure (TILL_TYPE_CAMERA_VIEW);
  g_type_ensure (TILL_TYPE_ENROL_CHOICES);
  g_type_ensure (TILL_TYPE_PASS_PAGE);
  g_type_ensure (TILL_TYPE_PIN_PAD);
  g_type_ensure (TILL_TYPE_PROGRESS_RING);
  g_type_ensure (TILL_TYPE_READER);
  g_type_ensure (TILL_TYPE_TESTER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/enrol-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, pages);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, choices);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, reader);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, choose);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, details_words);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, pass_page);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, done_words);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, body);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, agree);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, view);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, tester);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, ring);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, hint);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, done_title);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, pin_heading);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, pin_words);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, pin_error);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, pin_pad);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, no_pin);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, failed_words);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, again);
}

static void
till_enrol_page_init (TillEnrolPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
