/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-receipt.h"

G_BEGIN_DECLS

typedef enum
{
  TILL_SALE_PAID,
  TILL_SALE_PARTLY_REFUNDED,
  TILL_SALE_REFUNDED, /* all of it */
  TILL_SALE_VOIDED,
  TILL_SALE_DECLINED, /* nothing was paid in the end */
  TILL_SALE_UNKNOWN,  /* the end of a payment or of a refund is not known */
  TILL_SALE_DISPUTED, /* “This wasn't me”, whatever was given back since */
} TillSaleState;

/* One thing that happened to a sale. */
typedef struct
{
  gint64 at_us;
  const char *words; /* a sentence or two in the user's language: what happened, and why */
} TillSaleEvent;

#define TILL_TYPE_SALE_STORY (till_sale_story_get_type ())
G_DECLARE_FINAL_TYPE (TillSaleStory, till_sale_story, TILL, SALE_STORY, GObject)

/**
 * TillSaleStory: one sale as the ledger tells it: what it came to, how it was paid, and all that happened since, in
 * words. Immutable; any thread. An object so that it can stand in a list model.
 */

/*
 * The stories of all sales in @rows (element-type TillLedgerEntry): (element-type TillSaleStory) (transfer full), newest
 * first.
 *
 * @rows: in the ledger's order; of each sale all of them. Rows of no sale are passed over, and so are sales of which no
 * money was ever asked. A row that can't be understood is told of among the events, never left out.
 */
GPtrArray *till_sale_stories_new (GPtrArray *rows);

/* All (transfer none). */
const char *till_sale_story_get_id (TillSaleStory *self);
/* (nullable) the receipt's; NULL without one */
const char *till_sale_story_get_number (TillSaleStory *self);
/* What to call it on a page: the number, or the last of the id (never NULL). */
const char *till_sale_story_get_name (TillSaleStory *self);
/* When it was paid, or else first tried. */
gint64 till_sale_story_get_at_us (TillSaleStory *self);
const TillMoney *till_sale_story_get_total (TillSaleStory *self);
/* %TILL_TENDER_FACE, _CASH or _CARD: how it was paid, or last tried. */
const char *till_sale_story_get_tender (TillSaleStory *self);
TillSaleState till_sale_story_get_state (TillSaleStory *self);
/* The state in the user's language, a word or two. */
const char *till_sale_story_get_state_label (TillSaleStory *self);
/* What was given back for certain; what may have been, its end not being known; what is left of the total without both. */
const TillMoney *till_sale_story_get_refunded (TillSaleStory *self);
const TillMoney *till_sale_story_get_refunding (TillSaleStory *self);
const TillMoney *till_sale_story_get_left (TillSaleStory *self);
/* (nullable) the sale's own; NULL while it is not paid */
TillReceipt *till_sale_story_get_receipt (TillSaleStory *self);
/* (element-type TillReceipt) receipts of refunds, oldest first, those whose end is not known among them. */
GPtrArray *till_sale_story_get_refunds (TillSaleStory *self);
/* (nullable) id of the customer whose face it was charged to */
const char *till_sale_story_get_customer (TillSaleStory *self);
/* (nullable) the attempt, a charge or a refund, of which the end is not known */
const char *till_sale_story_get_open_attempt (TillSaleStory *self);

/* Oldest first; @index below the number. */
guint till_sale_story_get_n_events (TillSaleStory *self);
const TillSaleEvent *till_sale_story_get_event (TillSaleStory *self, guint index);

/*
 * Whether every word of @text is found: in the number or name, an article's name (whatever its case and accents), an
 * amount as typed ("12.50", "12,50", "€12.50"), the local time ("14:05") or day ("2026-11-22"), or the last of the id,
 * four characters or more. TRUE for empty text.
 */
gboolean till_sale_story_matches (TillSaleStory *self, const char *text);

G_END_DECLS
