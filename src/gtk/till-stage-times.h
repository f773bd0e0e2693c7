/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_STAGE_TIMES (till_stage_times_get_type ())
G_DECLARE_FINAL_TYPE (TillStageTimes, till_stage_times, TILL, STAGE_TIMES, GtkWidget)

/**
 * TillStageTimes: the milliseconds each stage of vision took when it last ran; pale when it did not run in the newest
 * frame.
 */
GtkWidget *till_stage_times_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_stage_times_show (TillStageTimes *self, const TillVisionTimes *times);
void till_stage_times_clear (TillStageTimes *self);

G_END_DECLS
