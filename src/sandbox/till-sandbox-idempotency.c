/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-idempotency.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sandbox/till-sandbox-error.h"

char *
till_sandbox_idempotency_fingerprint (const TillSandboxRequest *request, const TillSandboxForm *params)
{
  g_autofree char *canonical = till_sandbox_form_canonical (params);
  g_autofree char *whole = g_strjoin ("\n", request->method, request->path, canonical, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
}

TillSandboxReply *
till_sandbox_idempotency_find (TillSandboxDatabase *database,
                               const TillSandboxRequest *request,
                               const char *fingerprint,
                               gint64 now)
{
  till_sandbox_database_change (database, "DELETE FROM idempotency WHERE created <= ?", "i",
                                now - TILL_SANDBOX_KEY_KEPT);

  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (
      database, "SELECT fingerprint, path, status, body, request FROM idempotency WHERE key = ?", "s",
      request->idempotency_key);
  if (row == NULL)
    return NULL;

  const char *path = till_sandbox_database_text (row, 1);
  if (!g_str_equal (path, request->path))
    return till_sandbox_reply_new_error (
        SOUP_STATUS_BAD_REQUEST, TILL_SANDBOX_IDEMPOTENCY, NULL,
        "Keys for idempotent requests can only be used for the same endpoint they were "
        "first used for ('%s' vs '%s'). Try using a key other than '%s' if you meant "
        "to execute a different request.",
        request->path, path, request->idempotency_key);
  if (!g_str_equal (till_sandbox_database_text (row, 0), fingerprint))
    return till_sandbox_reply_new_error (
        SOUP_STATUS_BAD_REQUEST, TILL_SANDBOX_IDEMPOTENCY, NULL,
        "Keys for idempotent requests can only be used with the same parameters they "
        "were first used with. Try using a key other than '%s' if you meant to execute "
        "a different request.",
        request->idempotency_key);

  TillSandboxReply *reply = g_new0 (TillSandboxReply, 1);
  reply->status = (guint) sqlite3_column_int (row, 2);
  reply->body = g_strdup (till_sandbox_database_text (row, 3));
  reply->original_request = g_strdup (till_sandbox_database_text (row, 4));
  reply->replayed = TRUE;
  return reply;
}

void
till_sandbox_idempotency_keep (TillSandboxDatabase *database,
                               const TillSandboxRequest *request,
                               const char *fingerprint,
                               const TillSandboxReply *reply,
                               gint64 now)
{
  till_sandbox_database_change (database,
                                "INSERT INTO idempotency (key, created, path, fingerprint, request, status, "
                                "body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                                "sisssis", request->idempotency_key, now, request->path, fingerprint,
                                request->id, (gint64) reply->status, reply->body);
}

TillSandboxReply *
till_sandbox_idempotency_check_key (const char *key)
{
  gsize length = strlen (key);

  for (const char *at = key; *at != '\0'; at++)
    if (!g_ascii_isprint (*at))
      length = 0;
  if (length >= 1 && length <= TILL_SANDBOX_KEY_LONGEST)
    return NULL;
  return till_sandbox_reply_new_error (SOUP_STATUS_BAD_REQUEST, TILL_SANDBOX_INVALID_REQUEST, NULL,
                                       "Idempotency keys must be 1 to %d printable characters long.",
                                       TILL_SANDBOX_KEY_LONGEST);
}
