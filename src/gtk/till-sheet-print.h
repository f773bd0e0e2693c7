/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What to tell of a printing or a saving; @user_data is the parent window. */
typedef void (*TillSheetPrinted) (const char *words, gpointer user_data);

/*
 * A sheet of paper to take away: a title, and text in paragraphs that are wrapped to the page. Both are copied, and the
 * copy of the text is wiped afterwards. Prints it, or asks where to and saves it as PDF under @name. @told is called
 * once with what to tell, unless they thought better of it; not after @parent is gone.
 */
void till_sheet_print (const char *title, const char *text, GtkWindow *parent, TillSheetPrinted told);
void till_sheet_save (
    const char *title, const char *text, const char *name, GtkWindow *parent, TillSheetPrinted told);

/* Writes the sheet to @path as PDF, A5, as many pages as it needs. */
gboolean till_sheet_write_pdf (const char *title, const char *text, const char *path, GError **error);

G_END_DECLS
