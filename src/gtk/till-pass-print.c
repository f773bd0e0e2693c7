/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-pass-print.h"

#include "customers/till-pass-sheet.h"

#include <glib/gi18n.h>

typedef struct
{
  char *shop;
  TillFacePass *pass;
  TillPassCode *code;
  TillApplication *application;
} Errand;

static void
errand_free (Errand *errand)
{
  g_free (errand->shop);
  till_face_pass_unref (errand->pass);
  till_pass_code_unref (errand->code);
  g_object_unref (errand->application);
  g_free (errand);
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  const Errand *errand = user_data;
  const TillPassSheet sheet = { .shop = errand->shop, .pass = errand->pass, .code = errand->code };

  till_pass_sheet_draw (&sheet, gtk_print_context_get_cairo_context (context));
}

static void
on_printed (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      till_application_tell (errand->application,
                             error != NULL ? error->message : _ ("The pass could not be printed"));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    till_application_tell (errand->application, _ ("The pass was sent to the printer"));
  errand_free (errand);
}

static GtkPageSetup *
make_page (void)
{
  GtkPageSetup *page = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) paper = gtk_paper_size_new ("iso_a6");

  gtk_page_setup_set_paper_size (page, paper);
  return page;
}

void
till_pass_print (const char *shop, TillFacePass *pass, const char *text, TillApplication *application)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) page = make_page ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPassCode) code = till_pass_code_new (text, &error);

  if (code == NULL)
    {
      till_application_tell (application, error->message);
      return;
    }

  Errand *errand = g_new0 (Errand, 1);
  errand->shop = g_strdup (shop);
  errand->pass = till_face_pass_ref (pass);
  errand->code = g_steal_pointer (&code);
  errand->application = g_object_ref (application);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_default_page_setup (operation, page);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, till_face_pass_get_number (pass));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), errand);
  g_signal_connect (operation, "done", G_CALLBACK (on_printed), errand);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           gtk_application_get_active_window (GTK_APPLICATION (application)), NULL);
}

gboolean
till_pass_save (const char *shop, TillFacePass *pass, const char *text, const char *path, GError **error)
{
  g_autoptr (TillPassCode) code = till_pass_code_new (text, error);
  const TillPassSheet sheet = { .shop = shop, .pass = pass, .code = code };

  return code != NULL && till_pass_sheet_save (&sheet, path, error);
}
