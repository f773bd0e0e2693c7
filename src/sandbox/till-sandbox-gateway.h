/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/till-clock.h"
#include "sandbox/till-sandbox-database.h"

G_BEGIN_DECLS

/* A failure to feign, for tests of what a till makes of it. */
typedef enum
{
  TILL_SANDBOX_FEIGN_NOTHING,
  TILL_SANDBOX_FEIGN_BEFORE, /* nothing is done, HTTP 500 is the answer from now on */
  TILL_SANDBOX_FEIGN_AFTER,  /* all is done, yet HTTP 500 is the answer from now on */
} TillSandboxFeign;

/* One request that has been let in. Everything is borrowed. */
typedef struct
{
  const char *id; /* "req_…" */
  const char *method;
  const char *path;
  const char *query; /* nullable, as all below */
  const char *content_type;
  const char *idempotency_key; /* heeded for POST alone */
  const char *body;
  gsize body_length;
  TillSandboxFeign feign;
} TillSandboxRequest;

/* What it is answered. */
typedef struct
{
  guint status;
  char *body;             /* JSON */
  char *original_request; /* the id of the request that was answered so first; %NULL if it had no key */
  gboolean replayed;
} TillSandboxReply;

void till_sandbox_reply_free (TillSandboxReply *reply);

/* The reply for an error of its own (transfer full). */
TillSandboxReply *
till_sandbox_reply_new_error (guint status, const char *type, const char *code, const char *format, ...)
    G_GNUC_PRINTF (4, 5) G_GNUC_WARN_UNUSED_RESULT;

/* How far a call with effects has come, for tests that end the process there. */
typedef enum
{
  TILL_SANDBOX_STEP_BEGUN,     /* nothing is done yet */
  TILL_SANDBOX_STEP_DONE,      /* done, not committed */
  TILL_SANDBOX_STEP_COMMITTED, /* on disk, not answered */
} TillSandboxStep;

typedef void (*TillSandboxWatch) (TillSandboxStep step, gpointer data);

/**
 * TillSandboxGateway: the service itself, without the network: takes requests one at a time and answers them. Of one
 * thread.
 *
 * What a request does and what it was answered under its key are committed together, so that after a crash there are
 * both or neither.
 */
typedef struct _TillSandboxGateway TillSandboxGateway;

/* Takes @database; refs @clock (transfer full). */
TillSandboxGateway *till_sandbox_gateway_new (TillSandboxDatabase *database,
                                              TillClock *clock) G_GNUC_WARN_UNUSED_RESULT;

void till_sandbox_gateway_free (TillSandboxGateway *self);

/* Calls @watch at every step of every call with effects; %NULL for nobody. */
void till_sandbox_gateway_set_watch (TillSandboxGateway *self, TillSandboxWatch watch, gpointer data);

/* (transfer full) */
TillSandboxReply *till_sandbox_gateway_handle (TillSandboxGateway *self,
                                               const TillSandboxRequest *request) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSandboxReply, till_sandbox_reply_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSandboxGateway, till_sandbox_gateway_free)

G_END_DECLS
