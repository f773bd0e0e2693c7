/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger-entry.h"

G_BEGIN_DECLS

/* Hex digits of a hash; the first row's previous hash is that many zeros. */
#define TILL_LEDGER_HASH_LENGTH 64
#define TILL_LEDGER_HASH_START  "0000000000000000000000000000000000000000000000000000000000000000"

/**
 * TillLedgerRow: one row as it lies in the database, every text as its very bytes, since a tampered one may hold
 * anything. Missing ones are NULL.
 */
typedef struct
{
  gint64 seq;
  gint64 at_us;
  GBytes *kind;
  GBytes *sale;
  GBytes *attempt;
  GBytes *body;
  GBytes *previous;
  GBytes *hash;
} TillLedgerRow;

/* (transfer full) */
TillLedgerRow *till_ledger_row_new (void);
void till_ledger_row_free (TillLedgerRow *self);

/* What the row's hash must be: lower-case hex (transfer full). */
char *till_ledger_row_compute_hash (const TillLedgerRow *self);

/*
 * Whether the row stands rightly after a row numbered @seq - 1 that has the hash @previous; if not,
 * %TILL_ERROR_CORRUPT with what is wrong.
 */
gboolean till_ledger_row_check (const TillLedgerRow *self, gint64 seq, const char *previous, GError **error);

/* %TILL_ERROR_CORRUPT if it can't be one (transfer full). */
TillLedgerEntry *till_ledger_row_to_entry (const TillLedgerRow *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillLedgerRow, till_ledger_row_free)

G_END_DECLS
