/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Puts @text, paragraphs with an empty line between them, on a page: with @heading (nullable) the first of them goes there;
 * the others go into @body, with the words before each colon in bold.
 */
void till_paragraphs_show (const char *text, GtkLabel *heading, GtkLabel *body);

G_END_DECLS
