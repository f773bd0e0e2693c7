/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-enrolment.h"

G_BEGIN_DECLS

/*
 * Is a picture good enough to make a template of? Stricter than for paying: a poor template is met again with every
 * payment. Each limit stands beside what it was measured on in the .c file.
 */

/* %TILL_ENROLMENT_HINT_NONE for a good frame, otherwise what is wrong with it. @first: no template was taken yet. */
TillEnrolmentHint till_enrolment_gate_judge (const TillFaces *faces, gboolean first);

/* The same for a photograph, whose pose and liveness do not matter; %TILL_ERROR_REFUSED in words. */
gboolean till_enrolment_gate_judge_photo (const TillFaces *faces, GError **error);

G_END_DECLS
