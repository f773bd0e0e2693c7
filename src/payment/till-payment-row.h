/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger-entry.h"
#include "payment/till-provider.h"

G_BEGIN_DECLS

/*
 * The rows that payments write, and what can be read from them. Bodies:
 *
 *   charge-intent {amount, currency, key, provider, [provider_account], [payer_sealed], and what the caller adds}; rows of
 *                 earlier programs have the payer of queries in clear, as provider_customer
 *   charge-end    {status, amount, currency, [reference], [code]}
 *   charge-doubt  {code, asked: "charge" or "query", sent, [reference], [message]}
 *   refund-intent {amount, currency, key, provider, [provider_account], reference, of, [reversal], and what the caller adds}
 *   refund-end    as charge-end
 *   refund-doubt  as charge-doubt, asked: "refund" or "query"
 *   settlement    {status: of the end that follows it, evidence, by}
 *   tender        {tender, amount, given, change, currency}
 *   refund        {tender, amount, currency, and what the caller adds}
 */

#define TILL_PAYMENT_ASKED_CHARGE "charge"
#define TILL_PAYMENT_ASKED_REFUND "refund"
#define TILL_PAYMENT_ASKED_QUERY  "query"

/* The code of an end by a manager's word. */
#define TILL_PAYMENT_SETTLED "settled-by-hand"

/* @extra: (nullable) members of the names above are overwritten. */
TillLedgerEntry *till_payment_intent_row (const TillChargeRequest *request,
                                          TillProvider *provider,
                                          JsonObject *extra) G_GNUC_WARN_UNUSED_RESULT;
/* @of: the charge it gives back. */
TillLedgerEntry *till_payment_refund_intent_row (const TillRefundRequest *request,
                                                 TillProvider *provider,
                                                 const char *of,
                                                 JsonObject *extra) G_GNUC_WARN_UNUSED_RESULT;
/* @kind: of a charge or a refund, here and below. */
TillLedgerEntry *till_payment_end_row (const char *kind,
                                       const char *sale,
                                       const char *attempt,
                                       const TillMoney *amount,
                                       const TillChargeResult *result) G_GNUC_WARN_UNUSED_RESULT;
TillLedgerEntry *till_payment_doubt_row (const char *kind,
                                         const char *sale,
                                         const char *attempt,
                                         const char *asked,
                                         const TillChargeResult *result) G_GNUC_WARN_UNUSED_RESULT;
TillLedgerEntry *till_payment_tender_row (const char *sale,
                                          const char *tender,
                                          const TillMoney *amount,
                                          const TillMoney *given,
                                          const TillMoney *change) G_GNUC_WARN_UNUSED_RESULT;

TillLedgerEntry *till_payment_settlement_row (const TillLedgerEntry *intent,
                                              TillChargeStatus status,
                                              const char *evidence,
                                              const char *by) G_GNUC_WARN_UNUSED_RESULT;
TillLedgerEntry *till_payment_refund_row (const char *sale,
                                          const char *tender,
                                          const TillMoney *amount,
                                          JsonObject *extra) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE for the kinds named so. */
gboolean till_payment_is_kind (const TillLedgerEntry *row, const char *kind);
gboolean till_payment_is_intent (const TillLedgerEntry *row);
gboolean till_payment_is_end (const TillLedgerEntry *row);
gboolean till_payment_is_doubt (const TillLedgerEntry *row);
gboolean till_payment_is_refund_intent (const TillLedgerEntry *row);

/* (transfer none) (nullable) a text of its body. */
const char *till_payment_get_text (const TillLedgerEntry *row, const char *name);

/* "amount" and "currency" of a row; %TILL_ERROR_CORRUPT unless it is money, and not below zero. */
gboolean till_payment_read_amount (const TillLedgerEntry *row, TillMoney *amount, GError **error);

/* TRUE if it is an end, and one that moved money, or may have: anything but "declined". */
gboolean till_payment_is_approval (const TillLedgerEntry *row);

/* What an end's row says (transfer full). */
TillChargeResult *till_payment_read_end (const TillLedgerEntry *end);

/*
 * The request that a charge-intent row is about (transfer full); %TILL_ERROR_CORRUPT. @payer: (nullable) as for a query,
 * where it was sealed.
 */
TillChargeRequest *
till_payment_read_intent (const TillLedgerEntry *intent, const char *payer, GError **error);
TillRefundRequest *till_payment_read_refund_intent (const TillLedgerEntry *intent, GError **error);
/* TRUE if the attempt was made with @provider, in the same books. */
gboolean till_payment_is_of_provider (const TillLedgerEntry *intent, TillProvider *provider);

/*
 * %TILL_ERROR_REFUSED if, by its @rows, @sale is paid or has an attempt without an end. A sale without a receipt whose
 * charges were all given back to the last cent is not paid. %TILL_ERROR_CORRUPT where that can't be told.
 */
gboolean till_payment_check_sale (const char *sale, GPtrArray *rows, GError **error);

/* TRUE if @rows, all of one attempt, have a doubt with @code. */
gboolean till_payment_has_doubt (GPtrArray *rows, const char *code);

/* The intent and the end among @rows, all of one attempt; the newest reference in them (transfer none) (nullable). */
const TillLedgerEntry *till_payment_find_intent (GPtrArray *rows);
const TillLedgerEntry *till_payment_find_end (GPtrArray *rows);
const char *till_payment_find_reference (GPtrArray *rows);

/*
 * The intent among @rows, all of one attempt, if the attempt is open and its charge certainly sent nothing
 * (transfer none) (nullable).
 */
const TillLedgerEntry *till_payment_find_unsent (GPtrArray *rows);

G_END_DECLS
