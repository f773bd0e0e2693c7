/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The till's signature of a text: Ed25519 (RFC 8032) over "smiletill text\n" and the text, in 128 hex digits. The first
 * line keeps it from ever being one of something else, such as a face pass.
 */
#define TILL_SIGNATURE_TEXT_CONTEXT "smiletill text\n"
#define TILL_SIGNATURE_HEX_LENGTH   128

/*
 * TRUE for a signature of @text by the holder of @public_key (64 hex digits); FALSE for any other, and for what is
 * neither key nor signature. Any thread.
 */
gboolean till_signature_verify (const char *public_key, const char *text, const char *signature);

G_END_DECLS
