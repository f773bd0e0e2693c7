/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-custody-banner.h"

#include "gtk/till-custody-words.h"

struct _TillCustodyBanner
{
  GtkWidget parent_instance;

  TillApplication *application; /* borrowed: it owns the windows */

  GtkRevealer *revealer;
  GtkWidget *strip;
  GtkLabel *title;
  GtkLabel *words;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (TillCustodyBanner, till_custody_banner, GTK_TYPE_WIDGET)

static gboolean
is_wanted (TillCustodyBanner *self, TillCustodyState state)
{
  if (state == TILL_CUSTODY_CLOSED)
    return FALSE;
  if (state != TILL_CUSTODY_OPEN)
    return TRUE;
  return !till_application_is_demo (self->application)
         && till_custody_case_wants_phrase (till_application_get_custody (self->application));
}

static void
show (TillCustodyBanner *self)
{
  TillShop *shop = till_application_get_shop (self->application);
  TillCustodyState state = till_shop_get_custody (shop);
  gboolean wanted = is_wanted (self, state);

  if (wanted)
    {
      TillCustodyWords words = till_custody_words_for (state, till_shop_has_recovery (shop));

      gtk_label_set_text (self->title, words.title);
      gtk_label_set_text (self->words, words.words);
      gtk_button_set_label (self->button, words.button != NULL ? words.button : "");
      gtk_widget_set_visible (GTK_WIDGET (self->button), words.button != NULL);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), words.action);
      if (state == TILL_CUSTODY_OPEN)
        gtk_widget_add_css_class (self->strip, "first-step");
      else
        gtk_widget_remove_css_class (self->strip, "first-step");
    }
  gtk_revealer_set_reveal_child (self->revealer, wanted);
}

void
till_custody_banner_follow (TillCustodyBanner *self, TillApplication *application)
{
  g_return_if_fail (TILL_IS_CUSTODY_BANNER (self));

  self->application = application;
  g_signal_connect_object (till_application_get_custody (application), "changed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  show (self);
}

static void
till_custody_banner_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (child != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (till_custody_banner_parent_class)->dispose (object);
}

static void
till_custody_banner_class_init (TillCustodyBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_custody_banner_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/custody-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, TillCustodyBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyBanner, strip);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyBanner, title);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyBanner, words);
  gtk_widget_class_bind_template_child (widget_class, TillCustodyBanner, button);
}

static void
till_custody_banner_init (TillCustodyBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
