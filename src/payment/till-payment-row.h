/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger-entry.h"
#include "payment/till-provider.h"

G_BEGIN_DECLS

/*
 * The rows that payments write, and what can be read from them. Bodies:
 *
 *   charge-intent {amount, currency, key, provider, [provider_account], [provider_customer], and what the caller adds}
 *   charge-end    {status, amount, currency, [reference], [code]}
 *   charge-doubt  {code, asked: "charge" or "query", sent, [reference], [message]}
 *   tender        {tender, amount, given, change, currency}
 */

#define TILL_PAYMENT_ASKED_CHARGE "charge"
#define TILL_PAYMENT_ASKED_QUERY  "query"

/* @extra: (nullable) members of the names above are overwritten. */
TillLedgerEntry *till_payment_intent_row (const TillChargeRequest *request,
                                          TillProvider *provider,
                                          JsonObject *extra) G_GNUC_WARN_UNUSED_RESULT;
TillLedgerEntry *till_payment_end_row (const char *sale,
                                       const char *attempt,
                                       const TillMoney *amount,
                                       const TillChargeResult *result) G_GNUC_WARN_UNUSED_RESULT;
TillLedgerEntry *till_payment_doubt_row (const char *sale,
                                         const char *attempt,
                                         const char *asked,
                                         const TillChargeResult *result) G_GNUC_WARN_UNUSED_RESULT;
TillLedgerEntry *till_payment_tender_row (const char *sale,
                                          const char *tender,
                                          const TillMoney *amount,
                                          const TillMoney *given,
                                          const TillMoney *change) G_GNUC_WARN_UNUSED_RESULT;

/* The request that a charge-intent row is about, its payer as for a query (transfer full); %TILL_ERROR_CORRUPT. */
TillChargeRequest *till_payment_read_intent (const TillLedgerEntry *intent, GError **error);
/* TRUE if the attempt was made with @provider, in the same books. */
gboolean till_payment_is_of_provider (const TillLedgerEntry *intent, TillProvider *provider);

/* %TILL_ERROR_REFUSED if, by its @rows, @sale is paid or has an attempt without an end. */
gboolean till_payment_check_sale (const char *sale, GPtrArray *rows, GError **error);

/* TRUE if @rows, all of one attempt, have a doubt with @code. */
gboolean till_payment_has_doubt (GPtrArray *rows, const char *code);

/*
 * The intent among @rows, all of one attempt, if the attempt is open and its charge certainly sent nothing
 * (transfer none) (nullable).
 */
const TillLedgerEntry *till_payment_find_unsent (GPtrArray *rows);

G_END_DECLS
