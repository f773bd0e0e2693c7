/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale-shop.h"
#include "sale/till-receipt-drawing.h"
#include "sale/till-refund.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>

#define AT_US (G_GINT64_CONSTANT (1795329660) * G_USEC_PER_SEC)

static const gint64 prices[] = { 130, 220, 999 };

static TillReceipt *
receipt_new (guint n_lines, const char *name)
{
  g_autofree gint64 *many = g_new (gint64, n_lines);
  TillTender tender;

  for (guint i = 0; i < n_lines; i++)
    many[i] = prices[i % G_N_ELEMENTS (prices)];
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, many, n_lines);
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  for (guint i = 0; i < n_lines; i++)
    g_assert_true (till_basket_add (basket, sale_shop_article (shop, i), i + 1, NULL));
  g_assert_true (till_basket_discount_line (basket, "a0", 1000, NULL, NULL));
  TillDiscountRules rules = { .smile_most_rate = 500 };
  till_basket_set_rules (basket, &rules);

  g_autoptr (TillPricing) pricing = till_basket_price (basket, 637, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (till_tender_init_exact (&tender, TILL_TENDER_FACE, till_pricing_get_total (pricing),
                                         "pi_3OqXyz0000000001", "ch_1", NULL));
  TillReceipt *receipt = till_receipt_new_priced (name, "20261122-0007", AT_US, pricing, &tender, &error);
  g_assert_no_error (error);
  return receipt;
}

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
} Paper;

/* White, @width by @height pixels, four to the point. */
static Paper
paper_new (double width, double height)
{
  Paper paper;

  paper.surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * 4), (int) (height * 4));
  paper.cr = cairo_create (paper.surface);
  cairo_scale (paper.cr, 4, 4);
  cairo_set_source_rgb (paper.cr, 1, 1, 1);
  cairo_paint (paper.cr);
  return paper;
}

static void
paper_free (Paper *paper)
{
  cairo_destroy (paper->cr);
  cairo_surface_destroy (paper->surface);
}

/* Whether anything is drawn in the rectangle, in points. */
static gboolean
paper_has_ink (Paper *paper, double x, double y, double width, double height)
{
  cairo_surface_flush (paper->surface);
  const guchar *data = cairo_image_surface_get_data (paper->surface);
  int stride = cairo_image_surface_get_stride (paper->surface);
  int right = MIN ((int) ((x + width) * 4), cairo_image_surface_get_width (paper->surface));
  int bottom = MIN ((int) ((y + height) * 4), cairo_image_surface_get_height (paper->surface));

  for (int row = (int) (y * 4); row < bottom; row++)
    for (int column = (int) (x * 4); column < right; column++)
      if (data[row * stride + column * 4] < 128)
        return TRUE;
  return FALSE;
}

/* SMILETILL_TEST_PICTURES names a folder for whoever wants to look. */
static void
paper_keep (Paper *paper, const char *name)
{
  const char *folder = g_getenv ("SMILETILL_TEST_PICTURES");

  if (folder == NULL)
    return;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_cmpint (cairo_surface_write_to_png (paper->surface, path), ==, CAIRO_STATUS_SUCCESS);
}

static void
test_fills_its_height (void)
{
  g_autoptr (TillReceipt) receipt = receipt_new (3, "Corner Café");
  Paper paper = paper_new (TILL_RECEIPT_PAPER_WIDTH, 600);
  double height = till_receipt_draw (receipt, paper.cr, TILL_RECEIPT_PAPER_WIDTH);

  paper_keep (&paper, "receipt.png");
  g_assert_cmpfloat (height, >, 150);
  g_assert_cmpfloat (height, <, 500);
  g_assert_true (paper_has_ink (&paper, 0, 0, TILL_RECEIPT_PAPER_WIDTH, 40));
  g_assert_true (paper_has_ink (&paper, 0, height - 30, TILL_RECEIPT_PAPER_WIDTH, 30));
  g_assert_false (paper_has_ink (&paper, 0, height, TILL_RECEIPT_PAPER_WIDTH, 600 - height));
  /* Nothing in the margins: no word is cut off. */
  g_assert_false (paper_has_ink (&paper, 0, 0, 9, 600));
  g_assert_false (paper_has_ink (&paper, TILL_RECEIPT_PAPER_WIDTH - 9, 0, 9, 600));
  paper_free (&paper);
}

static void
test_refund_is_drawn (void)
{
  g_autoptr (TillReceipt) sale = receipt_new (3, "Corner Café");
  TillRefund wanted = { .reason = "The croissants were yesterday’s, and the customer noticed at once",
                        .tender = TILL_TENDER_FACE,
                        .reference = "re_1" };
  g_autoptr (TillReceipt) refund = till_receipt_new_refund (sale, NULL, &wanted, "R1", AT_US, NULL);
  Paper paper = paper_new (TILL_RECEIPT_PAPER_WIDTH, 600);

  g_assert_cmpfloat (till_receipt_draw (refund, paper.cr, TILL_RECEIPT_PAPER_WIDTH), >, 150);
  paper_keep (&paper, "refund.png");
  g_assert_false (paper_has_ink (&paper, TILL_RECEIPT_PAPER_WIDTH - 9, 0, 9, 600));
  paper_free (&paper);
}

/* Whatever a shop is called, it is words and not markup, and it stays on the paper. */
static void
test_hostile_names (void)
{
  static const char *const names[] = {
    "<b>Bold & brash</b>",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihautomat",
    "مقهى الزاوية قهوة عربية محمصة",
    "街角咖啡馆的特制手冲咖啡豆",
    "👨‍👩‍👧 %s %n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TillReceipt) receipt = receipt_new (2, names[i]);
      Paper paper = paper_new (TILL_RECEIPT_PAPER_WIDTH, 600);

      till_receipt_draw (receipt, paper.cr, TILL_RECEIPT_PAPER_WIDTH);
      g_assert_false (paper_has_ink (&paper, 0, 0, 9, 600));
      g_assert_false (paper_has_ink (&paper, TILL_RECEIPT_PAPER_WIDTH - 9, 0, 9, 600));
      paper_free (&paper);
    }
}

/* Each page has something on it, none runs over its end. */
static void
test_pages (void)
{
  g_autoptr (TillReceipt) receipt = receipt_new (90, "Corner Café");
  Paper first = paper_new (400, 600);
  guint pages = till_receipt_count_pages (receipt, first.cr, 400, 600);

  g_assert_cmpuint (pages, >, 3);
  for (guint page = 0; page < pages; page++)
    {
      Paper paper = paper_new (400, 600);

      till_receipt_draw_page (receipt, paper.cr, 400, 600, page);
      g_assert_true (paper_has_ink (&paper, 0, 0, 400, 60));
      g_assert_false (paper_has_ink (&paper, 0, 592, 400, 8));
      if (page + 1 < pages)
        g_assert_true (paper_has_ink (&paper, 0, 520, 400, 80));
      if (page == 0)
        paper_keep (&paper, "page.png");
      paper_free (&paper);
    }
  paper_free (&first);
}

static guint
count (const char *data, gsize length, const char *needle)
{
  guint n = 0;

  for (gsize i = 0; i + strlen (needle) <= length; i++)
    n += memcmp (data + i, needle, strlen (needle)) == 0 ? 1 : 0;
  return n;
}

static void
test_pdf (void)
{
  g_autoptr (TillReceipt) receipt = receipt_new (3, "Corner Café");
  g_autofree char *folder = g_dir_make_tmp ("smiletill-pdf-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "receipt.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "receipt.pdf", NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (till_receipt_to_pdf (receipt, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_true (g_str_has_prefix (data, "%PDF-"));
  g_assert_cmpuint (count (data, length, "/Type /Page %"), ==, 1);
  g_assert_cmpuint (count (data, length, "/Title"), ==, 1);
  /* Fonts are in it, so that it looks the same wherever it is read. */
  g_assert_cmpuint (count (data, length, "/FontFile"), >, 0);

  g_assert_false (till_receipt_to_pdf (receipt, nowhere, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* No page of a PDF may be as high as 500 lines are. */
static void
test_long_pdf (void)
{
  g_autoptr (TillReceipt) receipt = receipt_new (TILL_BASKET_MAX_LINES, "Corner Café");
  g_autofree char *folder = g_dir_make_tmp ("smiletill-pdf-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "receipt.pdf", NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (till_receipt_to_pdf (receipt, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpuint (count (data, length, "/Type /Page %"), >, 1);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sale/drawing/fills-its-height", test_fills_its_height);
  g_test_add_func ("/sale/drawing/refund-is-drawn", test_refund_is_drawn);
  g_test_add_func ("/sale/drawing/hostile-names", test_hostile_names);
  g_test_add_func ("/sale/drawing/pages", test_pages);
  g_test_add_func ("/sale/drawing/pdf", test_pdf);
  g_test_add_func ("/sale/drawing/long-pdf", test_long_pdf);
  return g_test_run ();
}
