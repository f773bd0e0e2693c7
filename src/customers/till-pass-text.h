/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The text of a face pass's QR code: %TILL_PASS_TEXT_PREFIX, then the bytes in base45 (RFC 9285). Both use only the 45
 * characters of a QR code's alphanumeric mode, 5.5 bits each: two bytes take 16.5 bits. Base64 would take 21.3.
 */
#define TILL_PASS_TEXT_PREFIX "SMILETILL1:"

/* A longer text is no pass: one code of the largest size holds no more of these characters. */
#define TILL_PASS_TEXT_MOST 4296

/* (transfer full) */
char *till_pass_text_write (gconstpointer bytes, gsize size) G_GNUC_WARN_UNUSED_RESULT;

/*
 * NULL, %TILL_PASS_ERROR_NOT_A_PASS, for anything that till_pass_text_write() does not give: one text for each pass, and
 * one pass for each text (transfer full).
 */
GBytes *till_pass_text_read (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
