/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-enrol-view.h"

#include "gtk/till-step-trail.h"

#include <glib/gi18n.h>

struct _TillEnrolView
{
  GtkWidget parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */
  TillSitting *sitting;

  GtkWidget *content;
  TillStepTrail *trail;
  GtkLabel *title;
  GtkLabel *words;
  GtkLabel *error;
  GtkWidget *form;
  AdwEntryRow *name;
  AdwEntryRow *suffix;
  AdwComboRow *card;
  AdwEntryRow *token;
  GtkButton *save;
  GtkWidget *manager;
  GtkWidget *again;
  GtkWidget *print;
  GtkWidget *stay;
  GtkButton *end;
};

G_DEFINE_FINAL_TYPE (TillEnrolView, till_enrol_view, GTK_TYPE_WIDGET)

/* The sandbox's test cards, in the order of the choice. */
static const struct
{
  const char *name;
  const char *token;
} cards[] = {
  { N_ ("Test card Visa"), "pm_card_visa" },
  { N_ ("Test card Mastercard"), "pm_card_mastercard" },
  { N_ ("Test card that is declined"), "pm_card_chargeCustomerFail" },
};

GtkWidget *
till_enrol_view_new (void)
{
  return g_object_new (TILL_TYPE_ENROL_VIEW, NULL);
}

static const char *
typed (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
makes_pass (TillEnrolView *self)
{
  return self->sitting != NULL && till_sitting_get_keep (self->sitting) == TILL_SITTING_KEEP_ON_PASS;
}

static const char *
payer_of (TillEnrolView *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->card)))
    return typed (self->token);

  guint chosen = adw_combo_row_get_selected (self->card);
  return chosen < G_N_ELEMENTS (cards) ? cards[chosen].token : "";
}

static gboolean
is_complete (TillEnrolView *self)
{
  g_autofree char *name = g_strstrip (g_strdup (typed (self->name)));

  return (*name != '\0' || makes_pass (self)) && till_customer_check_suffix (typed (self->suffix), NULL)
         && *payer_of (self) != '\0';
}

static void
on_details_changed (TillEnrolView *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), is_complete (self));
}

static void
on_save (TillEnrolView *self)
{
  g_autofree char *name = g_strstrip (g_strdup (typed (self->name)));

  if (is_complete (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.enrol-save", "(sss)", name, typed (self->suffix),
                                payer_of (self));
}

static const char *
title_for (TillSittingState state)
{
  switch (state)
    {
    case TILL_SITTING_CONSENT:
      return _ ("The customer reads what is looked at and kept");
    case TILL_SITTING_LOOKING:
      return _ ("The camera looks at the customer’s face");
    case TILL_SITTING_DETAILS:
      return _ ("Who is it, and who pays?");
    case TILL_SITTING_PIN:
      return _ ("The customer chooses a PIN");
    case TILL_SITTING_SAVING:
      return _ ("Writing it down…");
    case TILL_SITTING_LOOK_ALIKE:
      return _ ("A manager has to say yes");
    case TILL_SITTING_DONE:
      return _ ("Enrolled");
    case TILL_SITTING_FAILED:
      return _ ("It did not work yet");
    case TILL_SITTING_PASS:
      return _ ("The customer’s face pass is on their side");
    }
  return "";
}

static const char *
words_for (TillSitting *sitting)
{
  switch (till_sitting_get_state (sitting))
    {
    case TILL_SITTING_CONSENT:
      return _ ("They choose where their face is kept, then read and agree. The camera stays off until then. "
                "Nobody "
                "may agree for somebody else.");
    case TILL_SITTING_LOOKING:
      return _ ("A few good views from slightly different sides are enough. No picture is kept.");
    case TILL_SITTING_DETAILS:
      return till_sitting_get_keep (sitting) == TILL_SITTING_KEEP_ON_PASS
                 ? _ ("The camera is off. Ask for the last 4 digits of their phone and what they pay with: "
                      "both go "
                      "on the pass.")
                 : _ ("The camera is off. Ask for a name to greet them by and the last 4 digits of their "
                      "phone.");
    case TILL_SITTING_PIN:
      return till_sitting_needs_pin (sitting)
                 ? _ ("On their side, typed twice. Please look away. Without one they can’t be enrolled.")
                 : _ ("On their side, typed twice. Please look away. They can do without.");
    case TILL_SITTING_LOOK_ALIKE:
      return _ ("This face is very close to one that is enrolled already: perhaps the same person, perhaps "
                "somebody of the family. Only a manager may go on.");
    case TILL_SITTING_DONE:
      return till_sitting_get_keep (sitting) == TILL_SITTING_KEEP_ON_PASS
                 ? _ ("The pass is wiped here. Only they have it now; if they lose it, its number blocks it.")
                 : _ ("From now on they can pay with a smile, and leave again at any time.");
    case TILL_SITTING_PASS:
      return till_sitting_asks_to_leave_pass (sitting)
                 ? _ ("Ask whether they have it: it can’t be shown again.")
                 : _ ("They take a picture of it, or you print it. This shop keeps no copy.");
    default:
      return "";
    }
}

static guint
step_of (TillSitting *sitting)
{
  switch (till_sitting_get_state (sitting))
    {
    case TILL_SITTING_CONSENT:
      return 0;
    case TILL_SITTING_LOOKING:
      return 1;
    case TILL_SITTING_DONE:
    case TILL_SITTING_PASS:
      return 3;
    case TILL_SITTING_FAILED:
      return till_sitting_has_templates (sitting) ? 2 : 1;
    default:
      return 2;
    }
}

static void
show_error (TillEnrolView *self, TillSittingState state)
{
  const GError *error = state == TILL_SITTING_FAILED ? till_sitting_get_error (self->sitting) : NULL;

  gtk_label_set_text (self->error, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
}

/* A field that loses its place while it is being typed into would keep blinking. */
static void
leave_form (TillEnrolView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->form))
    gtk_root_set_focus (root, NULL);
}

static void
show_ways_out (TillEnrolView *self, TillSittingState state)
{
  gboolean pass = state == TILL_SITTING_PASS;
  gboolean leaving = pass && till_sitting_asks_to_leave_pass (self->sitting);

  gtk_widget_set_visible (self->print, pass && !leaving);
  gtk_widget_set_visible (self->stay, leaving);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->end), leaving ? "app.pass-done"
                                                              : pass  ? "app.pass-leave"
                                                                      : "app.enrol-end");
  gtk_button_set_label (self->end, leaving                      ? _ ("Yes, wipe it here")
                                   : pass                       ? _ ("They have it")
                                   : state == TILL_SITTING_DONE ? _ ("Back to the goods")
                                                                : _ ("Stop enrolling"));
}

static void
show_state (TillEnrolView *self)
{
  TillSittingState state = till_sitting_get_state (self->sitting);
  gboolean asks = state == TILL_SITTING_DETAILS || state == TILL_SITTING_SAVING
                  || (state == TILL_SITTING_FAILED && till_sitting_has_templates (self->sitting));

  leave_form (self);
  till_step_trail_set_now (self->trail, step_of (self->sitting));
  gtk_label_set_text (self->title, title_for (state));
  gtk_label_set_text (self->words, words_for (self->sitting));
  gtk_widget_set_visible (GTK_WIDGET (self->words), *words_for (self->sitting) != '\0');
  show_error (self, state);
  gtk_widget_set_visible (self->form, asks);
  gtk_widget_set_sensitive (self->form, state != TILL_SITTING_SAVING);
  gtk_widget_set_visible (GTK_WIDGET (self->save), asks);
  gtk_widget_set_visible (self->manager, state == TILL_SITTING_LOOK_ALIKE);
  gtk_widget_set_visible (self->again, state == TILL_SITTING_DETAILS || state == TILL_SITTING_FAILED);
  gtk_widget_set_visible (GTK_WIDGET (self->name), !makes_pass (self));
  gtk_button_set_label (self->save, makes_pass (self) ? _ ("Make the pass") : _ ("Enrol"));
  show_ways_out (self, state);
  if (state == TILL_SITTING_DETAILS)
    gtk_widget_grab_focus (GTK_WIDGET (makes_pass (self) ? self->suffix : self->name));
  else if (state == TILL_SITTING_DONE)
    gtk_widget_grab_focus (GTK_WIDGET (self->end));
  on_details_changed (self);
}

static void
clear_details (TillEnrolView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  gtk_editable_set_text (GTK_EDITABLE (self->suffix), "");
  gtk_editable_set_text (GTK_EDITABLE (self->token), "");
  adw_combo_row_set_selected (self->card, 0);
}

static gboolean
uses_sandbox (TillEnrolView *self)
{
  TillShop *shop = till_application_get_shop (self->application);
  g_autofree char *provider
      = g_settings_get_string (till_profile_get_settings (till_shop_get_profile (shop)), "provider");

  return g_str_equal (provider, "sandbox");
}

static void
on_sitting (TillEnrolView *self)
{
  if (self->sitting != NULL)
    g_signal_handlers_disconnect_by_data (self->sitting, self);
  clear_details (self);
  g_set_object (&self->sitting, till_application_get_sitting (self->application));
  if (self->sitting == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->card), uses_sandbox (self));
  gtk_widget_set_visible (GTK_WIDGET (self->token), !uses_sandbox (self));
  g_signal_connect_object (self->sitting, "state", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sitting, "choices", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}

void
till_enrol_view_follow (TillEnrolView *self, TillApplication *application)
{
  g_return_if_fail (TILL_IS_ENROL_VIEW (self));

  self->application = application;
  g_signal_connect_object (application, "sitting", G_CALLBACK (on_sitting), self, G_CONNECT_SWAPPED);
  on_sitting (self);
}

static void
till_enrol_view_dispose (GObject *object)
{
  TillEnrolView *self = TILL_ENROL_VIEW (object);

  if (self->sitting != NULL)
    g_signal_handlers_disconnect_by_data (self->sitting, self);
  g_clear_object (&self->sitting);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_enrol_view_parent_class)->dispose (object);
}

static void
till_enrol_view_class_init (TillEnrolViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_enrol_view_dispose;
  g_type_ensure (TILL_TYPE_STEP_TRAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/enrol-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, content);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, trail);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, title);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, words);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, error);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, form);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, name);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, suffix);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, card);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, token);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, save);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, manager);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, again);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, print);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, stay);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolView, end);
}

static void
till_enrol_view_init (TillEnrolView *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *const steps[] = { _ ("Consent"), _ ("Look"), _ ("Details"), _ ("Done"), NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  till_step_trail_set_steps (self->trail, steps);
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    gtk_string_list_append (names, _ (cards[i].name));
  adw_combo_row_set_model (self->card, G_LIST_MODEL (names));
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (on_details_changed), self);
  g_signal_connect_swapped (self->suffix, "changed", G_CALLBACK (on_details_changed), self);
  g_signal_connect_swapped (self->token, "changed", G_CALLBACK (on_details_changed), self);
  g_signal_connect_swapped (self->card, "notify::selected", G_CALLBACK (on_details_changed), self);
  g_signal_connect_swapped (self->suffix, "entry-activated", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->token, "entry-activated", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save), self);
}
