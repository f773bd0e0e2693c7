/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Text in columns of a fixed-width face: wide characters take two columns, marks none. Each call appends whole lines
 * to @text, none wider than @width unless a single word of the right column is.
 */

/* How many columns @line takes. */
guint till_columns_measure (const char *line);

void till_columns_append_centred (GString *text, guint width, const char *line);
void till_columns_append_rule (GString *text, guint width, char mark);
/* @left, and @right at the right edge; what of @left does not fit goes on lines before it. */
void till_columns_append_pair (GString *text, guint width, const char *left, const char *right);

G_END_DECLS
