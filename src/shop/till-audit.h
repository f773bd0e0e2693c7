/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TillAuditFinding: one thing that is wrong. Immutable.
 */
typedef struct
{
  char *check;   /* a stable word: "chain", "anchor", "consent", "record", "charge", "retention", "pass" */
  char *subject; /* what it is about, such as "row 17" or a customer's id */
  char *words;   /* what is wrong */
  char *mend;    /* what to do about it */
} TillAuditFinding;

/**
 * TillAudit: what checking the books and records came to. Immutable, reference-counted.
 */
typedef struct
{
  gint64 rows;          /* of the ledger that are right, from the first on */
  guint consents;       /* that were checked */
  guint records;        /* that were checked */
  guint charges;        /* by face that were checked */
  guint passes;         /* that were checked */
  GPtrArray *findings;  /* (element-type TillAuditFinding), in the order of the checks */
  GPtrArray *unchecked; /* (element-type utf8) what could not be checked and why, in words */
} TillAudit;

#define TILL_TYPE_AUDIT (till_audit_get_type ())
GType till_audit_get_type (void);

TillAudit *till_audit_ref (TillAudit *self);
void till_audit_unref (TillAudit *self);

/* In lines, to be read (transfer full). */
char *till_audit_to_text (const TillAudit *self);
/* For programs (transfer full). */
JsonObject *till_audit_to_json (const TillAudit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillAudit, till_audit_unref)

G_END_DECLS
