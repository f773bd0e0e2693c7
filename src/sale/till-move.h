/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"
#include "ledger/till-ledger-entry.h"
#include "sale/till-receipt.h"

G_BEGIN_DECLS

/* One time that money was to move: a charge to a face or its refund, or cash and cards at the counter. */
typedef enum
{
  TILL_MOVE_OPEN, /* the end is not known */
  TILL_MOVE_DONE,
  TILL_MOVE_DECLINED,
} TillMoveStatus;

/**
 * TillMove: money that moved, or was to, as the ledger's rows tell it. Strings are the rows'.
 */
typedef struct
{
  gboolean refund;
  gboolean reversal;  /* of a refund: it undoes a charge that nobody wanted any more */
  gboolean void_sale; /* of a refund: the sale never was */
  gboolean undone;    /* by reversals: a charge that they gave back to the last unit, or one of them */
  TillMoveStatus status;
  TillMoney amount;
  const char *tender;           /* %TILL_TENDER_FACE, _CASH or _CARD */
  const char *sale;             /* (nullable) */
  const char *attempt;          /* (nullable) by face: its id … */
  const char *of;               /* (nullable) … and of a refund, the charge's */
  const TillLedgerEntry *begin; /* the intent's row, or the only one; NULL if it lies before the rows */
  const TillLedgerEntry *end;   /* the end's row, or the only one; NULL while it is open */
} TillMove;

/*
 * The moves in @rows (element-type TillLedgerEntry), in the ledger's order: (element-type TillMove) (transfer full),
 * good for as long as @rows are. An end of which the intent lies before @rows is one too. %TILL_ERROR_CORRUPT or
 * %TILL_ERROR_CURRENCY naming the row that can't be understood.
 */
GArray *till_moves_read (GPtrArray *rows, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @receipt is of the same kind and amount as @move, so that it can be its. */
gboolean till_move_is_told_by (const TillMove *move, const TillReceipt *receipt);

/*
 * The receipt of @move as it was worked out before the money moved, if its row holds one that is of it (transfer full)
 * (nullable).
 */
TillReceipt *till_move_read_receipt (const TillMove *move);

G_END_DECLS
