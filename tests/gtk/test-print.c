/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-day-print.h"
#include "gtk/till-receipt-print.h"

#include "sale/till-basket.h"
#include "sale/till-catalogue.h"
#include "sale/till-receipt-drawing.h"

#include <glib/gstdio.h>
#include <string.h>

/* A receipt of @n lines, paid in cash. */
static TillReceipt *
receipt_of (guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) json
      = g_string_new ("{\"shop\":\"Corner Café\",\"currency\":\"EUR\",\"prices\":\"inclusive\","
                      "\"tax_classes\":[{\"id\":\"a\",\"name\":\"VAT\",\"rate\":2000}],"
                      "\"articles\":[");
  g_autoptr (TillCatalogue) catalogue = NULL;
  g_autoptr (TillBasket) basket = NULL;
  TillTender tender;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (json,
                            "%s{\"id\":\"a%u\",\"name\":\"Article %u\",\"price\":\"1.00\","
                            "\"tax\":\"a\",\"category\":\"All\",\"emoji\":\"🥐\"}",
                            i > 0 ? "," : "", i, i);
  g_string_append (json, "]}");
  catalogue = till_catalogue_new_from_data (json->str, (gssize) json->len, "test", &error);
  g_assert_no_error (error);
  basket = till_basket_new (catalogue);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i);

      g_assert_true (till_basket_add (basket, till_catalogue_find_id (catalogue, id), 1, &error));
    }
  g_assert_true (
      till_tender_init_exact (&tender, TILL_TENDER_CARD, till_basket_get_total (basket), NULL, NULL, &error));
  return till_receipt_new ("Corner Café", "000001", G_GINT64_CONSTANT (1790000000) * G_USEC_PER_SEC, basket,
                           &tender, &error);
}

/* Prints to a file what goes to a printer, on paper of @width by @height points; how many pages that took. */
static int
pages_of (TillReceipt *receipt, double width, double height)
{
  g_autoptr (GtkPrintOperation) operation = till_receipt_print_operation_new (receipt);
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *paper = gtk_paper_size_new_custom ("test", "Test", width, height, GTK_UNIT_POINTS);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "smiletill-test-print.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *pdf = NULL;
  gsize length = 0;
  int n_pages;

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
                   GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &pdf, &length, &error));
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  g_assert_cmpuint (length, >, 1000);
  g_remove (path);
  g_object_get (operation, "n-pages", &n_pages, NULL);
  gtk_paper_size_free (paper);
  return n_pages;
}

static void
test_pages (void)
{
  g_autoptr (TillReceipt) one = receipt_of (1);
  g_autoptr (TillReceipt) many = receipt_of (120);

  g_assert_nonnull (one);
  g_assert_nonnull (many);
  g_assert_cmpint (pages_of (one, 595, 842), ==, 1);
  g_assert_cmpint (pages_of (many, 595, 842), >, 1);
  g_assert_cmpint (pages_of (many, 595, 842), <, 10);
}

/* Paper that is narrower than a receipt takes one too. */
static void
test_narrow_paper (void)
{
  g_autoptr (TillReceipt) one = receipt_of (1);

  g_assert_cmpint (pages_of (one, 150, 842), ==, 1);
}

static TillDayReport *
empty_day (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  TillDayReport *report = till_day_report_new ("Corner Café", "EUR", 0,
                                               G_GINT64_CONSTANT (1790000000) * G_USEC_PER_SEC, rows, &error);

  g_assert_no_error (error);
  return report;
}

/* One page, as wide as the paper of a receipt printer and as long as the lines are. */
static void
test_day_pdf (void)
{
  g_autoptr (TillDayReport) report = empty_day ();
  g_autofree char *text = till_day_report_to_text (report);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_autofree char *folder = g_dir_make_tmp ("smiletill-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "day.pdf", NULL);
  g_autofree char *pdf = NULL;
  g_autoptr (GError) error = NULL;
  guint n = g_strv_length (lines);
  double width, height;
  gsize length;

  g_assert_true (till_day_report_write_pdf (report, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &pdf, &length, &error));
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  /* Packed pictures and type have bytes that end a string. */
  for (gsize i = 0; i < length; i++)
    if (pdf[i] == '\0')
      pdf[i] = ' ';
  const char *box = strstr (pdf, "/MediaBox [ 0 0 ");
  g_assert_nonnull (box);
  char *end;
  width = g_ascii_strtod (box + strlen ("/MediaBox [ 0 0 "), &end);
  height = g_ascii_strtod (end, NULL);
  g_assert_cmpfloat_with_epsilon (width, TILL_RECEIPT_PAPER_WIDTH, 0.01);
  g_assert_cmpfloat (height, >, n * 7.5);
  g_assert_cmpfloat (height, <, n * 15.0 + 40);
  g_remove (path);
  g_rmdir (folder);
}

/* Where nothing can be written the cashier is told. */
static void
test_day_pdf_refused (void)
{
  g_autoptr (TillDayReport) report = empty_day ();
  g_autoptr (GError) error = NULL;

  g_assert_false (till_day_report_write_pdf (report, "/proc/there-is-no-such-folder/day.pdf", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/pages", test_pages);
  g_test_add_func ("/print/narrow-paper", test_narrow_paper);
  g_test_add_func ("/print/day-pdf", test_day_pdf);
  g_test_add_func ("/print/day-pdf-refused", test_day_pdf_refused);
  return g_test_run ();
}
