/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-customer-window.h"

#include "gtk/till-keys.h"

#include <glib/gi18n.h>

gboolean
till_customer_window_has_monitor (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  return display != NULL && g_list_model_get_n_items (gdk_display_get_monitors (display)) > 1;
}

GtkWindow *
till_customer_window_new (TillApplication *application)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (window));
  guint n_monitors = g_list_model_get_n_items (monitors);

  gtk_window_set_title (GTK_WINDOW (window), _ ("Customer’s display"));
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 720);
  gtk_window_set_deletable (GTK_WINDOW (window), FALSE);
  till_keys_attach (window, application);
  if (n_monitors > 1)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, n_monitors - 1);

      gtk_window_fullscreen_on_monitor (GTK_WINDOW (window), monitor);
    }
  return GTK_WINDOW (window);
}
