/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop-refund.h"

G_BEGIN_DECLS

#define TILL_TYPE_REFUND_CASE (till_refund_case_get_type ())
G_DECLARE_FINAL_TYPE (TillRefundCase, till_refund_case, TILL, REFUND_CASE, GObject)

/* Why money goes back. */
typedef enum
{
  TILL_REFUND_GOODS,  /* goods are given back, all or some */
  TILL_REFUND_VOID,   /* the sale was a mistake */
  TILL_REFUND_DISOWN, /* the customer says that they did not pay */
} TillRefundKind;

typedef enum
{
  TILL_REFUND_ASKING, /* nothing was sent yet */
  TILL_REFUND_SENDING,
  TILL_REFUND_GIVEN,   /* the money is back */
  TILL_REFUND_REFUSED, /* certainly nothing was given back; get_trouble() says why */
  TILL_REFUND_UNKNOWN, /* it was sent, and its end is not known: it is among the unresolved */
} TillRefundState;

/**
 * TillRefundCase: one giving back of money, from the question to its end. Main context only. After a refusal it may be
 * sent again; after anything else it is over.
 *
 * Signal: "state" () when the state is another one.
 */
TillRefundCase *
till_refund_case_new (TillShop *shop, TillRefundKind kind, const char *sale) G_GNUC_WARN_UNUSED_RESULT;

/* @lines: (element-type TillShopRefundLine) (nullable): NULL for all that is left, as always unless goods are given back. */
void till_refund_case_send (TillRefundCase *self,
                            const GArray *lines,
                            const char *reason,
                            const char *tender,
                            const char *manager_pin);

TillRefundKind till_refund_case_get_kind (TillRefundCase *self);
const char *till_refund_case_get_sale (TillRefundCase *self);
TillRefundState till_refund_case_get_state (TillRefundCase *self);
/* "asking", "sending", "given-back", "refused" or "unknown". */
const char *till_refund_case_get_state_name (TillRefundCase *self);
/* Why it was refused, or what is not known (transfer none) (nullable). */
const GError *till_refund_case_get_trouble (TillRefundCase *self);
/* Of what was given back (transfer none); NULL before that, and where all had been given back before. */
TillReceipt *till_refund_case_get_receipt (TillRefundCase *self);

G_END_DECLS
