/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-receipt.h"

#include <cairo.h>

G_BEGIN_DECLS

/* Paper of an 80 mm receipt printer, in points of 1/72 inch: 80 mm wide. */
#define TILL_RECEIPT_PAPER_WIDTH 226.77

/*
 * The receipt as a picture: the same words as till_receipt_to_text(), set in proportional type through Pango, black on
 * whatever is there. Any thread that owns @cr.
 */

/*
 * Draws all of @self from the origin of @cr down, @width points wide, and gives the height it takes. To learn the
 * height alone, draw on a recording surface.
 */
double till_receipt_draw (const TillReceipt *self, cairo_t *cr, double width);

/* How many pages of @width by @height points @self takes (1 or more), and one of them, from 0. */
guint till_receipt_count_pages (const TillReceipt *self, cairo_t *cr, double width, double height);
void till_receipt_draw_page (const TillReceipt *self, cairo_t *cr, double width, double height, guint page);

/*
 * Writes it to @path as PDF, on paper as wide as a receipt printer's and as long as needed. The file is there as a whole
 * or not at all. %TILL_ERROR_FAILED or the file's own error.
 */
gboolean till_receipt_to_pdf (const TillReceipt *self, const char *path, GError **error);

G_END_DECLS
