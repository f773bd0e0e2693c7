/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-sitting.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_ENROL_CHOICES (till_enrol_choices_get_type ())
G_DECLARE_FINAL_TYPE (TillEnrolChoices, till_enrol_choices, TILL, ENROL_CHOICES, GtkWidget)

/**
 * TillEnrolChoices: what a customer decides before there is anything to agree to: where their face is kept, and whether
 * they are old enough. Nothing is chosen beforehand.
 */
GtkWidget *till_enrol_choices_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @sitting: (nullable) whose choices it shows and makes from now on, by the actions enrol-keep, -age and -guardian. */
void till_enrol_choices_set_sitting (TillEnrolChoices *self, TillSitting *sitting);

G_END_DECLS
