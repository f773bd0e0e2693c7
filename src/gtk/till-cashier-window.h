/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_CASHIER_WINDOW (till_cashier_window_get_type ())
G_DECLARE_FINAL_TYPE (TillCashierWindow, till_cashier_window, TILL, CASHIER_WINDOW, AdwApplicationWindow)

/**
 * TillCashierWindow: where goods are rung up and money is taken. The customer's display is beside it where there is
 * one monitor, and in a window of its own where there are more, unless the settings say otherwise.
 */
TillCashierWindow *till_cashier_window_new (TillApplication *application) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
