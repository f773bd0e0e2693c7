/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger.h"

G_BEGIN_DECLS

/* A ledger in a folder of its own, under a clock that the test sets, and calls of it that wait for their end. */
typedef struct
{
  char *folder;
  char *path;
  TillClock *clock;
  TillStore *store;
  TillLedger *ledger;
} LedgerFixture;

void ledger_fixture_set_up (LedgerFixture *self, gconstpointer data);
void ledger_fixture_tear_down (LedgerFixture *self, gconstpointer data);

/* Closes everything but the folder, and opens it again. */
void ledger_fixture_close (LedgerFixture *self);
void ledger_fixture_open (LedgerFixture *self);

/* What till_clock_utc() gives from now on. */
void ledger_fixture_set_utc (LedgerFixture *self, gint64 utc_us);

/* @body: JSON text. */
TillLedgerEntry *ledger_fixture_append (LedgerFixture *self,
                                        const char *kind,
                                        const char *sale,
                                        const char *attempt,
                                        const char *body,
                                        GError **error);
GPtrArray *ledger_fixture_list (LedgerFixture *self,
                                const char *kind,
                                const char *sale,
                                const char *attempt,
                                guint limit,
                                GError **error);
GPtrArray *ledger_fixture_list_open (LedgerFixture *self, GError **error);
gint64 ledger_fixture_verify (LedgerFixture *self, GError **error);

/* Runs @sql on the closed file with nothing in its way: the triggers are dropped first. */
void ledger_fixture_tamper (LedgerFixture *self, const char *sql);

G_END_DECLS
