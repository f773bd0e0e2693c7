/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-locked-page.h"

#include <glib/gi18n.h>

/* Milliseconds between two looks at the time left. */
#define COUNTDOWN_INTERVAL 250

struct _TillLockedPage
{
  GtkWidget parent_instance;

  TillCheckout *checkout;
  TillClock *clock;
  guint countdown_source;
  gint64 whole_us;

  GtkWidget *content;
  GtkWidget *cash;
  GtkLabel *left;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (TillLockedPage, till_locked_page, GTK_TYPE_WIDGET)

GtkWidget *
till_locked_page_new (void)
{
  return g_object_new (TILL_TYPE_LOCKED_PAGE, NULL);
}

char *
till_locked_page_format_left (gint64 left_us)
{
  gint64 seconds = (MAX (left_us, 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  /* TRANSLATORS: minutes and seconds left, as "0:27" */
  return g_strdup_printf (_ ("%d:%02d"), (int) (seconds / 60), (int) (seconds % 60));
}

static gboolean
on_countdown (gpointer user_data)
{
  TillLockedPage *self = user_data;
  gint64 left = till_checkout_get_locked_until_us (self->checkout) - till_clock_monotonic (self->clock);
  g_autofree char *text = till_locked_page_format_left (left);

  self->whole_us = MAX (self->whole_us, left);
  gtk_label_set_text (self->left, text);
  if (self->whole_us > 0)
    gtk_progress_bar_set_fraction (self->bar, CLAMP ((double) left / (double) self->whole_us, 0.0, 1.0));
  if (left > 0)
    return G_SOURCE_CONTINUE;
  self->countdown_source = 0;
  gtk_widget_activate_action (GTK_WIDGET (self), "app.dismiss", NULL);
  return G_SOURCE_REMOVE;
}

static void
on_state (TillCheckout *checkout, guint state, gpointer user_data)
{
  TillLockedPage *self = user_data;

  g_clear_handle_id (&self->countdown_source, g_source_remove);
  if (state != TILL_CHECKOUT_LOCKED)
    return;
  self->whole_us = 0;
  self->countdown_source = g_timeout_add (COUNTDOWN_INTERVAL, on_countdown, self);
  /* The first look only says how long it is: leaving is for a later turn of the main loop. */
  gtk_label_set_text (self->left, "");
  gtk_widget_grab_focus (self->cash);
}

void
till_locked_page_follow (TillLockedPage *self, TillApplication *application)
{
  g_return_if_fail (TILL_IS_LOCKED_PAGE (self));
  g_return_if_fail (self->checkout == NULL);

  self->checkout = g_object_ref (till_shop_get_checkout (till_application_get_shop (application)));
  self->clock = till_shop_get_clock (till_application_get_shop (application));
  g_signal_connect_object (self->checkout, "state", G_CALLBACK (on_state), self, 0);
}

static void
till_locked_page_dispose (GObject *object)
{
  TillLockedPage *self = TILL_LOCKED_PAGE (object);

  g_clear_handle_id (&self->countdown_source, g_source_remove);
  g_clear_object (&self->checkout);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_locked_page_parent_class)->dispose (object);
}

static void
till_locked_page_class_init (TillLockedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_locked_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/locked-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TillLockedPage, content);
  gtk_widget_class_bind_template_child (widget_class, TillLockedPage, cash);
  gtk_widget_class_bind_template_child (widget_class, TillLockedPage, left);
  gtk_widget_class_bind_template_child (widget_class, TillLockedPage, bar);
}

static void
till_locked_page_init (TillLockedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
