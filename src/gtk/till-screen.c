/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-screen.h"

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

static gboolean
has_window_manager (GdkDisplay *display)
{
#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_DISPLAY (display))
    {
      const char *name = gdk_x11_screen_get_window_manager_name (gdk_x11_display_get_screen (display));

      return g_strcmp0 (name, "unknown") != 0;
    }
#endif
  return TRUE;
}

void
till_screen_fill (GtkWindow *window)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (gdk_display_get_monitors (display), 0);
  GdkRectangle area;

  if (monitor == NULL)
    return;
  gdk_monitor_get_geometry (monitor, &area);
  gtk_window_set_default_size (window, area.width, area.height);
  if (has_window_manager (display))
    gtk_window_maximize (window);
  else
    /* Nobody could move or size it: no border to do so. */
    gtk_widget_add_css_class (GTK_WIDGET (window), "unmanaged");
}

void
till_screen_fit (GtkWindow *window)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (gdk_display_get_monitors (display), 0);
  GdkRectangle area;
  int width;
  int height;

  if (monitor == NULL)
    return;
  gdk_monitor_get_geometry (monitor, &area);
  gtk_window_get_default_size (window, &width, &height);
  gtk_window_set_default_size (window, MIN (width, area.width), MIN (height, area.height));
}
