/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-pass-sheet.h"

#include "base/till-error.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

/* In points. */
#define MARGIN       16.0
#define CODE_SIZE    264.0
#define TITLE_SIZE   13.0
#define NUMBER_SIZE  15.0
#define TEXT_SIZE    7.0
#define GAP          4.0
#define STRIP_HEIGHT 44.0
#define DASH         4.0

#define SECONDS_A_DAY ((gint64) 24 * 3600)

/* Dots a point of a PNG: 300 an inch. */
#define PNG_SCALE (300.0 / 72.0)

/* Readable by its owner alone: whoever has the sheet has the pass. */
#define FILE_MODE 0600

/* One block of text across the sheet, below @y; gives where it ends. */
static double
till_pass_sheet_write (
    cairo_t *cr, double y, const char *words, double size, PangoWeight weight, PangoAlignment alignment)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_new ();
  PangoRectangle logical;

  /* Type is set in points of the sheet, whatever the resolution of the surface. */
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_font_description_set_family (font, "Cantarell, DejaVu Sans, Sans");
  pango_font_description_set_weight (font, weight);
  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) ((TILL_PASS_SHEET_WIDTH - 2 * MARGIN) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, alignment);
  pango_layout_set_text (layout, words, -1);

  cairo_move_to (cr, MARGIN, y);
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_extents (layout, NULL, &logical);
  return y + (double) logical.height / PANGO_SCALE;
}

static char *
till_pass_sheet_last_day (const TillFacePass *pass)
{
  g_autoptr (GDateTime) day
      = g_date_time_new_from_unix_utc (till_face_pass_get_expires_day (pass) * SECONDS_A_DAY);

  return g_date_time_format (day, "%-d %B %Y");
}

static void
till_pass_sheet_draw_words (const TillPassSheet *self, cairo_t *cr, double y)
{
  const char *number = till_face_pass_get_number (self->pass);
  g_autofree char *day = till_pass_sheet_last_day (self->pass);
  g_autofree char *until = g_strdup_printf (_ ("Good until %s"), day);
  g_autofree char *use = g_strdup_printf (
      _ ("To pay: show this code to the camera at %s, type the last four digits of your phone, look and "
         "smile. In the code are a few hundred numbers worked out from your face, written so that only this "
         "shop’s till can read them. The shop itself keeps none of them: burn this paper and they are gone."),
      self->shop);

  y = till_pass_sheet_write (cr, y, number, NUMBER_SIZE, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER);
  y = till_pass_sheet_write (cr, y, until, TEXT_SIZE, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_CENTER) + GAP;
  till_pass_sheet_write (cr, y, use, TEXT_SIZE, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT);
}

/* The strip to be cut off along the dashes. */
static void
till_pass_sheet_draw_strip (const TillPassSheet *self, cairo_t *cr)
{
  const double top = TILL_PASS_SHEET_HEIGHT - STRIP_HEIGHT;
  const double dashes[] = { DASH };
  g_autofree char *number = g_strdup_printf (_ ("Face pass %s"), till_face_pass_get_number (self->pass));
  g_autofree char *lost
      = g_strdup_printf (_ ("Cut off and keep apart. Lost the pass? Tell %s this number, and nobody can pay "
                            "with it from then on."),
                         self->shop);

  cairo_save (cr);
  cairo_set_line_width (cr, 0.5);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, 0, top);
  cairo_line_to (cr, TILL_PASS_SHEET_WIDTH, top);
  cairo_stroke (cr);
  cairo_restore (cr);

  double y
      = till_pass_sheet_write (cr, top + GAP, number, TEXT_SIZE + 2, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT);
  till_pass_sheet_write (cr, y, lost, TEXT_SIZE, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT);
}

void
till_pass_sheet_draw (const TillPassSheet *self, cairo_t *cr)
{
  g_autofree char *title = g_strdup_printf (_ ("Face pass of %s"), self->shop);
  double y;

  cairo_save (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, TILL_PASS_SHEET_WIDTH, TILL_PASS_SHEET_HEIGHT);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  y = till_pass_sheet_write (cr, MARGIN / 2, title, TITLE_SIZE, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER);
  till_pass_code_draw (self->code, cr, (TILL_PASS_SHEET_WIDTH - CODE_SIZE) / 2, y, CODE_SIZE);
  till_pass_sheet_draw_words (self, cr, y + CODE_SIZE);
  till_pass_sheet_draw_strip (self, cr);
  cairo_restore (cr);
}

static cairo_status_t
till_pass_sheet_append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
till_pass_sheet_draw_on (const TillPassSheet *self, cairo_surface_t *surface, double scale)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, scale, scale);
  till_pass_sheet_draw (self, cr);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

static cairo_status_t
till_pass_sheet_make_pdf (const TillPassSheet *self, GByteArray *bytes)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      till_pass_sheet_append, bytes, TILL_PASS_SHEET_WIDTH, TILL_PASS_SHEET_HEIGHT);
  cairo_status_t status = till_pass_sheet_draw_on (self, surface, 1);

  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
till_pass_sheet_make_png (const TillPassSheet *self, GByteArray *bytes)
{
  const int width = (int) (TILL_PASS_SHEET_WIDTH * PNG_SCALE);
  const int height = (int) (TILL_PASS_SHEET_HEIGHT * PNG_SCALE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_status_t status = till_pass_sheet_draw_on (self, surface, PNG_SCALE);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, till_pass_sheet_append, bytes);
  cairo_surface_destroy (surface);
  return status;
}

gboolean
till_pass_sheet_save (const TillPassSheet *self, const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status = g_str_has_suffix (path, ".png") ? till_pass_sheet_make_png (self, bytes)
                                                          : till_pass_sheet_make_pdf (self, bytes);

  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "The face pass could not be drawn: %s",
                   cairo_status_to_string (status));
      return FALSE;
    }
  return g_file_set_contents_full (path, (const char *) bytes->data, (gssize) bytes->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, FILE_MODE,
                                   error);
}
