/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-charge.h"

G_BEGIN_DECLS

/**
 * TillDecline: what a code of a charge's or refund's end or doubt comes down to for whoever stands at the counter. Pages
 * choose their words by it; none of them may tell the customer more than the bank meant them to hear, so lost and stolen
 * cards and suspected fraud are TILL_DECLINE_BANK like any other no.
 */
typedef enum
{
  TILL_DECLINE_NONE, /* no code */

  /* Declined: nothing was charged */
  TILL_DECLINE_BANK,    /* the bank says no, and not why */
  TILL_DECLINE_FUNDS,   /* not enough money on the account */
  TILL_DECLINE_LIMIT,   /* above a limit of the card, by amount or count */
  TILL_DECLINE_EXPIRED, /* the card has expired */
  TILL_DECLINE_CARD,    /* the card can't be used for this: wrong kind, currency or details; enrol another */
  TILL_DECLINE_AUTHENTICATION, /* the bank wants to ask the customer first */
  TILL_DECLINE_TRY_AGAIN,      /* the bank could not be asked: trying again may help */
  TILL_DECLINE_DUPLICATE,      /* the bank takes it for a payment it has carried out just now */
  TILL_DECLINE_AMOUNT,         /* the amount is too small or too large for the service */
  TILL_DECLINE_GONE,           /* the customer's payment method is no longer there: enrol again */
  TILL_DECLINE_SETUP,          /* the shop's account or key at the service is not right: call the owner */
  TILL_DECLINE_SERVICE,        /* the payment service broke, and has certainly not carried it out */
  TILL_DECLINE_NOT_SENT,       /* it never left this machine */
  TILL_DECLINE_NOT_FOUND,      /* the service never heard of it */
  TILL_DECLINE_CANCELLED,      /* it was cancelled before it was carried out */
  TILL_DECLINE_REVERSED,       /* no money was taken, or all of it was given back */
  TILL_DECLINE_SETTLED,        /* a manager's word */
  TILL_DECLINE_REFUNDED,       /* a refund of what has been given back already */
  TILL_DECLINE_REFUND,         /* a refund that the bank would not take */

  /* In doubt: whether anything was charged is not known yet */
  TILL_DECLINE_DOUBT_UNREACHABLE, /* nothing was sent: the service can't be reached */
  TILL_DECLINE_DOUBT_SILENT,      /* sent, and no answer came */
  TILL_DECLINE_DOUBT_PROCESSING,  /* the bank takes its time */
  TILL_DECLINE_DOUBT_BUSY,        /* the service asks to wait */
  TILL_DECLINE_DOUBT_SERVICE,     /* the service broke in the middle of it */
  TILL_DECLINE_DOUBT_ANSWER,      /* an answer that can't be believed */
  TILL_DECLINE_DOUBT_LEDGER,      /* the answer is known, but could not be written down */
} TillDecline;

/* @status: the result's; @code: (nullable) its code. Unknown codes are BANK when declined, SILENT when unknown. */
TillDecline till_decline_from_code (TillChargeStatus status, const char *code);

/* A stable name for logs and JSON, as "funds" (transfer none). */
const char *till_decline_to_string (TillDecline decline);

/* TRUE if trying the same again at once has a chance. */
gboolean till_decline_may_retry (TillDecline decline);

/* Known codes, one after the other from @index 0 on; NULL after the last (transfer none). For tables and their tests. */
const char *till_decline_get_code (guint index, TillChargeStatus *status);

G_END_DECLS
