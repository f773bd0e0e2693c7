/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-enrol-choices.h"

#include <glib/gi18n.h>

struct _TillEnrolChoices
{
  GtkWidget parent_instance;

  TillSitting *sitting;
  gboolean showing; /* what is pressed follows the sitting just now, not a finger */

  GtkWidget *content;
  GtkWidget *keep;
  GtkToggleButton *at_shop;
  GtkToggleButton *on_pass;
  GtkWidget *age;
  GtkToggleButton *adult;
  GtkToggleButton *younger;
  GtkLabel *adult_words;
  GtkWidget *guardian;
  GtkEditable *guardian_name;
  GtkWidget *guardian_done;
};

G_DEFINE_FINAL_TYPE (TillEnrolChoices, till_enrol_choices, GTK_TYPE_WIDGET)

GtkWidget *
till_enrol_choices_new (void)
{
  return g_object_new (TILL_TYPE_ENROL_CHOICES, NULL);
}

static void
name_age (TillEnrolChoices *self)
{
  guint age = till_sitting_get_guardian_age (self->sitting);
  g_autofree char *words = g_strdup_printf (ngettext ("I am %u or older", "I am %u or older", age), age);

  gtk_label_set_text (self->adult_words, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->adult), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_choices (TillEnrolChoices *self)
{
  TillSittingKeep keep = till_sitting_get_keep (self->sitting);
  TillSittingAge age = till_sitting_get_age (self->sitting);

  self->showing = TRUE;
  gtk_toggle_button_set_active (self->at_shop, keep == TILL_SITTING_KEEP_AT_SHOP);
  gtk_toggle_button_set_active (self->on_pass, keep == TILL_SITTING_KEEP_ON_PASS);
  gtk_toggle_button_set_active (self->adult, age == TILL_SITTING_AGE_ADULT);
  gtk_toggle_button_set_active (self->younger, age == TILL_SITTING_AGE_YOUNGER);
  gtk_widget_set_visible (self->guardian, age == TILL_SITTING_AGE_YOUNGER);
  self->showing = FALSE;
}

static void
on_keep (TillEnrolChoices *self)
{
  gboolean shop = gtk_toggle_button_get_active (self->at_shop);

  if (!self->showing && (shop || gtk_toggle_button_get_active (self->on_pass)))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.enrol-keep", "s", shop ? "shop" : "pass");
}

static void
on_age (TillEnrolChoices *self)
{
  gboolean adult = gtk_toggle_button_get_active (self->adult);
  gboolean younger = gtk_toggle_button_get_active (self->younger);

  if (self->showing || (!adult && !younger))
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "app.enrol-age", "s", adult ? "adult" : "guardian");
  if (younger)
    gtk_widget_grab_focus (GTK_WIDGET (self->guardian_name));
}

static void
on_guardian_changed (TillEnrolChoices *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->guardian_name)));

  gtk_widget_set_sensitive (self->guardian_done, *name != '\0');
}

static void
on_guardian (TillEnrolChoices *self)
{
  if (gtk_widget_get_sensitive (self->guardian_done))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.enrol-guardian", "s",
                                gtk_editable_get_text (self->guardian_name));
}

void
till_enrol_choices_set_sitting (TillEnrolChoices *self, TillSitting *sitting)
{
  g_return_if_fail (TILL_IS_ENROL_CHOICES (self));

  if (self->sitting != NULL)
    g_signal_handlers_disconnect_by_data (self->sitting, self);
  g_set_object (&self->sitting, sitting);
  gtk_editable_set_text (self->guardian_name, "");
  if (sitting == NULL)
    return;
  gtk_widget_set_visible (self->keep, till_sitting_asks_keep (sitting));
  gtk_widget_set_visible (self->age, till_sitting_get_guardian_age (sitting) > 0);
  name_age (self);
  g_signal_connect_object (sitting, "choices", G_CALLBACK (show_choices), self, G_CONNECT_SWAPPED);
  show_choices (self);
}

static gboolean
till_enrol_choices_grab_focus (GtkWidget *widget)
{
  TillEnrolChoices *self = TILL_ENROL_CHOICES (widget);

  return gtk_widget_grab_focus (
      GTK_WIDGET (gtk_widget_get_visible (self->keep) ? self->at_shop : self->adult));
}

static void
till_enrol_choices_dispose (GObject *object)
{
  TillEnrolChoices *self = TILL_ENROL_CHOICES (object);

  if (self->sitting != NULL)
    g_signal_handlers_disconnect_by_data (self->sitting, self);
  g_clear_object (&self->sitting);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_enrol_choices_parent_class)->dispose (object);
}

static void
till_enrol_choices_class_init (TillEnrolChoicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_enrol_choices_dispose;
  widget_class->grab_focus = till_enrol_choices_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/enrol-choices.ui");
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, content);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, keep);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, at_shop);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, on_pass);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, age);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, adult);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, younger);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, adult_words);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, guardian);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, guardian_name);
  gtk_widget_class_bind_template_child (widget_class, TillEnrolChoices, guardian_done);
}

static void
till_enrol_choices_init (TillEnrolChoices *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_guardian_changed (self);
  g_signal_connect_swapped (self->at_shop, "toggled", G_CALLBACK (on_keep), self);
  g_signal_connect_swapped (self->on_pass, "toggled", G_CALLBACK (on_keep), self);
  g_signal_connect_swapped (self->adult, "toggled", G_CALLBACK (on_age), self);
  g_signal_connect_swapped (self->younger, "toggled", G_CALLBACK (on_age), self);
  g_signal_connect_swapped (self->guardian_name, "changed", G_CALLBACK (on_guardian_changed), self);
  g_signal_connect_swapped (self->guardian_name, "activate", G_CALLBACK (on_guardian), self);
  g_signal_connect_swapped (self->guardian_done, "clicked", G_CALLBACK (on_guardian), self);
}
