/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-type-size.h"

/* Pixels: where less height needs smaller type, and more of both allows larger. */
#define COMPACT_HEIGHT 690
#define ROOMY_HEIGHT   840
#define ROOMY_WIDTH    760

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
on_layout (GdkSurface *surface, int surface_width, int height, gpointer user_data)
{
  GtkWidget *content = user_data;
  int width = gtk_widget_get_width (content);

  set_class (content, "compact", height < COMPACT_HEIGHT);
  set_class (content, "roomy", height >= ROOMY_HEIGHT && width >= ROOMY_WIDTH);
}

static void
on_realize (GtkWidget *widget, gpointer user_data)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));

  g_signal_connect_object (surface, "layout", G_CALLBACK (on_layout), user_data, G_CONNECT_AFTER);
}

static void
on_unrealize (GtkWidget *widget, gpointer user_data)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));

  g_signal_handlers_disconnect_by_data (surface, user_data);
}

void
till_type_size_follow (GtkWidget *widget, GtkWidget *content)
{
  g_signal_connect (widget, "realize", G_CALLBACK (on_realize), content);
  g_signal_connect (widget, "unrealize", G_CALLBACK (on_unrealize), content);
}
