/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Reads one object out of bytes nobody has vouched for (transfer full), or NULL with %TILL_ERROR_INVALID. Anything
 * outside RFC 8259 is refused before the parser sees it, and so is nesting that would exhaust its stack.
 */
JsonObject *till_stripe_json_read (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer none) (nullable) NULL when the member is missing or something else. @object is nullable throughout. */
const char *till_stripe_json_string (JsonObject *object, const char *name);
JsonObject *till_stripe_json_object (JsonObject *object, const char *name);
JsonArray *till_stripe_json_array (JsonObject *object, const char *name);

/* The member itself, or the "id" of the object that it was expanded to. */
const char *till_stripe_json_id (JsonObject *object, const char *name);

/* FALSE when the member is missing or no whole number. */
gboolean till_stripe_json_int (JsonObject *object, const char *name, gint64 *value);

/* TRUE when the member is there and true. */
gboolean till_stripe_json_is_true (JsonObject *object, const char *name);

G_END_DECLS
