/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-keypad.h"

#include <glib/gi18n.h>

struct _TillKeypad
{
  GtkWidget parent_instance;

  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (TillKeypad, till_keypad, GTK_TYPE_WIDGET)

GtkWidget *
till_keypad_new (void)
{
  return g_object_new (TILL_TYPE_KEYPAD, NULL);
}

static void
add_digit (TillKeypad *self, int digit, int column, int row)
{
  char label[] = { (char) ('0' + digit), '\0' };
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.digit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", label);
  gtk_grid_attach (self->grid, button, column, row, 1, 1);
}

GtkWidget *
till_keypad_add_enter (TillKeypad *self, const char *action_name)
{
  GtkWidget *enter = gtk_button_new_with_label (_ ("Done"));

  g_return_val_if_fail (TILL_IS_KEYPAD (self), NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (enter), action_name);
  gtk_widget_add_css_class (enter, "enter");
  gtk_widget_add_css_class (enter, "suggested-action");
  gtk_grid_attach (self->grid, enter, 0, 3, 1, 1);
  return enter;
}

static void
till_keypad_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (till_keypad_parent_class)->dispose (object);
}

static void
till_keypad_class_init (TillKeypadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_keypad_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/smiletill/Smiletill/ui/keypad.ui");
  gtk_widget_class_bind_template_child (widget_class, TillKeypad, grid);
}

static void
till_keypad_init (TillKeypad *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int digit = 1; digit <= 9; digit++)
    add_digit (self, digit, (digit - 1) % 3, (digit - 1) / 3);
  add_digit (self, 0, 1, 3);

  GtkWidget *erase = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_tooltip_text (erase, _ ("Erase the last digit"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (erase), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Erase the last digit"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (erase), "app.erase-digit");
  gtk_grid_attach (self->grid, erase, 2, 3, 1, 1);
}
