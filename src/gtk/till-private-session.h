/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE once the process runs in a D-Bus session and with a keyring of its own. */
gboolean till_private_session_entered (void);

/*
 * Starts this program anew, with the same words, inside such a session, which goes with it and leaves nothing behind.
 * Returns only when that fails.
 */
gboolean till_private_session_enter (int argc, char **argv, GError **error);

G_END_DECLS
