/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-day-print.h"

#include "base/till-error.h"
#include "sale/till-receipt-drawing.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

/* Points: the report's columns fill the paper of a receipt printer. */
#define TYPE_SIZE 7.5
#define MARGIN    10.0

typedef struct
{
  TillDayReport *report;
  GtkWindow *parent; /* weak */
  TillDayPrinted told;
} Errand;

static Errand *
errand_new (TillDayReport *report, GtkWindow *parent, TillDayPrinted told)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->report = till_day_report_ref (report);
  errand->told = told;
  g_set_weak_pointer (&errand->parent, parent);
  return errand;
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  till_day_report_unref (errand->report);
  g_clear_weak_pointer (&errand->parent);
  g_free (errand);
}

static void
errand_tell (Errand *errand, const char *words)
{
  if (errand->parent != NULL)
    errand->told (words, errand->parent);
}

char *
till_day_file_name (const TillDayReport *report, const char *ending)
{
  g_autoptr (GDateTime) at
      = g_date_time_new_from_unix_local (till_day_report_get_at_us (report) / G_USEC_PER_SEC);
  g_autofree char *date = at != NULL ? g_date_time_format (at, "%F") : g_strdup ("day");

  /* TRANSLATORS: name of a file; a date and "pdf" or "csv" go in */
  return g_strdup_printf (_ ("takings-%s.%s"), date, ending);
}

/* Drawing: the lines of the report's text, one below the other */

static PangoLayout *
new_layout (cairo_t *cr)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("DejaVu Sans Mono, Monospace");

  /* Type is set in points of the page, whatever the resolution of the surface. */
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_layout_context_changed (layout);
  pango_font_description_set_size (font, (int) (TYPE_SIZE * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  return layout;
}

static char **
lines_of (TillDayReport *report)
{
  g_autofree char *text = till_day_report_to_text (report);

  return g_strsplit (g_strchomp (text), "\n", -1);
}

static double
line_height (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_set_text (layout, "0", -1);
  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

static guint
lines_per_page (PangoLayout *layout, double height)
{
  return (guint) MAX (1.0, (height - 2 * MARGIN) / line_height (layout));
}

static void
draw_lines (cairo_t *cr, PangoLayout *layout, char **lines, guint from, guint count)
{
  double high = line_height (layout);

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = from, n = g_strv_length (lines); i < n && i < from + count; i++)
    {
      pango_layout_set_text (layout, lines[i], -1);
      cairo_move_to (cr, MARGIN, MARGIN + high * (i - from));
      pango_cairo_show_layout (cr, layout);
    }
}

/* PDF */

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static double
measure (guint n_lines)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = new_layout (cr);
  double height = 2 * MARGIN + n_lines * line_height (layout);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return height;
}

gboolean
till_day_report_write_pdf (TillDayReport *report, const char *path, GError **error)
{
  g_auto (GStrv) lines = lines_of (report);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint n = g_strv_length (lines);
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (collect, bytes, TILL_RECEIPT_PAPER_WIDTH, measure (n));
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = new_layout (cr);

  draw_lines (cr, layout, lines, 0, n);
  cairo_show_page (cr);
  cairo_surface_finish (surface);
  cairo_status_t status = cairo_surface_status (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, _ ("The report could not be drawn: %s"),
                   cairo_status_to_string (status));
      return FALSE;
    }
  return g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, error);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && path == NULL)
    errand_tell (errand, _ ("A report can only be saved in a folder of this computer"));
  else if (response == GTK_RESPONSE_ACCEPT)
    errand_tell (errand, till_day_report_write_pdf (errand->report, path, &error) ? _ ("The report is saved")
                                                                                  : error->message);
  g_object_unref (dialog);
  errand_free (errand);
}

void
till_day_save (TillDayReport *report, GtkWindow *parent, TillDayPrinted told)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save the report"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  g_autofree char *name = till_day_file_name (report, "pdf");

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chosen), errand_new (report, parent, told));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* Printing */

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
  Errand *errand = user_data;
  g_auto (GStrv) lines = lines_of (errand->report);
  g_autoptr (PangoLayout) layout = new_layout (gtk_print_context_get_cairo_context (context));
  guint each = lines_per_page (layout, gtk_print_context_get_height (context));

  gtk_print_operation_set_n_pages (operation, (int) ((g_strv_length (lines) + each - 1) / each));
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  Errand *errand = user_data;
  g_auto (GStrv) lines = lines_of (errand->report);
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayout) layout = new_layout (cr);
  guint each = lines_per_page (layout, gtk_print_context_get_height (context));

  draw_lines (cr, layout, lines, each * (guint) page, each);
}

static void
on_printed (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  Errand *errand = user_data;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gtk_print_operation_get_error (operation, &error);
      errand_tell (errand, error != NULL ? error->message : _ ("The report could not be printed"));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    errand_tell (errand, _ ("The report was sent to the printer"));
  errand_free (errand);
}

void
till_day_print (TillDayReport *report, GtkWindow *parent, TillDayPrinted told)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  Errand *errand = errand_new (report, parent, told);

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, _ ("Takings"));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), errand);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), errand);
  g_signal_connect (operation, "done", G_CALLBACK (on_printed), errand);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
