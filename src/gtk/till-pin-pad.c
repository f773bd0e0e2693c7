/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-pin-pad.h"

#include "gtk/till-keypad.h"

#include <glib/gi18n.h>

struct _TillPinPad
{
  GtkWidget parent_instance;

  TillDigits *pin;

  GtkWidget *content;
  GtkLabel *field;
  TillKeypad *keypad;
  GtkWidget *enter;
};

G_DEFINE_FINAL_TYPE (TillPinPad, till_pin_pad, GTK_TYPE_WIDGET)

GtkWidget *
till_pin_pad_new (void)
{
  return g_object_new (TILL_TYPE_PIN_PAD, NULL);
}

static void
show_field (TillPinPad *self)
{
  guint typed = till_digits_get_length (self->pin);
  g_autoptr (GString) dots = g_string_new (NULL);
  g_autofree char *said = g_strdup_printf (ngettext ("%u digit typed", "%u digits typed", typed), typed);

  for (guint i = 0; i < typed; i++)
    g_string_append (dots, "●");
  gtk_label_set_text (self->field, typed > 0 ? dots->str : _ ("4 to 8 digits"));
  gtk_widget_set_css_classes (GTK_WIDGET (self->field),
                              (const char *[]){ "pin-field", typed > 0 ? "filled" : NULL, NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

void
till_pin_pad_follow (TillPinPad *self, TillDigits *pin)
{
  g_return_if_fail (TILL_IS_PIN_PAD (self));
  g_return_if_fail (self->pin == NULL);

  self->pin = g_object_ref (pin);
  g_signal_connect_object (pin, "notify::length", G_CALLBACK (show_field), self, G_CONNECT_SWAPPED);
  show_field (self);
}

void
till_pin_pad_focus (TillPinPad *self)
{
  g_return_if_fail (TILL_IS_PIN_PAD (self));

  gtk_widget_grab_focus (self->enter);
}

static void
till_pin_pad_dispose (GObject *object)
{
  TillPinPad *self = TILL_PIN_PAD (object);

  g_clear_object (&self->pin);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_pin_pad_parent_class)->dispose (object);
}

static void
till_pin_pad_class_init (TillPinPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_pin_pad_dispose;
  g_type_ensure (TILL_TYPE_KEYPAD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/smiletill/Smiletill/ui/pin-pad.ui");
  gtk_widget_class_bind_template_child (widget_class, TillPinPad, content);
  gtk_widget_class_bind_template_child (widget_class, TillPinPad, field);
  gtk_widget_class_bind_template_child (widget_class, TillPinPad, keypad);
}

static void
till_pin_pad_init (TillPinPad *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->enter = till_keypad_add_enter (self->keypad, "app.enter-pin");
}
