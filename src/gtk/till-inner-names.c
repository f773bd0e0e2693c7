/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-inner-names.h"

#include <adwaita.h>
#include <glib/gi18n.h>

void
till_inner_names_set (GtkWidget *top, const char *name)
{
  const char *own = GTK_IS_LIST_BOX (top) ? name : GTK_IS_SEARCH_ENTRY (top) ? _ ("Search") : NULL;

  if (own != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (top), GTK_ACCESSIBLE_PROPERTY_LABEL, own, -1);
  if (ADW_IS_PREFERENCES_GROUP (top)
      && *adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (top)) != '\0')
    name = adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (top));
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    till_inner_names_set (child, name);
}
