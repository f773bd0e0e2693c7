/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-receipt-drawing.h"

#include "base/till-error.h"
#include "sale/till-receipt-rows.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

/* In points, for paper as wide as a receipt printer's; wider paper is scaled up to MAX_SCALE. */
#define MARGIN         10.0
#define TYPE_SIZE      8.5
#define HEADING_SIZE   13.0
#define TOTAL_SIZE     11.0
#define LEADING        2.0
#define INDENT         10.0
#define GAP            8.0
#define RULE_SPACE     4.0
#define RULE_THICKNESS 0.5
#define MAX_SCALE      1.6
/* A page of PDF is at most 14400 points high; readers and printers fare better with less. */
#define MAX_PAPER_HEIGHT 5000.0

/* Where the next row goes, and on what. */
typedef struct
{
  cairo_t *cr; /* NULL while rows are only measured */
  PangoContext *context;
  double width;
  double scale;
  double y;
} TillReceiptPen;

static void
till_receipt_pen_init (TillReceiptPen *pen, cairo_t *cr, gboolean measures, double width)
{
  pen->cr = measures ? NULL : cr;
  pen->context = pango_cairo_create_context (cr);
  pen->width = width;
  pen->scale = CLAMP (width / TILL_RECEIPT_PAPER_WIDTH, 0.5, MAX_SCALE);
  pen->y = 0;
  /* Type is set in points of the page, whatever the resolution of the surface it is measured on. */
  pango_cairo_context_set_resolution (pen->context, 72);
}

static PangoLayout *
till_receipt_pen_new_layout (TillReceiptPen *pen, const char *text, double size, PangoWeight weight)
{
  PangoLayout *layout = pango_layout_new (pen->context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, "Cantarell, DejaVu Sans, Sans");
  pango_font_description_set_weight (font, weight);
  pango_font_description_set_size (font, (int) (size * pen->scale * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

static void
till_receipt_pen_show (TillReceiptPen *pen, PangoLayout *layout, double x)
{
  if (pen->cr == NULL)
    return;
  cairo_move_to (pen->cr, x, pen->y);
  pango_cairo_show_layout (pen->cr, layout);
}

static double
till_receipt_measure (PangoLayout *layout, gboolean height)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) (height ? logical.height : logical.width) / PANGO_SCALE;
}

static void
till_receipt_pen_add_centred (TillReceiptPen *pen, const char *text, double size, PangoWeight weight)
{
  g_autoptr (PangoLayout) layout = till_receipt_pen_new_layout (pen, text, size, weight);
  double margin = MARGIN * pen->scale;

  pango_layout_set_width (layout, (int) ((pen->width - 2 * margin) * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  till_receipt_pen_show (pen, layout, margin);
  pen->y += till_receipt_measure (layout, TRUE) + LEADING * pen->scale;
}

/* @left wraps beside @right, which does not unless it leaves @left too little: then it goes below. */
static void
till_receipt_pen_add_pair (
    TillReceiptPen *pen, const TillReceiptRow *row, double indent, double size, PangoWeight weight)
{
  double margin = MARGIN * pen->scale, start = margin + indent * pen->scale;
  double whole = pen->width - margin - start, gap = GAP * pen->scale;
  g_autoptr (PangoLayout) left = till_receipt_pen_new_layout (pen, row->left, size, weight);
  g_autoptr (PangoLayout) right = till_receipt_pen_new_layout (pen, row->right, size, weight);
  double right_width = till_receipt_measure (right, FALSE);
  gboolean beside = row->right[0] == '\0' || till_receipt_measure (left, FALSE) + gap + right_width <= whole
                    || right_width + gap < whole / 2;

  pango_layout_set_width (
      left, (int) ((beside && right_width > 0 ? whole - right_width - gap : whole) * PANGO_SCALE));
  till_receipt_pen_show (pen, left, start);
  double height = till_receipt_measure (left, TRUE);
  if (!beside)
    {
      pen->y += height;
      pango_layout_set_width (right, (int) (whole * PANGO_SCALE));
      pango_layout_set_alignment (right, PANGO_ALIGN_RIGHT);
      till_receipt_pen_show (pen, right, start);
      height = till_receipt_measure (right, TRUE);
    }
  else
    till_receipt_pen_show (pen, right, pen->width - margin - right_width);
  pen->y += height + LEADING * pen->scale;
}

static void
till_receipt_pen_add_rule (TillReceiptPen *pen)
{
  double margin = MARGIN * pen->scale, space = RULE_SPACE * pen->scale;

  if (pen->cr != NULL)
    {
      cairo_set_line_width (pen->cr, RULE_THICKNESS * pen->scale);
      cairo_move_to (pen->cr, margin, pen->y + space);
      cairo_line_to (pen->cr, pen->width - margin, pen->y + space);
      cairo_stroke (pen->cr);
    }
  pen->y += 2 * space;
}

static void
till_receipt_pen_add_row (TillReceiptPen *pen, const TillReceiptRow *row)
{
  switch (row->kind)
    {
    case TILL_RECEIPT_ROW_HEADING:
      till_receipt_pen_add_centred (pen, row->left, HEADING_SIZE, PANGO_WEIGHT_BOLD);
      break;
    case TILL_RECEIPT_ROW_CENTRED:
      till_receipt_pen_add_centred (pen, row->left, TYPE_SIZE, PANGO_WEIGHT_NORMAL);
      break;
    case TILL_RECEIPT_ROW_RULE:
      till_receipt_pen_add_rule (pen);
      break;
    case TILL_RECEIPT_ROW_PAIR:
      till_receipt_pen_add_pair (pen, row, 0, TYPE_SIZE, PANGO_WEIGHT_NORMAL);
      break;
    case TILL_RECEIPT_ROW_DETAIL:
      till_receipt_pen_add_pair (pen, row, INDENT, TYPE_SIZE, PANGO_WEIGHT_NORMAL);
      break;
    case TILL_RECEIPT_ROW_TOTAL:
      till_receipt_pen_add_pair (pen, row, 0, TOTAL_SIZE, PANGO_WEIGHT_BOLD);
      break;
    case TILL_RECEIPT_ROW_SPACE:
      pen->y += TYPE_SIZE * pen->scale;
      break;
    }
}

/* Where row @index ends when set at @y, with the details told of it: they are not torn from it. */
static double
till_receipt_find_end (const TillReceiptPen *measuring, GArray *rows, guint index, double y)
{
  TillReceiptPen pen = *measuring;

  pen.y = y;
  till_receipt_pen_add_row (&pen, &g_array_index (rows, TillReceiptRow, index));
  if (g_array_index (rows, TillReceiptRow, index).kind == TILL_RECEIPT_ROW_PAIR)
    for (guint i = index + 1; i < rows->len; i++)
      {
        const TillReceiptRow *row = &g_array_index (rows, TillReceiptRow, i);

        if (row->kind != TILL_RECEIPT_ROW_DETAIL)
          break;
        till_receipt_pen_add_row (&pen, row);
      }
  return pen.y;
}

/*
 * Sets the rows on pages of @height and draws page @page (below 0: none); gives the number of pages. *@last_height,
 * where asked for, is how far the last one is filled.
 */
static guint
till_receipt_set_pages (
    const TillReceipt *self, cairo_t *cr, double width, double height, gint64 page, double *last_height)
{
  g_autoptr (GArray) rows = till_receipt_list_rows (self);
  TillReceiptPen measuring, drawing;
  guint pages = 1;

  till_receipt_pen_init (&measuring, cr, TRUE, width);
  till_receipt_pen_init (&drawing, cr, FALSE, width);
  const double top = MARGIN * measuring.scale, bottom = height - top;
  measuring.y = top;
  for (guint i = 0; i < rows->len; i++)
    {
      const TillReceiptRow *row = &g_array_index (rows, TillReceiptRow, i);

      if (measuring.y > top && till_receipt_find_end (&measuring, rows, i, measuring.y) > bottom)
        {
          pages++;
          measuring.y = top;
        }
      drawing.y = measuring.y;
      till_receipt_pen_add_row (&measuring, row);
      if (pages - 1 == page)
        till_receipt_pen_add_row (&drawing, row);
    }
  if (last_height != NULL)
    *last_height = measuring.y + top;
  g_object_unref (measuring.context);
  g_object_unref (drawing.context);
  return pages;
}

double
till_receipt_draw (const TillReceipt *self, cairo_t *cr, double width)
{
  double height;

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  till_receipt_set_pages (self, cr, width, G_MAXDOUBLE, 0, &height);
  cairo_restore (cr);
  return height;
}

guint
till_receipt_count_pages (const TillReceipt *self, cairo_t *cr, double width, double height)
{
  return till_receipt_set_pages (self, cr, width, height, -1, NULL);
}

void
till_receipt_draw_page (const TillReceipt *self, cairo_t *cr, double width, double height, guint page)
{
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  till_receipt_set_pages (self, cr, width, height, page, NULL);
  cairo_restore (cr);
}

static cairo_status_t
till_receipt_write_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
till_receipt_describe (const TillReceipt *self, cairo_surface_t *surface)
{
  g_autofree char *title = g_strdup_printf (
      till_receipt_is_refund (self) ? _ ("Refund %s") : _ ("Receipt %s"), till_receipt_get_number (self));

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, till_receipt_get_shop (self));
}

static void
till_receipt_draw_pdf (const TillReceipt *self, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);
  double last_height;
  guint pages
      = till_receipt_set_pages (self, cr, TILL_RECEIPT_PAPER_WIDTH, MAX_PAPER_HEIGHT, -1, &last_height);

  for (guint page = 0; page < pages; page++)
    {
      double height = page + 1 < pages ? MAX_PAPER_HEIGHT : last_height;

      cairo_pdf_surface_set_size (surface, TILL_RECEIPT_PAPER_WIDTH, height);
      till_receipt_draw_page (self, cr, TILL_RECEIPT_PAPER_WIDTH, MAX_PAPER_HEIGHT, page);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
}

gboolean
till_receipt_to_pdf (const TillReceipt *self, const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (till_receipt_write_bytes, bytes,
                                                                  TILL_RECEIPT_PAPER_WIDTH, MAX_PAPER_HEIGHT);

  till_receipt_describe (self, surface);
  till_receipt_draw_pdf (self, surface);
  cairo_surface_finish (surface);
  cairo_status_t status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "The receipt could not be drawn: %s",
                   cairo_status_to_string (status));
      return FALSE;
    }
  return g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, error);
}
