/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger-entry.h"

G_BEGIN_DECLS

/*
 * What a row of the ledger says about a sale, in a sentence or two of the user's language (transfer full). A row that
 * can't be understood gives a sentence that says so.
 */
char *till_row_words_new (const TillLedgerEntry *row) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
