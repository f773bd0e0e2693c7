/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-consent.h"
#include "ledger/till-ledger.h"

G_BEGIN_DECLS

/*
 * Writes the consent @body to the ledger, on the store's thread, inside its transaction; and before it, once, the wording
 * it names in full, as a row of kind "wording" {hash, version, language, text}. @sale is nullable. %TILL_ERROR_INVALID where
 * the hash in @body is not that of the wording as this till has it now: nobody agrees to what they were not shown. The row
 * of the consent (transfer full).
 */
TillLedgerEntry *till_consent_write_within (TillLedger *ledger,
                                            sqlite3 *db,
                                            const char *sale,
                                            JsonObject *body,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
