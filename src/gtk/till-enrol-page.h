/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_ENROL_PAGE (till_enrol_page_get_type ())
G_DECLARE_FINAL_TYPE (TillEnrolPage, till_enrol_page, TILL, ENROL_PAGE, GtkWidget)

/** TillEnrolPage: what the customer sees of an enrolment: the text to agree to, the mirror, how it went. */
GtkWidget *till_enrol_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @sitting: (nullable) the one to show from now on. */
void till_enrol_page_show_sitting (TillEnrolPage *self, TillSitting *sitting);

/* Once: from now on it follows what is typed, and whether the tester's view is to be shown. */
void till_enrol_page_follow (TillEnrolPage *self, TillApplication *application);

G_END_DECLS
