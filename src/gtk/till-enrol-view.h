/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_ENROL_VIEW (till_enrol_view_get_type ())
G_DECLARE_FINAL_TYPE (TillEnrolView, till_enrol_view, TILL, ENROL_VIEW, GtkWidget)

/** TillEnrolView: the cashier's side of an enrolment: where it is, and name, digits and payer of the customer. */
GtkWidget *till_enrol_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Follows @application's enrolments; its shop must be open. */
void till_enrol_view_follow (TillEnrolView *self, TillApplication *application);

G_END_DECLS
