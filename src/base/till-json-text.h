/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * TRUE if the @size bytes at @text are one JSON value as RFC 8259 has it, in UTF-8, with brackets nested at most @deepest
 * deep, whole numbers of 64 bits, others in the range of a double and surrogates in pairs; otherwise %TILL_ERROR_INVALID
 * with what is wrong in which line.
 *
 * To be asked before json-glib sees text that nobody has vouched for: its parser calls itself once per bracket, takes
 * comments (in which quotes and brackets mean nothing), reads "1e999" as infinity and 010 as eight, and says what it
 * found wrong in words that need not be UTF-8.
 */
gboolean
till_json_text_check (const char *text, gsize size, guint deepest, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
