/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

G_BEGIN_DECLS

/* In the order in which they are worked out, each on what those before it have left. */
typedef enum
{
  TILL_DISCOUNT_LINE,      /* on one article, by the cashier */
  TILL_DISCOUNT_BASKET,    /* on everything, by the cashier */
  TILL_DISCOUNT_THRESHOLD, /* for goods worth so much or more */
  TILL_DISCOUNT_GIFT,      /* drawn by lot */
  TILL_DISCOUNT_SMILE,     /* for a smile, by how much of one; or instead of it … */
  TILL_DISCOUNT_EQUAL,     /* … what a whole smile takes off, for whoever pays another way */
} TillDiscountKind;

#define TILL_N_DISCOUNT_KINDS (TILL_DISCOUNT_EQUAL + 1)

/**
 * TillDiscount: one sum taken off. It is taken off prices as they are marked: tax and all in a shop whose prices hold
 * the tax, before tax in one whose prices don't.
 */
typedef struct
{
  TillDiscountKind kind;
  char *article;    /* (nullable) id of the article it is on; NULL for the whole basket */
  int rate;         /* hundredths of a per cent, 0 if it was given as an amount */
  TillMoney amount; /* taken off, above 0 */
} TillDiscount;

/* Frees what @discount holds, not itself. */
void till_discount_clear (TillDiscount *discount);

/* "line", "basket", "threshold", "gift", "smile", "equal": words of the ledger's format (transfer none). */
const char *till_discount_kind_to_string (TillDiscountKind kind);
gboolean till_discount_kind_from_string (const char *word, TillDiscountKind *kind);

/* "Smile discount" in the user's language (transfer none). */
const char *till_discount_kind_get_label (TillDiscountKind kind);
/* "Smile discount 3.2 %": the label, and the rate if there is one (transfer full). */
char *till_discount_format (const TillDiscount *discount);

G_END_DECLS
