/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

G_BEGIN_DECLS

/* Ways to pay. The words are part of the ledger's format. */
#define TILL_TENDER_FACE "face"
#define TILL_TENDER_CASH "cash"
#define TILL_TENDER_CARD "card"

/**
 * TillTender: how a sale was paid. Strings belong to whoever fills it in; a receipt copies them.
 */
typedef struct
{
  const char *kind;      /* one of the above */
  TillMoney amount;      /* what the sale took */
  TillMoney given;       /* what the customer handed over: the amount, or more in cash */
  TillMoney change;      /* what they got back: given - amount */
  const char *reference; /* (nullable) the provider's id of the payment */
  const char *approval;  /* (nullable) the provider's approval, or the card terminal's slip number */
} TillTender;

/*
 * Works out the change. %TILL_ERROR_REFUSED if @given is less than @amount, %TILL_ERROR_CURRENCY if it is other
 * money, %TILL_ERROR_INVALID for a negative amount.
 */
gboolean
till_tender_init_cash (TillTender *tender, const TillMoney *amount, const TillMoney *given, GError **error);

/* Exactly @amount by @kind; the strings are borrowed. %TILL_ERROR_INVALID for another kind or a negative amount. */
gboolean till_tender_init_exact (TillTender *tender,
                                 const char *kind,
                                 const TillMoney *amount,
                                 const char *reference,
                                 const char *approval,
                                 GError **error);

/* TRUE if kind is known, nothing is negative and given - change = amount; otherwise %TILL_ERROR_INVALID. */
gboolean till_tender_check (const TillTender *tender, GError **error);

/* The way to pay in the user's language (transfer none). */
const char *till_tender_get_label (const char *kind);

G_END_DECLS
