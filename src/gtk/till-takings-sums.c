/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-takings-sums.h"

#include "sale/till-rate.h"
#include "sale/till-tender.h"

#include <glib/gi18n.h>

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* A table with a heading; its columns are as wide as they need, the first one takes the rest. */
static GtkGrid *
add_table (GtkBox *box, const char *heading)
{
  GtkWidget *title = gtk_label_new (heading);
  GtkWidget *grid = gtk_grid_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 5);
  gtk_widget_add_css_class (grid, "card");
  gtk_widget_add_css_class (grid, "sums");
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  gtk_box_append (box, title);
  gtk_box_append (box, grid);
  return GTK_GRID (grid);
}

static void
put (GtkGrid *grid, int column, int row, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  if (column == 0)
    {
      gtk_widget_set_hexpand (label, TRUE);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    }
  gtk_widget_add_css_class (label, "tnum");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
put_money (GtkGrid *grid, int column, int row, const TillMoney *money, const char *css_class)
{
  g_autofree char *text = till_money_format (money);

  put (grid, column, row, text, css_class);
}

/* "3 × €12.00", or a dash for none */
static void
put_count (GtkGrid *grid, int column, int row, const TillDayCount *count)
{
  g_autofree char *money = till_money_format (&count->sum);
  g_autofree char *text = count->n > 0 ? g_strdup_printf ("%u · %s", count->n, money) : g_strdup ("–");

  put (grid, column, row, text, NULL);
}

static void
fill_tender (GtkGrid *grid, int row, const char *label, const TillDayTender *tender, const char *css_class)
{
  put (grid, 0, row, label, css_class);
  put_count (grid, 1, row, &tender->sold);
  put_count (grid, 2, row, &tender->refunded);
  put_money (grid, 3, row, &tender->net, css_class);
}

static void
fill_tenders (GtkBox *box, TillDayReport *report)
{
  GtkGrid *grid = add_table (box, _ ("By way to pay"));
  int row = 0;

  put (grid, 1, row, _ ("Sold"), "dim-label");
  put (grid, 2, row, _ ("Given back"), "dim-label");
  put (grid, 3, row++, _ ("Left"), "dim-label");
  for (guint i = 0; i < till_day_report_get_n_tenders (report); i++)
    {
      const TillDayTender *tender = till_day_report_get_tender (report, i);

      fill_tender (grid, row++, till_tender_get_label (tender->tender), tender, NULL);
    }
  fill_tender (grid, row, _ ("Takings"), till_day_report_get_takings (report), "heading");
}

static void
fill_taxes (GtkBox *box, TillDayReport *report)
{
  const TillMoney *untaxed = till_day_report_get_untaxed (report);
  GtkGrid *grid;
  int row = 0;

  if (till_day_report_get_n_taxes (report) == 0 && untaxed->minor == 0)
    return;
  grid = add_table (box, _ ("Tax, after discounts and refunds"));
  put (grid, 1, row, _ ("Before tax"), "dim-label");
  put (grid, 2, row, _ ("Tax"), "dim-label");
  put (grid, 3, row++, _ ("With tax"), "dim-label");
  for (guint i = 0; i < till_day_report_get_n_taxes (report); i++)
    {
      const TillDayTax *tax = till_day_report_get_tax (report, i);
      g_autofree char *rate = till_rate_format (tax->rate);
      g_autofree char *label = g_strdup_printf (_ ("%s %s %%"), tax->name, rate);

      put (grid, 0, row, label, NULL);
      put_money (grid, 1, row, &tax->net, NULL);
      put_money (grid, 2, row, &tax->tax, NULL);
      put_money (grid, 3, row++, &tax->gross, NULL);
    }
  if (untaxed->minor != 0)
    {
      put (grid, 0, row, _ ("Without a receipt that says the tax"), NULL);
      put_money (grid, 3, row, untaxed, NULL);
    }
}

/* Adds a table before the first of its rows; @grid stays NULL where there is nothing to tell. */
static void
add_count (
    GtkBox *box, GtkGrid **grid, int *row, const char *heading, const char *label, const TillDayCount *count)
{
  if (count->n == 0)
    return;
  if (*grid == NULL)
    *grid = add_table (box, heading);
  put (*grid, 0, *row, label, NULL);
  put_count (*grid, 1, (*row)++, count);
}

static void
fill_discounts (GtkBox *box, TillDayReport *report)
{
  GtkGrid *grid = NULL;
  int row = 0;

  for (guint i = 0; i < TILL_N_DISCOUNT_KINDS; i++)
    add_count (box, &grid, &row, _ ("Discounts given"), till_discount_kind_get_label ((TillDiscountKind) i),
               till_day_report_get_discount (report, (TillDiscountKind) i));
}

static void
fill_attention (GtkBox *box, TillDayReport *report)
{
  const char *heading = _ ("To look at");
  GtkGrid *grid = NULL;
  int row = 0;

  add_count (box, &grid, &row, heading, _ ("Payments, outcome unknown"),
             till_day_report_get_unresolved (report));
  add_count (box, &grid, &row, heading, _ ("Refunds, outcome unknown"),
             till_day_report_get_unresolved_refunds (report));
  add_count (box, &grid, &row, heading, _ ("“This wasn’t me”"), till_day_report_get_disputes (report));
  add_count (box, &grid, &row, heading, _ ("Sales cancelled"), till_day_report_get_voids (report));
  add_count (box, &grid, &row, heading, _ ("Not paid"), till_day_report_get_declined (report));
}

void
till_takings_sums_fill (GtkBox *box, TillDayReport *report)
{
  clear (box);
  fill_tenders (box, report);
  fill_taxes (box, report);
  fill_discounts (box, report);
  fill_attention (box, report);
}

void
till_takings_sums_fill_drawer (GtkBox *box, TillDayReport *report)
{
  const TillDayDrawer *drawer = till_day_report_get_drawer (report);
  TillMoney out = drawer->paid_out;
  TillMoney refunded = drawer->refunded;
  GtkGrid *grid;
  int row = 0;

  clear (box);
  grid = add_table (box, _ ("Drawer"));
  out.minor = -out.minor;
  refunded.minor = -refunded.minor;
  const struct
  {
    const char *label;
    const TillMoney *money;
    const char *css_class;
    gboolean shown;
  } table[] = {
    { _ ("Opening cash"), &drawer->opening, NULL, TRUE },
    { _ ("Cash sales"), &drawer->sold, NULL, TRUE },
    { _ ("Cash refunds"), &refunded, NULL, refunded.minor != 0 },
    { _ ("Paid in"), &drawer->paid_in, NULL, drawer->paid_in.minor != 0 },
    { _ ("Paid out"), &out, NULL, out.minor != 0 },
    { _ ("Should be there"), &drawer->expected, "heading", TRUE },
    { _ ("Should have been there when counted"), &drawer->expected_at_count, NULL,
      drawer->counted_yet && till_money_compare (&drawer->expected, &drawer->expected_at_count) != 0 },
    { _ ("Counted"), &drawer->counted, NULL, drawer->counted_yet },
    { _ ("Difference"), &drawer->difference, drawer->difference.minor != 0 ? "difference" : NULL,
      drawer->counted_yet },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].shown)
      {
        put (grid, 0, row, table[i].label, table[i].css_class);
        put_money (grid, 1, row++, table[i].money, table[i].css_class);
      }
  if (!drawer->counted_yet)
    put (grid, 0, row, _ ("Not counted yet"), "dim-label");
}
