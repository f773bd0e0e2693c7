/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-recognizer-purpose.h"
#include "recognition/till-sighting.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_TESTER_PANEL (till_tester_panel_get_type ())
G_DECLARE_FINAL_TYPE (TillTesterPanel, till_tester_panel, TILL, TESTER_PANEL, GtkWidget)

/**
 * TillTesterPanel: everything a tester wants to know of a sighting but the marks in the picture: the decision, each
 * piece of evidence, hint and smile, the pace of the frames, and the time each stage took.
 */
GtkWidget *till_tester_panel_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* To be called for every sighting, shown or not: it is what the pace is worked out from. */
void till_tester_panel_count (TillTesterPanel *self, TillSighting *sighting);

/* @now_us: monotonic, to say how old the frame is; 0 leaves age and pace out. */
void till_tester_panel_show_sighting (TillTesterPanel *self,
                                      TillSighting *sighting,
                                      TillRecognizerPurpose purpose,
                                      gint64 now_us);
void till_tester_panel_clear (TillTesterPanel *self);

G_END_DECLS
