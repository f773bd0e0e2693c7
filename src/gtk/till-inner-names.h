/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * libadwaita leaves what its preferences and rows are made of without names: names the lists under @top by the title of
 * their group, or by @name outside of any, and their search entries.
 */
void till_inner_names_set (GtkWidget *top, const char *name);

G_END_DECLS
