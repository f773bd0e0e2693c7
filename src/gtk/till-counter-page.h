/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_COUNTER_PAGE (till_counter_page_get_type ())
G_DECLARE_FINAL_TYPE (TillCounterPage, till_counter_page, TILL, COUNTER_PAGE, GtkWidget)

/**
 * TillCounterPage: where the cashier takes cash, with the change worked out, or a card on a terminal.
 */
GtkWidget *till_counter_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Follows the application's cash from now on; call once the shop is open. */
void till_counter_page_follow (TillCounterPage *self, TillApplication *application);

/* Shows the open sale's amount and way to pay, with nothing given yet. */
void till_counter_page_begin (TillCounterPage *self);

G_END_DECLS
