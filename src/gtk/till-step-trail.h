/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_STEP_TRAIL (till_step_trail_get_type ())
G_DECLARE_FINAL_TYPE (TillStepTrail, till_step_trail, TILL, STEP_TRAIL, GtkWidget)

/** TillStepTrail: the steps of something in a row: those done, the present one, those to come. */
GtkWidget *till_step_trail_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @names: NULL-terminated, shown as they are; copied. */
void till_step_trail_set_steps (TillStepTrail *self, const char *const *names);
/* Counted from 0. */
void till_step_trail_set_now (TillStepTrail *self, guint now);

G_END_DECLS
