/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-pass-page.h"

#include "gtk/till-pass-view.h"

struct _TillPassPage
{
  GtkWidget parent_instance;

  TillSitting *sitting;

  GtkStack *pages;
  TillPassView *view;
  GtkLabel *number;
  GtkLabel *last_day;
  GtkWidget *have_it;
  GtkWidget *back;
};

G_DEFINE_FINAL_TYPE (TillPassPage, till_pass_page, GTK_TYPE_WIDGET)

GtkWidget *
till_pass_page_new (void)
{
  return g_object_new (TILL_TYPE_PASS_PAGE, NULL);
}

static char *
format_day (gint64 day)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (day * 24 * 60 * 60);

  return date != NULL ? g_date_time_format (date, "%-e %B %Y") : g_strdup ("");
}

static void
show_pass (TillPassPage *self, TillFacePass *pass)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPassCode) code = till_pass_code_new (till_sitting_get_pass_text (self->sitting), &error);
  g_autofree char *day = format_day (till_face_pass_get_expires_day (pass));

  if (code == NULL)
    g_warning ("The pass can't be shown: %s", error->message);
  till_pass_view_set_code (self->view, code);
  gtk_label_set_text (self->number, till_face_pass_get_number (pass));
  gtk_label_set_text (self->last_day, day);
}

static void
show_state (TillPassPage *self)
{
  TillFacePass *pass = till_sitting_get_pass (self->sitting);

  if (pass == NULL)
    {
      till_pass_view_set_code (self->view, NULL);
      gtk_label_set_text (self->number, "");
      return;
    }
  if (*gtk_label_get_text (self->number) == '\0')
    show_pass (self, pass);
  if (till_sitting_asks_to_leave_pass (self->sitting))
    {
      gtk_stack_set_visible_child_name (self->pages, "leaving");
      gtk_widget_grab_focus (self->back);
    }
  else
    {
      gtk_stack_set_visible_child_name (self->pages, "pass");
      gtk_widget_grab_focus (self->have_it);
    }
}

void
till_pass_page_set_sitting (TillPassPage *self, TillSitting *sitting)
{
  g_return_if_fail (TILL_IS_PASS_PAGE (self));

  if (self->sitting != NULL)
    g_signal_handlers_disconnect_by_data (self->sitting, self);
  g_set_object (&self->sitting, sitting);
  till_pass_view_set_code (self->view, NULL);
  gtk_label_set_text (self->number, "");
  if (sitting == NULL)
    return;
  g_signal_connect_object (sitting, "state", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sitting, "choices", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
}

static void
till_pass_page_dispose (GObject *object)
{
  TillPassPage *self = TILL_PASS_PAGE (object);

  if (self->sitting != NULL)
    g_signal_handlers_disconnect_by_data (self->sitting, self);
  g_clear_object (&self->sitting);
  if (self->pages != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->pages)));
  G_OBJECT_CLASS (till_pass_page_parent_class)->dispose (object);
}

static void
till_pass_page_class_init (TillPassPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_pass_page_dispose;
  g_type_ensure (TILL_TYPE_PASS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/pass-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TillPassPage, pages);
  gtk_widget_class_bind_template_child (widget_class, TillPassPage, view);
  gtk_widget_class_bind_template_child (widget_class, TillPassPage, number);
  gtk_widget_class_bind_template_child (widget_class, TillPassPage, last_day);
  gtk_widget_class_bind_template_child (widget_class, TillPassPage, have_it);
  gtk_widget_class_bind_template_child (widget_class, TillPassPage, back);
}

static void
till_pass_page_init (TillPassPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
