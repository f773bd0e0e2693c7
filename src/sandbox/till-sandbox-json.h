/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The object as compact text (transfer full). */
char *till_sandbox_json_print (JsonObject *object);

/* The object that @text holds (transfer full); an empty one for %NULL. The text is the gateway's own. */
JsonObject *till_sandbox_json_parse (const char *text);

/* Sets @name to what @text holds, or to null for %NULL. */
void till_sandbox_json_set_parsed (JsonObject *object, const char *name, const char *text);

/* Sets every name of the %NULL-terminated list to null. */
void till_sandbox_json_set_nulls (JsonObject *object, ...) G_GNUC_NULL_TERMINATED;

/* Sets @name to a list of one text. */
void till_sandbox_json_set_single (JsonObject *object, const char *name, const char *text);

G_END_DECLS
