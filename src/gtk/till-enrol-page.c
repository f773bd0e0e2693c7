/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-enrol-page.h"

#include "gtk/till-camera-view.h"
#include "gtk/till-consent-text.h"
#include "gtk/till-pin-pad.h"
#include "gtk/till-progress-ring.h"
#include "gtk/till-tester-view.h"
#include "gtk/till-words.h"

#include <glib/gi18n.h>

struct _TillEnrolPage
{
  GtkWidget parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillSitting *sitting;

  GtkStack *pages;
  GtkLabel *heading;
  GtkLabel *body;
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
  GtkLabel *done_title;
  GtkLabel *failed_words;
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (TillEnrolPage, till_enrol_page, GTK_TYPE_WIDGET)

GtkWidget *
till_enrol_page_new (void)
{
  return g_object_new (TILL_TYPE_ENROL_PAGE, NULL);
}

static void
show_consent (TillEnrolPage *self)
{
  till_consent_text_show (TILL_CONSENT_ENROLMENT, NULL, self->heading, self->body);
  gtk_stack_set_visible_child_name (self->pages, "consent");
  gtk_widget_grab_focus (self->agree);
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
  const char *name = till_customer_get_name (till_sitting_get_customer (self->sitting));
  g_autofree char *title = g_strdup_printf (_ ("%s, you can now pay with a smile"), name);

  gtk_label_set_text (self->done_title, title);
  gtk_stack_set_visible_child_name (self->pages, "done");
}

static void
show_failed (TillEnrolPage *self)
{
  /* What is wrong with the details is the cashier's to mend. */
  if (till_sitting_has_templates (self->sitting))
    {
      gtk_stack_set_visible_child_name (self->pages, "details");
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
      gtk_stack_set_visible_child_name (self->pages, "details");
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
  if (sitting == NULL)
    return;
  g_signal_connect_object (sitting, "state", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
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
  g_type_ensure (TILL_TYPE_PIN_PAD);
  g_type_ensure (TILL_TYPE_PROGRESS_RING);
  g_type_ensure (TILL_TYPE_TESTER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/enrol-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TillEnrolPage, pages);
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
