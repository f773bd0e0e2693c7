/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-evidence-bar.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_EVIDENCE_METER (till_evidence_meter_get_type ())
G_DECLARE_FINAL_TYPE (TillEvidenceMeter, till_evidence_meter, TILL, EVIDENCE_METER, GtkWidget)

/**
 * TillEvidenceMeter: one piece of evidence as a bar with a mark where its threshold is. The colour says what the
 * evidence says; the wanted side of the mark is shaded.
 */
GtkWidget *till_evidence_meter_new (TillEvidencePiece piece) G_GNUC_WARN_UNUSED_RESULT;

/* NULL: nothing has been measured. */
void till_evidence_meter_show (TillEvidenceMeter *self, const TillEvidenceBar *bar);

/* In the language of the window, as "Sharp". */
const char *till_evidence_meter_get_title (TillEvidencePiece piece);

/* The raw value against its threshold, as "132≥120"; "–" while it was not measured (transfer full). */
char *till_evidence_meter_get_reading (const TillEvidenceBar *bar);

G_END_DECLS
