/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-receipt-print.h"

#include "sale/till-receipt-drawing.h"

#include <glib/gi18n.h>

typedef struct
{
  TillReceipt *receipt;
  GtkWindow *parent; /* weak */
  TillReceiptPrinted told;
} Errand;

static Errand *
errand_new (TillReceipt *receipt, GtkWindow *parent, TillReceiptPrinted told)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->receipt = till_receipt_ref (receipt);
  errand->told = told;
  g_set_weak_pointer (&errand->parent, parent);
  return errand;
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  till_receipt_unref (errand->receipt);
  g_clear_weak_pointer (&errand->parent);
  g_free (errand);
}

static void
errand_tell (Errand *errand, const char *words)
{
  if (errand->parent != NULL)
    errand->told (words, errand->parent);
}

/* Printing */

/* A receipt is no wider than a receipt printer makes it, however large the paper. */
static double
paper_width (GtkPrintContext *context)
{
  return MIN (gtk_print_context_get_width (context), TILL_RECEIPT_PAPER_WIDTH);
}

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
  guint n_pages = till_receipt_count_pages (user_data, gtk_print_context_get_cairo_context (context),
                                            paper_width (context), gtk_print_context_get_height (context));

  gtk_print_operation_set_n_pages (operation, (int) n_pages);
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  till_receipt_draw_page (user_data, gtk_print_context_get_cairo_context (context), paper_width (context),
                          gtk_print_context_get_height (context), (guint) page);
}

GtkPrintOperation *
till_receipt_print_operation_new (TillReceipt *receipt)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, till_receipt_get_number (receipt));
  g_object_set_data_full (G_OBJECT (operation), "receipt", till_receipt_ref (receipt),
                          (GDestroyNotify) till_receipt_unref);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), receipt);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), receipt);
  return operation;
}

static void
on_printed (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  Errand *errand = user_data;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gtk_print_operation_get_error (operation, &error);
      errand_tell (errand, error != NULL ? error->message : _ ("The receipt could not be printed"));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    errand_tell (errand, _ ("The receipt was sent to the printer"));
  errand_free (errand);
}

void
till_receipt_print (TillReceipt *receipt, GtkWindow *parent, TillReceiptPrinted told)
{
  g_autoptr (GtkPrintOperation) operation = till_receipt_print_operation_new (receipt);

  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "done", G_CALLBACK (on_printed), errand_new (receipt, parent, told));
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

/* Saving */

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && path == NULL)
    errand_tell (errand, _ ("A receipt can only be saved in a folder of this computer"));
  else if (response == GTK_RESPONSE_ACCEPT)
    errand_tell (errand, till_receipt_to_pdf (errand->receipt, path, &error) ? _ ("The receipt is saved")
                                                                             : error->message);
  g_object_unref (dialog);
  errand_free (errand);
}

void
till_receipt_save (TillReceipt *receipt, GtkWindow *parent, TillReceiptPrinted told)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save the receipt"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  /* TRANSLATORS: name of a file; a number goes in */
  g_autofree char *name = g_strdup_printf (_ ("receipt-%s.pdf"), till_receipt_get_number (receipt));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("PDF"));
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), g_strdelimit (name, "/\\", '-'));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chosen), errand_new (receipt, parent, told));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
