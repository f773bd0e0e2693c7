/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-refund.h"

G_BEGIN_DECLS

/**
 * TillRefundState: how much of each line and of each tax class of a sale has been given back so far. All amounts in
 * minor units, tax and all.
 */
typedef struct
{
  guint quantity; /* given back */
  gint64 paid;    /* for the whole line */
  gint64 given;   /* back */
} TillRefundStateLine;

typedef struct
{
  gint64 gross; /* given back */
  gint64 tax;
} TillRefundStateClass;

typedef struct
{
  const TillReceipt *sale; /* borrowed */
  gint64 given;            /* back in all */
  gboolean blind;          /* some of it without saying for what */
  GArray *lines;           /* (element-type TillRefundStateLine) as many as the sale's */
  GArray *classes;         /* (element-type TillRefundStateClass) as many as the sale's taxes */
} TillRefundState;

/* @earlier: (element-type TillReceipt) (nullable) refunds, oldest first (transfer full). */
TillRefundState *till_refund_state_new (const TillReceipt *sale,
                                        GPtrArray *earlier) G_GNUC_WARN_UNUSED_RESULT;
void till_refund_state_free (TillRefundState *self);

gint64 till_refund_state_get_left (const TillRefundState *self);
TillRefundStateLine *till_refund_state_line (const TillRefundState *self, guint index);

/* Where @article was sold, or -1. */
int till_refund_state_find (const TillRefundState *self, const char *article);

/*
 * Gives back @quantity more, which must be left, of line @index, and says what they are worth: what is due for all that
 * is then given back, less what was given already.
 */
gint64 till_refund_state_return (TillRefundState *self, guint index, guint quantity);

/* Gives back @amount, which must be left, of no line: spread over the classes by what they have left. */
void till_refund_state_return_amount (TillRefundState *self, gint64 amount);

/*
 * What the classes had given back more than in @before: (element-type TillTaxSum) (transfer full). The tax is what is
 * due on all that is given back by now, less what was given already, which is noted in @self.
 */
GArray *till_refund_state_take_taxes (TillRefundState *self, const TillRefundState *before);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillRefundState, till_refund_state_free)

G_END_DECLS
