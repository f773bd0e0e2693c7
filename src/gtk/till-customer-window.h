/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

/*
 * A window for the customer's display, filling the last monitor where there are several (transfer none: the
 * application owns it). Closing it is the owner's business.
 */
GtkWindow *till_customer_window_new (TillApplication *application);

/* TRUE where there is a monitor for the customer beside the cashier's. */
gboolean till_customer_window_has_monitor (void);

G_END_DECLS
