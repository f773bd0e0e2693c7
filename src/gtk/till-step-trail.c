/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-step-trail.h"

#include <glib/gi18n.h>

struct _TillStepTrail
{
  GtkWidget parent_instance;

  GStrv names;
  guint now;
};

G_DEFINE_FINAL_TYPE (TillStepTrail, till_step_trail, GTK_TYPE_WIDGET)

GtkWidget *
till_step_trail_new (void)
{
  return g_object_new (TILL_TYPE_STEP_TRAIL, NULL);
}

static void
set_class (GtkWidget *step, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (step, name);
  else
    gtk_widget_remove_css_class (step, name);
}

static void
show_now (TillStepTrail *self)
{
  guint index = 0;
  guint count = self->names != NULL ? g_strv_length (self->names) : 0;

  for (GtkWidget *step = gtk_widget_get_first_child (GTK_WIDGET (self)); step != NULL;
       step = gtk_widget_get_next_sibling (step), index++)
    {
      set_class (step, "done", index < self->now);
      set_class (step, "now", index == self->now);
    }
  if (self->now >= count)
    return;

  /* TRANSLATORS: read aloud, as in "Step 2 of 4: Consent" */
  g_autofree char *said
      = g_strdup_printf (_ ("Step %u of %u: %s"), self->now + 1, count, self->names[self->now]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

static void
remove_steps (TillStepTrail *self)
{
  GtkWidget *step;

  while ((step = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (step);
  g_clear_pointer (&self->names, g_strfreev);
}

static GtkWidget *
make_step (const char *name)
{
  GtkWidget *step = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_add_css_class (step, "step");
  gtk_widget_add_css_class (bar, "bar");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (step), bar);
  gtk_box_append (GTK_BOX (step), label);
  return step;
}

void
till_step_trail_set_steps (TillStepTrail *self, const char *const *names)
{
  g_return_if_fail (TILL_IS_STEP_TRAIL (self));

  if (self->names != NULL && g_strv_equal ((const char *const *) self->names, names))
    return;
  remove_steps (self);
  self->names = g_strdupv ((char **) names);
  for (guint i = 0; names[i] != NULL; i++)
    gtk_widget_set_parent (make_step (names[i]), GTK_WIDGET (self));
  show_now (self);
}

void
till_step_trail_set_now (TillStepTrail *self, guint now)
{
  g_return_if_fail (TILL_IS_STEP_TRAIL (self));

  self->now = now;
  show_now (self);
}

static void
till_step_trail_dispose (GObject *object)
{
  remove_steps (TILL_STEP_TRAIL (object));
  G_OBJECT_CLASS (till_step_trail_parent_class)->dispose (object);
}

static void
till_step_trail_class_init (TillStepTrailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_step_trail_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "steptrail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
till_step_trail_init (TillStepTrail *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_box_layout_set_homogeneous (layout, TRUE);
  gtk_box_layout_set_spacing (layout, 8);
}
