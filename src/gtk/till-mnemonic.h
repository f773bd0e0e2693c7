/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Names every button under @top by its label without the mark of its mnemonic, which would be read out with it. */
void till_mnemonic_name_buttons (GtkWidget *top);

G_END_DECLS
