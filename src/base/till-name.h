/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longest name of a shop, an article or a customer, in characters. */
#define TILL_NAME_MAX 100

/*
 * TRUE for text fit to be a name on a page and a receipt: UTF-8, 1 to %TILL_NAME_MAX characters, not blank, on one
 * line, without control characters or marks that reorder the text around it (letters of right-to-left scripts are
 * welcome). Otherwise %TILL_ERROR_INVALID, which begins with @what ("The article’s name") and never quotes the text.
 */
gboolean till_name_check (const char *what, const char *name, GError **error);

G_END_DECLS
