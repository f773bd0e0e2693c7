/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the evidence says so far. */
typedef enum
{
  TILL_EVIDENCE_OPEN, /* not enough seen */
  TILL_EVIDENCE_FOR,
  TILL_EVIDENCE_AGAINST,
} TillEvidence;

G_END_DECLS
