/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-payment.h"
#include "store/till-store.h"

G_BEGIN_DECLS

/**
 * TillTestJournal: a ledger in a folder of its own, with a payment on it and a clock that a test moves.
 */
typedef struct
{
  char *dir;
  char *path; /* of the database */
  TillStore *store;
  TillLedger *ledger;
  TillClock *clock;
  TillPayment *payment;
  GString *steps; /* what "step" said, each followed by a space */
} TillTestJournal;

/* @provider: (nullable) */
TillTestJournal *till_test_journal_open (TillProvider *provider);
/* As after a crash: everything anew on the same file. */
void till_test_journal_reopen (TillTestJournal *self, TillProvider *provider);
void till_test_journal_close (TillTestJournal *self);

/* Lets go of the file, so that another process can have it until it is reopened. */
void till_test_journal_hand_over (TillTestJournal *self);

void till_test_journal_advance (TillTestJournal *self, gint64 seconds);

/* How many rows of @kind are in the file itself at this moment, read from outside. Any thread. */
int till_test_journal_count_on_disk (TillTestJournal *self, const char *kind);

/* The only row of @kind of @sale (transfer full). */
TillLedgerEntry *till_test_journal_only (TillTestJournal *self, const char *kind, const char *sale);

/* The chain is whole. */
void till_test_journal_verify (TillTestJournal *self);

G_END_DECLS
