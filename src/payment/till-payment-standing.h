/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

G_BEGIN_DECLS

/**
 * TillPaymentStanding: how a sale stands, by its rows of the ledger. Charges that were reversed as soon as they turned out
 * to be taken count neither as paid nor as refunded, once they are given back.
 */
typedef struct
{
  TillMoney paid;      /* by any tender; minor 0 where nothing is, currency "" where there is none yet */
  TillMoney refunded;  /* given back for certain, by any way */
  TillMoney refunding; /* refunds whose end is not known */
  char *tender;        /* (nullable) "face", "cash" or "card": how it was paid */
  char *attempt;       /* (nullable) the approved charge */
  char *reference;     /* (nullable) the provider's id of that charge */
  gboolean open;       /* a charge or refund of it has no end yet */
} TillPaymentStanding;

/*
 * @rows: all rows of @sale (element-type TillLedgerEntry), oldest first. Fills in @standing. %TILL_ERROR_CORRUPT for rows
 * that can't be read as payments, %TILL_ERROR_CURRENCY for ones of several currencies.
 */
gboolean
till_payment_standing_read (TillPaymentStanding *standing, const char *sale, GPtrArray *rows, GError **error);

/* What could still be given back: paid less refunded and refunding; never below zero. */
TillMoney till_payment_standing_get_left (const TillPaymentStanding *standing);

void till_payment_standing_clear (TillPaymentStanding *standing);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillPaymentStanding, till_payment_standing_clear)

G_END_DECLS
