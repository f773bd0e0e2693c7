/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-receipt.h"

G_BEGIN_DECLS

/* Longest reason of a refund, in characters. */
#define TILL_REFUND_REASON_MOST 500

/* Some of one article of a sale's receipt. */
typedef struct
{
  const char *article; /* id */
  guint quantity;      /* 1 or more */
} TillRefundLine;

/**
 * TillRefund: what is to be given back of a sale. All borrowed.
 */
typedef struct
{
  const GArray
      *lines; /* (nullable) (element-type TillRefundLine): NULL for all that is left, or @amount of it */
  const TillMoney
      *amount;        /* (nullable) only without @lines: a part of what is left, for nothing in particular */
  const char *reason; /* 1..%TILL_REFUND_REASON_MOST characters, see till_refund_check_reason() */
  const char *tender; /* how it is given back: %TILL_TENDER_FACE, _CASH or _CARD */
  const char *reference; /* (nullable) the provider's id of the refund */
  gboolean void_sale;    /* the sale is undone: printed as such */
} TillRefund;

/**
 * The receipt of a refund, which is a receipt as any other (till_receipt_is_refund()): its amounts are what is given
 * back, tax and all, not below zero; the text shows them with a minus.
 *
 * @sale: the receipt of the sale. @earlier: (element-type TillReceipt) (nullable) the sale's refunds that were made
 * before or are not known to have failed, oldest first, as of till_refund_read_all(). @number: see till_receipt_new().
 *
 * What some of a line is worth is worked out on what has been given back so far and after, so that refunds in any
 * order and of any split add up to exactly what was paid, and their taxes, class by class, to exactly the sale's. Of a
 * line that does not say its class (receipts of before discounts), the tax is the sale's on average.
 *
 * %TILL_ERROR_REFUSED for more than is left of the sale or of a line, and for lines when an earlier refund does not
 * say what it was for; %TILL_ERROR_NOT_FOUND for an article that was not sold; %TILL_ERROR_INVALID for a reason,
 * number, tender or quantity that can't be (transfer full).
 */
TillReceipt *till_receipt_new_refund (const TillReceipt *sale,
                                      GPtrArray *earlier,
                                      const TillRefund *refund,
                                      const char *number,
                                      gint64 at_us,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * The refunds among @rows (element-type TillLedgerEntry), oldest first: (element-type TillReceipt) (transfer full).
 *
 * @rows: all of one sale, in the ledger's order. Counted are refund rows, and refund-intent rows without an end that
 * says declined. Each holds in its body as "receipt" what till_receipt_to_json() gave of its receipt as it was worked
 * out before it was sent; where that is missing it is worked out again from "amount" and "lines".
 */
GPtrArray *till_refund_read_all (const TillReceipt *sale, GPtrArray *rows, GError **error);

/* For the body of a refund's row: [{"article", "quantity", "amount"}] (transfer full). */
JsonArray *till_refund_lines_to_json (const TillReceipt *refund);

/* What is left to give back after @earlier (nullable); how many of the receipt's line @index are. */
TillMoney till_refund_get_left (const TillReceipt *sale, GPtrArray *earlier);
guint till_refund_get_quantity_left (const TillReceipt *sale, GPtrArray *earlier, guint index);
/* FALSE when an earlier refund does not say what it was for: then only all that is left can be given back. */
gboolean till_refund_can_choose_lines (const TillReceipt *sale, GPtrArray *earlier);

/* TRUE for 1..%TILL_REFUND_REASON_MOST characters of UTF-8 on one line; otherwise %TILL_ERROR_INVALID. */
gboolean till_refund_check_reason (const char *reason, GError **error);

G_END_DECLS
