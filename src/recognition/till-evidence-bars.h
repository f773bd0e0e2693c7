/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-evidence-bar.h"
#include "recognition/till-operating-point.h"
#include "vision/till-vision.h"

G_BEGIN_DECLS

/* All with their thresholds and nothing measured. @bars: %TILL_EVIDENCE_N_BARS of them. */
void till_evidence_bars_init (TillEvidenceBar *bars, const TillOperatingPoint *point);

/* Size, sharpness, light and pose of a face of which %TILL_QUALITY_GATE_WANTED was measured. */
void till_evidence_bars_measure_quality (TillEvidenceBar *bars,
                                         const TillOperatingPoint *point,
                                         const TillFace *face);

G_END_DECLS
