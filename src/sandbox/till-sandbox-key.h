/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillSandboxKey: the one API key the gateway accepts in this run, as its hash: the key itself is not kept.
 */
typedef struct _TillSandboxKey TillSandboxKey;

typedef enum
{
  TILL_SANDBOX_KEY_ACCEPTED,
  TILL_SANDBOX_KEY_ABSENT,
  TILL_SANDBOX_KEY_WRONG,
} TillSandboxKeyVerdict;

/*
 * Reads the key from a pipe or file up to its end or a line's, and wipes what it read (transfer full). The descriptor
 * is not closed. %TILL_ERROR_INVALID for what is no test key: "sk_test_" and 16 to 200 letters, digits and "_".
 */
TillSandboxKey *till_sandbox_key_read (int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As above from memory. */
TillSandboxKey *till_sandbox_key_new (const char *secret, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void till_sandbox_key_free (TillSandboxKey *key);

/* Looks at a request's Authorization, Basic with the key as the user or Bearer; @authorization nullable. */
TillSandboxKeyVerdict till_sandbox_key_check (const TillSandboxKey *key, const char *authorization);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSandboxKey, till_sandbox_key_free)

G_END_DECLS
