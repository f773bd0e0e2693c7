/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Takes the connection away from the HTTP server and closes it without a word. */
void till_sandbox_wire_drop (SoupServerMessage *message);

/*
 * Takes the connection away from the HTTP server and writes the answer on it: status, the message's response headers,
 * a length that is the whole body's, but of the body only the first @length bytes, in pieces over @milliseconds. Then
 * closes it; @announced is whether the answer says that it will.
 */
void till_sandbox_wire_send (SoupServerMessage *message,
                             guint status,
                             const char *body,
                             gsize length,
                             gboolean announced,
                             guint milliseconds);

G_END_DECLS
