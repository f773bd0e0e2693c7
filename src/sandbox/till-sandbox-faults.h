/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sandbox/till-sandbox-call.h"

G_BEGIN_DECLS

/* What can go wrong on order. "Before" is before anything is done, "after" is when all is on disk. */
typedef enum
{
  TILL_SANDBOX_FAULT_DROP_BEFORE, /* the connection is closed */
  TILL_SANDBOX_FAULT_DROP_AFTER,
  TILL_SANDBOX_FAULT_DELAY_BEFORE, /* the answer takes as long as was ordered */
  TILL_SANDBOX_FAULT_DELAY_AFTER,
  TILL_SANDBOX_FAULT_LATE, /* the connection is closed, and the request carried out when that time has gone by */
  TILL_SANDBOX_FAULT_DRIP,     /* the answer comes in little pieces over that time */
  TILL_SANDBOX_FAULT_TRUNCATE, /* the connection is closed in the middle of the answer */
  TILL_SANDBOX_FAULT_TRUNCATE_CLOSE, /* as above but announced by Connection: close, which libsoup 3.2 takes for the end */
  TILL_SANDBOX_FAULT_MALFORMED, /* the answer is half of its JSON */
  TILL_SANDBOX_FAULT_WRONG_AMOUNT, /* the answer, or the first of a list, names an amount one larger than what was taken */
  TILL_SANDBOX_FAULT_ERROR_500,       /* nothing is done and HTTP 500 answered, now and to every repetition */
  TILL_SANDBOX_FAULT_ERROR_500_AFTER, /* as above, but it was done */
  TILL_SANDBOX_FAULT_CONFLICT_409,    /* as if the key were in use */
  TILL_SANDBOX_FAULT_RATE_LIMIT_429,  /* with Retry-After */
  TILL_SANDBOX_FAULT_KILL_BEFORE,     /* the process ends as by kill -9 */
  TILL_SANDBOX_FAULT_KILL_INSIDE,     /* when it is done but not committed */
  TILL_SANDBOX_FAULT_KILL_AFTER,
  TILL_SANDBOX_FAULT_NEW_CERTIFICATE, /* at once: another certificate on the same port */
  TILL_SANDBOX_FAULT_CLOSE_PORT,      /* at once: nobody listens for as long as was ordered */
  TILL_SANDBOX_FAULT_RESTART,         /* at once: the process starts anew */
} TillSandboxFaultKind;

/* Ordered for the next @remaining requests of a method below a path. */
typedef struct
{
  TillSandboxFaultKind kind;
  char *method;
  char *path;
  gint64 remaining;
  guint milliseconds;
} TillSandboxFault;

/**
 * TillSandboxFaults: the faults that are ordered. First ordered, first met.
 */
typedef struct _TillSandboxFaults TillSandboxFaults;

TillSandboxFaults *till_sandbox_faults_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_sandbox_faults_free (TillSandboxFaults *self);

/*
 * Orders one by the parameters kind, method (POST), path (/v1/), count (1) and milliseconds (1000) of the call, and
 * answers it (transfer full); @ordered gets its kind. %NULL with the call's error set. A fault "at once" is not kept.
 */
JsonObject *
till_sandbox_faults_order (TillSandboxFaults *self, TillSandboxCall *call, TillSandboxFault *ordered);

/* All that are still to come (transfer full). */
JsonObject *till_sandbox_faults_render (TillSandboxFaults *self);

void till_sandbox_faults_clear (TillSandboxFaults *self);

/* The fault this request meets, one less then to come; %FALSE for none. The texts of @met are not set. */
gboolean till_sandbox_faults_take (TillSandboxFaults *self,
                                   const char *method,
                                   const char *path,
                                   TillSandboxFault *met);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSandboxFaults, till_sandbox_faults_free)

G_END_DECLS
