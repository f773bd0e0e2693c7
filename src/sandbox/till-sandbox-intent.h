/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-call.h"

G_BEGIN_DECLS

/**
 * TillSandboxIntent: a payment intent as the database holds it. Change the fields, then save it.
 *
 * Texts are owned; all but id, currency, status, client_secret, capture_method, confirmation_method, redirects and
 * metadata may be %NULL.
 */
typedef struct
{
  char *id;
  gint64 created;
  gint64 amount;
  gint64 amount_received;
  char *currency;
  char *status;
  char *customer;
  char *payment_method;
  char *client_secret;
  char *capture_method;
  char *confirmation_method;
  gint64 automatic; /* 1 if the kinds of payment were left to the service */
  char *redirects;  /* "always" or "never", meant only then */
  char *description;
  char *receipt_email;
  char *setup_future_usage;
  char *statement_descriptor;
  char *statement_descriptor_suffix;
  char *metadata; /* a JSON object as text */
  char *latest_charge;
  char *last_payment_error; /* likewise */
  char *cancellation_reason;
  gint64 canceled_at; /* 0 if it was not */
} TillSandboxIntent;

/* A new one, not saved yet (transfer full). */
TillSandboxIntent *till_sandbox_intent_new (gint64 now) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full, nullable) */
TillSandboxIntent *till_sandbox_intent_load (TillSandboxDatabase *database, const char *id);

void till_sandbox_intent_save (TillSandboxDatabase *database, const TillSandboxIntent *intent);

void till_sandbox_intent_free (TillSandboxIntent *intent);

gboolean till_sandbox_intent_is (const TillSandboxIntent *intent, const char *status);

void till_sandbox_intent_set_status (TillSandboxIntent *intent, const char *status);

/* What the service answers (transfer full). */
JsonObject *till_sandbox_intent_render (const TillSandboxIntent *intent);

/* Load and render (transfer full, nullable). */
JsonObject *till_sandbox_intent_find (TillSandboxDatabase *database, const char *id);

/* Refuses, HTTP 400 with the intent in the error, because of the status it has; always %FALSE. */
gboolean till_sandbox_intent_refuse_state (TillSandboxCall *call,
                                           const TillSandboxIntent *intent,
                                           const char *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSandboxIntent, till_sandbox_intent_free)

G_END_DECLS
