/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-audit.h"

G_BEGIN_DECLS

/* Nothing is found yet; to be filled in before anybody else sees it (transfer full). */
TillAudit *till_audit_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The checks' stable words. */
#define TILL_AUDIT_CHAIN     "chain"
#define TILL_AUDIT_ANCHOR    "anchor"
#define TILL_AUDIT_CONSENT   "consent"
#define TILL_AUDIT_RECORD    "record"
#define TILL_AUDIT_CHARGE    "charge"
#define TILL_AUDIT_RETENTION "retention"
#define TILL_AUDIT_PASS      "pass"

/* All is copied. */
void till_audit_find (
    TillAudit *self, const char *check, const char *subject, const char *words, const char *mend);

/* @words: what could not be checked and why, as printf has it. */
void till_audit_leave (TillAudit *self, const char *words, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
