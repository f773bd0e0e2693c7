/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-scores.h"

G_BEGIN_DECLS

/**
 * TillPassAttempts: what holders of a face pass would meet if it kept so many bits of each component of the template: the
 * same tries as #TillIdentityAttempts, against the template that is read back from the pass. Only probes that the till would
 * decide on are tried.
 */
typedef struct
{
  guint bits;
  guint templates;
  double least_likeness; /* cosine between a template and what is read back of it */
  double mean_likeness;
  TillScores *genuine;
  TillScores *impostor;
} TillPassAttempts;

TillPassAttempts *till_pass_attempts_new (guint bits) G_GNUC_WARN_UNUSED_RESULT;
void till_pass_attempts_free (TillPassAttempts *self);

/* @coarse: %TILL_VISION_EMBEDDING floats, which become what a pass with the template @mean would hold. */
void till_pass_attempts_write (TillPassAttempts *self, const float *mean, float *coarse);

void
till_pass_attempts_try (TillPassAttempts *self, const float *coarse, const float *probe, gboolean genuine);

/* Counts that template among those of the pass's holders. */
void till_pass_attempts_count (TillPassAttempts *self, const float *mean, const float *coarse);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPassAttempts, till_pass_attempts_free)

G_END_DECLS
