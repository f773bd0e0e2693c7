/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_DATA_PAGE (till_data_page_get_type ())
G_DECLARE_FINAL_TYPE (TillDataPage, till_data_page, TILL, DATA_PAGE, GtkWidget)

/** TillDataPage: the customer's side of seeing or erasing what is kept of them, by proving to be here in person. */
GtkWidget *till_data_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Once: from now on it shows the application's data case. */
void till_data_page_follow (TillDataPage *self, TillApplication *application);

G_END_DECLS
