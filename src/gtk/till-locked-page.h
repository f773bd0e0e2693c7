/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_LOCKED_PAGE (till_locked_page_get_type ())
G_DECLARE_FINAL_TYPE (TillLockedPage, till_locked_page, TILL, LOCKED_PAGE, GtkWidget)

/**
 * TillLockedPage: paying by face has to wait: the other ways to pay, and how long it is until it can be tried again.
 * When the time is over it leads back to the ways to pay by itself.
 */
GtkWidget *till_locked_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_locked_page_follow (TillLockedPage *self, TillApplication *application);

/* What is left of @left_us microseconds, as minutes and seconds, begun ones whole: "0:27" (transfer full). */
char *till_locked_page_format_left (gint64 left_us);

G_END_DECLS
