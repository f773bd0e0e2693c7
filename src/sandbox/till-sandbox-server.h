/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/till-clock.h"
#include "sandbox/till-sandbox-gateway.h"
#include "sandbox/till-sandbox-key.h"

G_BEGIN_DECLS

/* The largest body of a request, in bytes. */
#define TILL_SANDBOX_BODY_LARGEST (64 * 1024)

#define TILL_SANDBOX_TYPE_SERVER (till_sandbox_server_get_type ())
G_DECLARE_FINAL_TYPE (TillSandboxServer, till_sandbox_server, TILL_SANDBOX, SERVER, GObject)

/**
 * TillSandboxServer: the gateway on the network: HTTPS on 127.0.0.1, in the default main context of its thread.
 *
 * Lets in who has the key, keeps a key of an unfinished request from being used again, and brings about the faults
 * ordered under /sandbox/faults.
 */

/*
 * Signal: "restart-ordered" () when it was told to start anew, which only the program can.
 */

/* Takes @gateway and @key (transfer full). @folder is where the certificate is kept. */
TillSandboxServer *till_sandbox_server_new (TillSandboxGateway *gateway,
                                            TillSandboxKey *key,
                                            const char *folder,
                                            TillClock *clock) G_GNUC_WARN_UNUSED_RESULT;

/* Starts to answer on @port, 0 for any free one. %TILL_ERROR_BUSY if another program has it. */
gboolean till_sandbox_server_listen (TillSandboxServer *self, guint16 port, GError **error);

/* The port listened on; 0 before. */
guint16 till_sandbox_server_get_port (TillSandboxServer *self);

/* Stops, closing all connections. */
void till_sandbox_server_stop (TillSandboxServer *self);

G_END_DECLS
