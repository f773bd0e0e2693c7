/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Starting anew on order: the process becomes a fresh one on the same folder and port, as if somebody had ended the
 * gateway and started it again. Requests that were being answered are cut off, and what was only in memory is forgotten.
 */

/*
 * Moves the API key, which can be read only once from most descriptors, into memory of its own, and closes @key_fd unless
 * it is a standard one. Gives a descriptor to read it from, that till_sandbox_restart() needs again; -1 on error.
 */
int till_sandbox_restart_keep_key (int key_fd, GError **error);

/* Does not return, but with @error. @kept_key: as given above. */
void till_sandbox_restart (
    const char *folder, guint16 port, int kept_key, gboolean exit_with_stdin, GError **error);

G_END_DECLS
