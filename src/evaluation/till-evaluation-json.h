/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-error-table.h"
#include "evaluation/till-examination.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The members every suite's object has in common; docs/operating-point.md explains each. What is no number (a rate of
 * nothing, a threshold that can't be known) is null.
 */

/* @number, or null for NaN and infinity. */
void till_evaluation_json_add_number (JsonObject *object, const char *name, double number);

/* "NAME", "NAME_lower" and "NAME_upper". */
void till_evaluation_json_add_rate (JsonObject *object, const char *name, const TillErrorRate *rate);

/* {"threshold", "fmr", "fmr_lower", "fmr_upper", "false_matches", "impostor", "fnmr", ...} (transfer full). */
JsonObject *till_evaluation_json_row (const TillErrorRow *row);

/* "rates", "operating_point", "eer", "auc", "genuine_mean", "impostor_mean". */
void till_evaluation_json_add_table (JsonObject *object, const TillErrorTable *table);

/* "bounds": what the bounds are. */
void till_evaluation_json_add_bounds (JsonObject *object);

/* "trouble": {"no_face", "unreadable", "skipped", "folders"}. */
void till_evaluation_json_add_trouble (JsonObject *object, const TillSpecimenSet *set);

/* "specimens", "photographs", "clips", "pictures", "faces", "no_face", "unreadable", "skipped" of some groups. */
void till_evaluation_json_add_counts (JsonObject *object,
                                      const TillSpecimenSet *set,
                                      guint first_group,
                                      guint n_groups);

/* Stable name of a gate's hint: "good", "no_face", "closer", ... */
const char *till_evaluation_json_hint (TillHint hint);

G_END_DECLS
