/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A body is one JSON object of at most this many bytes and this deep. */
#define TILL_LEDGER_BODY_MAX_SIZE  (1024 * 1024)
#define TILL_LEDGER_BODY_MAX_DEPTH 32

/* The text as it is kept and hashed, without line breaks; %TILL_ERROR_INVALID beyond the limits (transfer full). */
char *till_ledger_body_format (JsonObject *body, GError **error);

/* @text may be anything at all; %TILL_ERROR_CORRUPT unless it is a body. Immutable (transfer full). */
JsonObject *till_ledger_body_parse (GBytes *text, GError **error);

G_END_DECLS
