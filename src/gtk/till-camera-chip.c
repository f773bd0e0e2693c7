/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-camera-chip.h"

#include <glib/gi18n.h>

struct _TillCameraChip
{
  GtkWidget parent_instance;

  gboolean on;
  GtkWidget *icon;
  GtkWidget *words;
};

G_DEFINE_FINAL_TYPE (TillCameraChip, till_camera_chip, GTK_TYPE_WIDGET)

GtkWidget *
till_camera_chip_new (void)
{
  return g_object_new (TILL_TYPE_CAMERA_CHIP, NULL);
}

static void
show (TillCameraChip *self)
{
  const char *words = self->on ? _ ("Camera on") : _ ("Camera off");

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                self->on ? "till-camera-symbolic" : "till-camera-off-symbolic");
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (self->on)
    gtk_widget_add_css_class (GTK_WIDGET (self), "on");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "on");
}

void
till_camera_chip_set_on (TillCameraChip *self, gboolean on)
{
  g_return_if_fail (TILL_IS_CAMERA_CHIP (self));

  if (self->on == on)
    return;
  self->on = on;
  show (self);
}

gboolean
till_camera_chip_is_on (TillCameraChip *self)
{
  g_return_val_if_fail (TILL_IS_CAMERA_CHIP (self), FALSE);

  return self->on;
}

static void
till_camera_chip_dispose (GObject *object)
{
  TillCameraChip *self = TILL_CAMERA_CHIP (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  G_OBJECT_CLASS (till_camera_chip_parent_class)->dispose (object);
}

static void
till_camera_chip_class_init (TillCameraChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_camera_chip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "camerachip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
till_camera_chip_init (TillCameraChip *self)
{
  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->words = gtk_label_new (NULL);
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 8);
  show (self);
}
