/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "till-test-gateway.h"
#include "till-test-journal.h"
#include "till-test-wait.h"

G_BEGIN_DECLS

/* Payments on a real ledger, with a gateway that answers as it is told: a fixture, and what its tests say most. */

#define PAYER   "cus_1/pm_1"
#define TIMEOUT 100
#define TELL(...)                                                                                            \
  till_test_gateway_tell (desk->gateway, (const TillTestAnswer[]){ __VA_ARGS__ },                            \
                          G_N_ELEMENTS (((const TillTestAnswer[]){ __VA_ARGS__ })))
#define PAID                                                                                                 \
  {                                                                                                          \
    .body = TILL_TEST_INTENT ("succeeded")                                                                   \
  }
#define REFUNDED                                                                                             \
  {                                                                                                          \
    .body = TILL_TEST_REFUND ("succeeded")                                                                   \
  }
#define HAVING(X)                                                                                            \
  {                                                                                                          \
    .body = TILL_TEST_LIST (X)                                                                               \
  }
#define NOTHING HAVING ("")
#define MUTE                                                                                                 \
  {                                                                                                          \
    .deed = TILL_TEST_CLOSE                                                                                  \
  }
#define BROKEN                                                                                               \
  {                                                                                                          \
    .status = 500, .headers = "Idempotent-Replayed: true\r\n", .body = ""                                    \
  }
#define REFUSED(C)                                                                                           \
  {                                                                                                          \
    .status = 400, .body = TILL_TEST_ERROR ("invalid_request_error", C)                                      \
  }
#define KEY_REUSED                                                                                           \
  {                                                                                                          \
    .status = 400, .body = TILL_TEST_ERROR ("idempotency_error", "")                                         \
  }

typedef struct
{
  TillTestGateway *gateway;
  TillProvider *provider;
  TillTestJournal *journal;
  TillPayment *payment; /* the journal's */
  int refund_intents_seen;
} TillTestDesk;

/* What is given back is to be freed. */
void till_test_desk_set_up (TillTestDesk *desk, gconstpointer data);
void till_test_desk_tear_down (TillTestDesk *desk, gconstpointer data);
TillPaymentOutcome *till_test_desk_charge (TillTestDesk *desk, const char *sale, TillChargeStatus status);
void till_test_desk_assert_outcome (const TillPaymentOutcome *outcome,
                                    const GError *error,
                                    TillChargeStatus status,
                                    const char *code);
char *till_test_desk_give_back (
    TillTestDesk *desk, const char *attempt, gint64 cents, TillChargeStatus status, const char *code);
void till_test_desk_assert_refused (TillTestDesk *desk, const char *attempt, gint64 cents, int code);
void till_test_desk_reconcile (TillTestDesk *desk, int unknown);
void till_test_desk_assert_standing (
    TillTestDesk *desk, const char *sale, gint64 paid, gint64 refunded, gint64 refunding, gboolean open);
void till_test_desk_assert_end (TillTestDesk *desk, const char *kind, const char *status, const char *code);
void till_test_desk_assert_field (TillTestDesk *desk, guint index, const char *name, const char *value);

G_END_DECLS
