/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-charge.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What an answer of that API says about a payment, once it has been believed. */
typedef enum
{
  TILL_STRIPE_SUCCEEDED,
  TILL_STRIPE_DECLINED,
  TILL_STRIPE_UNCONFIRMED, /* recorded there, and waits to be confirmed by this till */
  TILL_STRIPE_REVOCABLE, /* waits for something that won't happen here: cancel it, or it may complete later */
  TILL_STRIPE_PROCESSING,   /* takes its time, and may go either way */
  TILL_STRIPE_BUSY,         /* not now: 409 and 429 */
  TILL_STRIPE_SERVER_ERROR, /* it broke, with or without moving money */
  TILL_STRIPE_KEY_REUSED,   /* the idempotency key came before, with other parameters */
  TILL_STRIPE_REFUSED,      /* a request it can't carry out */
  TILL_STRIPE_UNBELIEVABLE, /* anything that can't be so */
} TillStripeVerdict;

/**
 * TillStripeReading: one answer about one payment, read and checked without looking at anything else.
 */
typedef struct
{
  TillStripeVerdict verdict;
  char *reference;  /* (nullable) id of the payment there, of the right form */
  char *code;       /* (nullable) of a decline or refusal: short, of letters, digits, '-', '_' only */
  char *message;    /* (nullable) for engineers, printable, of bounded length */
  gboolean open;    /* the payment could still be confirmed by somebody who holds the key */
  gboolean barrier; /* it is the mark that a query left, not a payment anybody asked for */
} TillStripeReading;

void till_stripe_reading_free (TillStripeReading *self);

/* An answer to creating, confirming or cancelling a payment for @request: HTTP @status and body (transfer full). */
TillStripeReading *till_stripe_read_answer (guint status, GBytes *body, const TillChargeRequest *request);

/* One payment out of a list, known to be of this attempt (transfer full). */
TillStripeReading *till_stripe_read_intent (JsonObject *intent, const TillChargeRequest *request);

/* TRUE if @intent names no attempt, and could by all else be a payment of this one that took money. */
gboolean till_stripe_intent_is_suspect (JsonObject *intent, const TillChargeRequest *request);

/* TRUE if @intent carries the id of this attempt. */
gboolean till_stripe_intent_is_of (JsonObject *intent, const TillChargeRequest *request);

/*
 * The error object of a body of that API's shape, as verdict, code and message by @status; UNBELIEVABLE without one
 * (transfer full). For answers that are about no payment.
 */
TillStripeReading *till_stripe_read_error (guint status, JsonObject *root);

/* @code if it is one: short, of letters, digits, '-', '_'; else @otherwise (transfer none). Both are nullable. */
const char *till_stripe_code_or (const char *code, const char *otherwise);

/* @text shortened and without control characters (transfer full) (nullable) as @text is. */
char *till_stripe_printable (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillStripeReading, till_stripe_reading_free)

G_END_DECLS
