/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger-entry.h"

G_BEGIN_DECLS

/**
 * TillAuditBooks: all rows of a ledger, and where in it what an audit asks for is. Tables give rows that belong to @rows.
 */
typedef struct
{
  GPtrArray *rows;      /* (element-type TillLedgerEntry), oldest first */
  GHashTable *consents; /* by their id */
  GHashTable *wordings; /* by their hash */
  GHashTable *keys;     /* of the till, by the key */
  GHashTable *enrolled; /* by the customer's id */
  GHashTable *agreed;   /* consents to being enrolled or to a pass, by the customer's or pass's id */
  GHashTable *erased;   /* by the customer's id */
  GHashTable *issued;   /* by the pass's id */
  GHashTable *revoked;  /* by the pass's id */
} TillAuditBooks;

/* @rows: (transfer full) (transfer full). */
TillAuditBooks *till_audit_books_new (GPtrArray *rows) G_GNUC_WARN_UNUSED_RESULT;
void till_audit_books_free (TillAuditBooks *self);

/* A member of a row's body that is a text (nullable), or a number (0 where it is none). */
const char *till_audit_books_text (const TillLedgerEntry *row, const char *member);
gint64 till_audit_books_number (const TillLedgerEntry *row, const char *member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillAuditBooks, till_audit_books_free)

G_END_DECLS
