/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-sighting.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_EVIDENCE_CHART (till_evidence_chart_get_type ())
G_DECLARE_FINAL_TYPE (TillEvidenceChart, till_evidence_chart, TILL, EVIDENCE_CHART, GtkWidget)

/**
 * TillEvidenceChart: every piece of evidence in a row of its own: its name, a bar, the raw value against its threshold
 * and what it says.
 */
GtkWidget *till_evidence_chart_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* NULL: nothing has been seen. */
void till_evidence_chart_show_sighting (TillEvidenceChart *self, TillSighting *sighting);

G_END_DECLS
