/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-mnemonic.h"

static void
name_by (GtkWidget *widget, const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", 2);
  g_autofree char *name = g_strjoinv ("", parts);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* Else the label would be read out once more. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

void
till_mnemonic_name_buttons (GtkWidget *top)
{
  if (GTK_IS_BUTTON (top) && gtk_button_get_use_underline (GTK_BUTTON (top))
      && gtk_button_get_label (GTK_BUTTON (top)) != NULL)
    name_by (top, gtk_button_get_label (GTK_BUTTON (top)));
  else if (GTK_IS_CHECK_BUTTON (top) && gtk_check_button_get_use_underline (GTK_CHECK_BUTTON (top))
           && gtk_check_button_get_label (GTK_CHECK_BUTTON (top)) != NULL)
    name_by (top, gtk_check_button_get_label (GTK_CHECK_BUTTON (top)));
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    till_mnemonic_name_buttons (child);
}
