/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-sheet-print.h"

#include "base/till-error.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <string.h>

/* Points, as all lengths here. */
#define A5_WIDTH   420.0
#define A5_HEIGHT  595.0
#define MARGIN     36.0
#define TITLE_SIZE 16.0
#define TYPE_SIZE  10.5
#define GAP        14.0

typedef struct
{
  char *title;
  char *text;
  GtkWindow *parent; /* weak */
  TillSheetPrinted told;
} Errand;

static Errand *
errand_new (const char *title, const char *text, GtkWindow *parent, TillSheetPrinted told)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->title = g_strdup (title);
  errand->text = g_strdup (text);
  errand->told = told;
  g_set_weak_pointer (&errand->parent, parent);
  return errand;
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  explicit_bzero (errand->text, strlen (errand->text));
  g_free (errand->text);
  g_free (errand->title);
  g_clear_weak_pointer (&errand->parent);
  g_free (errand);
}

static void
errand_tell (Errand *errand, const char *words)
{
  if (errand->parent != NULL)
    errand->told (words, errand->parent);
}

/* Drawing: one column of lines, cut into pages */

static PangoLayout *
new_layout (cairo_t *cr, const char *text, double width, double size, PangoWeight weight)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, DejaVu Sans, Sans");

  /* Type is set in points of the page, whatever the resolution of the surface. */
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_layout_context_changed (layout);
  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (MAX (width - 2 * MARGIN, 1) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.15F);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
height_of (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

/* Draws page @page of @errand where @draws; how many pages there are. */
static int
lay_out (cairo_t *cr, Errand *errand, double width, double height, int page, gboolean draws)
{
  g_autoptr (PangoLayout) title = new_layout (cr, errand->title, width, TITLE_SIZE, PANGO_WEIGHT_BOLD);
  g_autoptr (PangoLayout) body = new_layout (cr, errand->text, width, TYPE_SIZE, PANGO_WEIGHT_NORMAL);
  PangoLayoutIter *lines = pango_layout_get_iter (body);
  double y = MARGIN + height_of (title) + GAP;
  int at = 0;

  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, MARGIN, MARGIN);
  if (draws && page == 0)
    pango_cairo_show_layout (cr, title);
  do
    {
      PangoRectangle logical;
      double high;

      pango_layout_iter_get_line_extents (lines, NULL, &logical);
      high = (double) logical.height / PANGO_SCALE;
      if (y + high > height - MARGIN && y > MARGIN)
        {
          at++;
          y = MARGIN;
        }
      cairo_move_to (cr, MARGIN + (double) logical.x / PANGO_SCALE,
                     y + (double) (pango_layout_iter_get_baseline (lines) - logical.y) / PANGO_SCALE);
      if (draws && at == page)
        pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (lines));
      y += high;
    }
  while (pango_layout_iter_next_line (lines));
  pango_layout_iter_free (lines);
  return at + 1;
}

/* PDF */

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
write_pdf (Errand *errand, const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, bytes, A5_WIDTH, A5_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  int n = lay_out (cr, errand, A5_WIDTH, A5_HEIGHT, 0, FALSE);

  for (int page = 0; page < n; page++)
    {
      lay_out (cr, errand, A5_WIDTH, A5_HEIGHT, page, TRUE);
      cairo_show_page (cr);
    }
  cairo_surface_finish (surface);
  cairo_status_t status = cairo_surface_status (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, _ ("The sheet could not be drawn: %s"),
                   cairo_status_to_string (status));
      return FALSE;
    }
  /* Nobody else on this computer has to read what was given to one person. */
  return g_file_set_contents_full (path, (const char *) bytes->data, (gssize) bytes->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

gboolean
till_sheet_write_pdf (const char *title, const char *text, const char *path, GError **error)
{
  Errand *errand = errand_new (title, text, NULL, NULL);
  gboolean written = write_pdf (errand, path, error);

  errand_free (errand);
  return written;
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && path == NULL)
    errand_tell (errand, _ ("It can only be saved in a folder of this computer"));
  else if (response == GTK_RESPONSE_ACCEPT)
    errand_tell (errand, write_pdf (errand, path, &error) ? _ ("It is saved") : error->message);
  g_object_unref (dialog);
  errand_free (errand);
}

void
till_sheet_save (
    const char *title, const char *text, const char *name, GtkWindow *parent, TillSheetPrinted told)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chosen), errand_new (title, text, parent, told));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* Printing */

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
  gtk_print_operation_set_n_pages (operation, lay_out (gtk_print_context_get_cairo_context (context),
                                                       user_data, gtk_print_context_get_width (context),
                                                       gtk_print_context_get_height (context), 0, FALSE));
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  lay_out (gtk_print_context_get_cairo_context (context), user_data, gtk_print_context_get_width (context),
           gtk_print_context_get_height (context), page, TRUE);
}

static void
on_printed (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  Errand *errand = user_data;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gtk_print_operation_get_error (operation, &error);
      errand_tell (errand, error != NULL ? error->message : _ ("It could not be printed"));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    errand_tell (errand, _ ("It was sent to the printer"));
  errand_free (errand);
}

void
till_sheet_print (const char *title, const char *text, GtkWindow *parent, TillSheetPrinted told)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  Errand *errand = errand_new (title, text, parent, told);

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), errand);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), errand);
  g_signal_connect (operation, "done", G_CALLBACK (on_printed), errand);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
