/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_CUSTOMER_DISPLAY (till_customer_display_get_type ())
G_DECLARE_FINAL_TYPE (TillCustomerDisplay, till_customer_display, TILL, CUSTOMER_DISPLAY, GtkWidget)

/**
 * TillCustomerDisplay: all that the customer sees, one question at a time with the amount always in view. It is put
 * into a window of its own or beside the cashier's pages.
 */
GtkWidget *till_customer_display_new (TillApplication *application) G_GNUC_WARN_UNUSED_RESULT;

/* @alone: no page of the cashier's is beside it, so that it offers to go on with the next customer by itself. */
void till_customer_display_set_alone (TillCustomerDisplay *self, gboolean alone);

G_END_DECLS
