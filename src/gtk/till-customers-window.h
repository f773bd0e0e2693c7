/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_CUSTOMERS_WINDOW (till_customers_window_get_type ())
G_DECLARE_FINAL_TYPE (TillCustomersWindow, till_customers_window, TILL, CUSTOMERS_WINDOW, AdwWindow)

/**
 * TillCustomersWindow: who is enrolled at this shop, who goes soon for not having been here, and the face passes that
 * were given out; and what those people have a right to. Rows have its actions:
 *
 * "customers.erase" (ss) id and name, "customers.export" (ss) the same, "customers.consent" (ss) id of the consent and name,
 * "customers.revoke" (ss) id and number of a face pass, "customers.expire" for those who are due.
 */

/* @application: its shop must be open. */
GtkWindow *till_customers_window_new (TillApplication *application,
                                      GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
