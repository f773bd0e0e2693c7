/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives @window its monitor to itself, with or without a window manager to ask. */
void till_screen_fill (GtkWindow *window);

/* Makes @window, before it is shown, no larger than the screen. */
void till_screen_fit (GtkWindow *window);

G_END_DECLS
