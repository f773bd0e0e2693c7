/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-privacy-page.h"

#include "gtk/till-paragraphs.h"
#include "gtk/till-reader.h"

#include <glib/gi18n.h>

struct _TillPrivacyPage
{
  GtkWidget parent_instance;

  GtkWidget *content;
  TillReader *reader;
  GtkLabel *notice;
  GtkWidget *back;
};

G_DEFINE_FINAL_TYPE (TillPrivacyPage, till_privacy_page, GTK_TYPE_WIDGET)

GtkWidget *
till_privacy_page_new (void)
{
  return g_object_new (TILL_TYPE_PRIVACY_PAGE, NULL);
}

static void
append (GString *text, const char *paragraph)
{
  if (text->len > 0)
    g_string_append (text, "\n\n");
  g_string_append (text, paragraph);
}

char *
till_privacy_page_make_text (const char *shop, guint months, gboolean passes, gboolean looks)
{
  g_autofree char *kept = g_strdup_printf (
      _ ("If you enrol, %s keeps: some hundred numbers worked out from your face, the name you give, the "
         "last four digits of your phone number, a token for the payment service, your PIN in scrambled form "
         "if you choose one, your guardian’s name if one agrees, the day of your last visit, and whether "
         "your face is much like another customer’s or was stopped from paying. All of it stays on this "
         "till, all but the dates is encrypted, and it serves only to recognise you when you pay here."),
      shop);
  g_autofree char *long_kept = g_strdup_printf (
      ngettext ("How long: until you leave, or %u month after your last visit; then it is erased by itself.",
                "How long: until you leave, or %u months after your last visit; then it is erased by itself.",
                months),
      months);
  g_autoptr (GString) text = g_string_new (NULL);

  append (text,
          _ ("You need not take part: cash and card are on the same page, and neither costs more. Where "
             "a smile takes something off, everybody else gets as much off."));
  append (text,
          _ ("The camera is off: it goes on only when you press “Agree”, and off when the payment is made "
             "or given up. The top of this screen always says which. No picture and no video is ever kept."));
  append (text, kept);
  if (passes)
    append (text,
            _ ("With a face pass instead: face, digits and token are on the pass you carry, encrypted. The "
               "shop keeps the pass’s number and the day it ends, nothing about your face."));
  append (text, long_kept);
  append (text,
          _ ("Who else gets something: the payment service gets what any card payment needs. Never your "
             "face."));
  append (text,
          _ ("What the books keep: that you agreed, what was paid, when, and how sure the till was. The "
             "law asks for these. They name a random number, not you."));
  append (text, looks
                    ? _ ("To leave: press “Erase me” below and look at the camera, or ask at the counter. It "
                         "happens while you wait, and you get a receipt of it.")
                    : _ ("To leave: ask at the counter, and you get a receipt of it. “Erase me” waits until "
                         "paying with a smile is possible again."));
  append (text, _ ("Not your payment: say so at the counter. You get the money back, and your face "
                   "can’t pay until you say so."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
till_privacy_page_show (TillPrivacyPage *self, TillShop *shop)
{
  GSettings *settings = till_profile_get_settings (till_shop_get_profile (shop));
  g_autofree char *text = NULL;

  g_return_if_fail (TILL_IS_PRIVACY_PAGE (self));

  text = till_privacy_page_make_text (
      till_shop_get_name (shop), (guint) g_settings_get_int (settings, "retention-months"),
      g_settings_get_boolean (settings, "face-pass-allowed"), till_shop_get_face_trouble (shop) == NULL);
  till_paragraphs_show (text, NULL, self->notice);
  till_reader_start_over (self->reader);
  gtk_widget_grab_focus (self->back);
}

static void
till_privacy_page_dispose (GObject *object)
{
  TillPrivacyPage *self = TILL_PRIVACY_PAGE (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_privacy_page_parent_class)->dispose (object);
}

static void
till_privacy_page_class_init (TillPrivacyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_privacy_page_dispose;
  g_type_ensure (TILL_TYPE_READER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/privacy-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TillPrivacyPage, content);
  gtk_widget_class_bind_template_child (widget_class, TillPrivacyPage, reader);
  gtk_widget_class_bind_template_child (widget_class, TillPrivacyPage, notice);
  gtk_widget_class_bind_template_child (widget_class, TillPrivacyPage, back);
}

static void
till_privacy_page_init (TillPrivacyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
