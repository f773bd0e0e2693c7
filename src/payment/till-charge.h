/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* How an attempt stands. UNKNOWN is an answer, not an error: the money may have moved. */
typedef enum
{
  TILL_CHARGE_APPROVED,
  TILL_CHARGE_DECLINED, /* certainly no money moved */
  TILL_CHARGE_UNKNOWN,  /* sent, and no answer that can be believed */
} TillChargeStatus;

/* "approved", "declined", "unknown". */
const char *till_charge_status_to_string (TillChargeStatus status);

/**
 * TillChargeRequest: what a provider is asked to take. Immutable, reference-counted.
 */
typedef struct
{
  char *attempt;    /* id of the attempt, in the provider's metadata too */
  char *sale;       /* id of the sale, in the provider's metadata too */
  char *key;        /* idempotency key: the same attempt always has the same one */
  char *payer;      /* as till_provider_register_payer_async() gave it */
  TillMoney amount; /* above zero */
} TillChargeRequest;

#define TILL_TYPE_CHARGE_REQUEST (till_charge_request_get_type ())
GType till_charge_request_get_type (void);
TillChargeRequest *till_charge_request_new (
    const char *attempt, const char *sale, const char *key, const char *payer, const TillMoney *amount);
TillChargeRequest *till_charge_request_ref (TillChargeRequest *self);
void till_charge_request_unref (TillChargeRequest *self);

/**
 * TillChargeResult: what came of it. Immutable, reference-counted.
 */
typedef struct
{
  TillChargeStatus status;
  char *reference; /* (nullable) the provider's id of the payment */
  char *
      code; /* (nullable) why not; till-decline.h tells what each comes down to. DECLINED: the provider's decline
                      code, or "not-found", "cancelled", "not-sent", "server-error", "invalid-request",
                      "requires-action" (the customer would have to do something), "reversed",
                      "settled-by-hand". UNKNOWN: one of "unreachable" (nothing was sent), "timed-out",
                      "interrupted", "bad-answer", "server-error", "busy", "processing", "not-listed" (the
                      provider has nothing of this attempt, but does not rule out that it comes),
                      "not-recorded" (the answer is there, but could not be written to the ledger) */
  char *message; /* (nullable) for engineers */
  gboolean sent; /* FALSE only when certainly nothing left this machine: then status is DECLINED or UNKNOWN
                      with "unreachable", and asking again is safe */
} TillChargeResult;

#define TILL_TYPE_CHARGE_RESULT (till_charge_result_get_type ())
GType till_charge_result_get_type (void);
TillChargeResult *till_charge_result_new (
    TillChargeStatus status, const char *reference, const char *code, const char *message, gboolean sent);
TillChargeResult *till_charge_result_ref (TillChargeResult *self);
void till_charge_result_unref (TillChargeResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillChargeRequest, till_charge_request_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillChargeResult, till_charge_result_unref)

G_END_DECLS
