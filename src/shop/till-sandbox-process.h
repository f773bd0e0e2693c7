/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TILL_TYPE_SANDBOX_PROCESS (till_sandbox_process_get_type ())
G_DECLARE_FINAL_TYPE (TillSandboxProcess, till_sandbox_process, TILL, SANDBOX_PROCESS, GObject)

/**
 * TillSandboxProcess: the payment sandbox as a child of this process; it ends with it. Main context only.
 *
 * "ended" (): the child went away by itself.
 */
TillSandboxProcess *till_sandbox_process_new (void) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Starts the program on the files in @dir and waits for it to listen. @port: 0 for any. @key: the API key it shall
 * accept. %TILL_ERROR_UNAVAILABLE with what the program said when it does not start.
 */
void till_sandbox_process_start_async (TillSandboxProcess *self,
                                       const char *dir,
                                       guint port,
                                       TillSecret *key,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean till_sandbox_process_start_finish (TillSandboxProcess *self, GAsyncResult *result, GError **error);

/* "https://127.0.0.1:PORT" and the certificate to trust there; once started (transfer none). */
const char *till_sandbox_process_get_base_url (TillSandboxProcess *self);
const char *till_sandbox_process_get_certificate (TillSandboxProcess *self);

/* Ends the child. */
void till_sandbox_process_stop (TillSandboxProcess *self);

G_END_DECLS
