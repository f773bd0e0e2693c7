/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Gives @content the style class "compact" while the window that @widget is in has little height, and "roomy" while there
 * is much of both: the customer's type is as large as there is room for. Both have to last as long as each other.
 */
void till_type_size_follow (GtkWidget *widget, GtkWidget *content);

G_END_DECLS
