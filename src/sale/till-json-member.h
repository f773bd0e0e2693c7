/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Strict reading of JSON: a member that is missing or of another kind is %TILL_ERROR_INVALID naming it, never a
 * default.
 */

/*
 * Reads one object from @length bytes (-1 up to the NUL). @what stands for the source in messages. Refuses text that
 * is not UTF-8 and nesting deep enough to exhaust the parser's stack (transfer full).
 */
JsonObject *till_json_read_object (const char *json, gssize length, const char *what, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* (transfer none) */
gboolean till_json_member_string (JsonObject *object, const char *name, const char **value, GError **error);
/* As above, but an absent or null member is NULL and no error. */
gboolean
till_json_member_optional_string (JsonObject *object, const char *name, const char **value, GError **error);

/*
 * For what may be missing or anything at all: NULL, or FALSE, for whatever is not a string, or not true
 * (transfer none) (nullable).
 */
const char *till_json_find_string (JsonObject *object, const char *name);
gboolean till_json_is_true (JsonObject *object, const char *name);

/* A whole number of @least..@most. */
gboolean till_json_member_int (
    JsonObject *object, const char *name, gint64 least, gint64 most, gint64 *value, GError **error);
gboolean till_json_member_boolean (JsonObject *object, const char *name, gboolean *value, GError **error);
/* An amount of zero or more in minor units of @currency. */
gboolean till_json_member_money (
    JsonObject *object, const char *name, const char *currency, TillMoney *value, GError **error);
/* (transfer none) (nullable) NULL with @error. */
JsonObject *till_json_member_object (JsonObject *object, const char *name, GError **error);
JsonArray *till_json_member_array (JsonObject *object, const char *name, GError **error);
/* (transfer none) (nullable) NULL with @error; @name is the array's, for the message. */
JsonObject *till_json_element_object (JsonArray *array, guint index, const char *name, GError **error);

G_END_DECLS
