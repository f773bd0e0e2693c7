/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

/* While the customer is asked for digits, digits typed on any keyboard at @window go to the customer's page. */
void till_keys_attach (GtkWidget *window, TillApplication *application);

G_END_DECLS
