/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TillRefundRequest: what a provider is asked to give back. Immutable, reference-counted.
 */
typedef struct
{
  char *attempt;    /* id of the refund, in the provider's metadata too */
  char *sale;       /* id of the sale, in the provider's metadata too */
  char *key;        /* idempotency key: the same refund always has the same one */
  char *reference;  /* the provider's id of the payment it gives back */
  TillMoney amount; /* above zero */
} TillRefundRequest;

#define TILL_TYPE_REFUND_REQUEST (till_refund_request_get_type ())
GType till_refund_request_get_type (void);
TillRefundRequest *till_refund_request_new (
    const char *attempt, const char *sale, const char *key, const char *reference, const TillMoney *amount);
TillRefundRequest *till_refund_request_ref (TillRefundRequest *self);
void till_refund_request_unref (TillRefundRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillRefundRequest, till_refund_request_unref)

G_END_DECLS
