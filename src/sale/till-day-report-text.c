/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-day-report.h"

#include "sale/till-columns.h"
#include "sale/till-rate.h"
#include "sale/till-receipt.h"
#include "sale/till-tender.h"

#include <glib/gi18n-lib.h>

static void
append_amount (GString *text, const char *label, const TillMoney *amount)
{
  g_autofree char *shown = till_money_format (amount);

  till_columns_append_pair (text, TILL_RECEIPT_WIDTH, label, shown);
}

static void
append_taken (GString *text, const char *label, const TillMoney *amount)
{
  TillMoney taken = *amount;

  taken.minor = -amount->minor;
  append_amount (text, label, &taken);
}

/* @label and how often, and what it comes to. */
static void
append_count (GString *text, const char *label, const TillDayCount *count, gboolean taken)
{
  /* Translators: something that was counted on a day, and how often: "  Sold (12)". */
  g_autofree char *counted = g_strdup_printf (_ ("  %s (%u)"), label, count->n);

  if (taken)
    append_taken (text, counted, &count->sum);
  else
    append_amount (text, counted, &count->sum);
}

static void
append_rule (GString *text)
{
  till_columns_append_rule (text, TILL_RECEIPT_WIDTH, '-');
}

static void
append_heading (GString *text, const char *heading)
{
  append_rule (text);
  till_columns_append_pair (text, TILL_RECEIPT_WIDTH, heading, "");
}

static char *
format_time (gint64 at_us)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);

  return at != NULL ? g_date_time_format (at, "%F %R") : g_strdup ("");
}

static void
append_head (GString *text, const TillDayReport *self)
{
  guint number = till_day_report_get_number (self);
  g_autofree char *name = number > 0 ? g_strdup_printf (_ ("Z report %u: the day is closed"), number)
                                     : g_strdup (_ ("X report: the day goes on"));
  g_autofree char *at = format_time (till_day_report_get_at_us (self));
  g_autofree char *since = format_time (till_day_report_get_since_us (self));
  g_autofree char *from = g_strdup_printf (_ ("since %s"), since);

  till_columns_append_centred (text, TILL_RECEIPT_WIDTH, till_day_report_get_shop (self));
  till_columns_append_centred (text, TILL_RECEIPT_WIDTH, name);
  till_columns_append_centred (text, TILL_RECEIPT_WIDTH, at);
  if (till_day_report_get_since_us (self) > 0)
    till_columns_append_centred (text, TILL_RECEIPT_WIDTH, from);
}

static void
append_tender (GString *text, const char *label, const TillDayTender *tender)
{
  append_amount (text, label, &tender->net);
  append_count (text, _ ("Sold"), &tender->sold, FALSE);
  if (tender->refunded.n > 0)
    append_count (text, _ ("Refunded"), &tender->refunded, TRUE);
}

static void
append_takings (GString *text, const TillDayReport *self)
{
  append_rule (text);
  append_tender (text, _ ("TAKINGS"), till_day_report_get_takings (self));
  append_rule (text);
  for (guint i = 0; i < till_day_report_get_n_tenders (self); i++)
    {
      const TillDayTender *tender = till_day_report_get_tender (self, i);

      append_tender (text, till_tender_get_label (tender->tender), tender);
    }
}

static void
append_taxes (GString *text, const TillDayReport *self)
{
  const TillMoney *untaxed = till_day_report_get_untaxed (self);

  if (till_day_report_get_n_taxes (self) > 0 || untaxed->minor != 0)
    append_heading (text, _ ("Tax, after discounts and refunds"));
  for (guint i = 0; i < till_day_report_get_n_taxes (self); i++)
    {
      const TillDayTax *tax = till_day_report_get_tax (self, i);
      g_autofree char *rate = till_rate_format (tax->rate);
      g_autofree char *net = till_money_format (&tax->net);
      g_autofree char *gross = till_money_format (&tax->gross);
      /* Translators: a tax class of a day: its name, its rate and what was taken, tax and all. */
      g_autofree char *label = g_strdup_printf (_ ("%s %s %% in %s"), tax->name, rate, gross);
      g_autofree char *on = g_strdup_printf (_ ("  on %s"), net);

      append_amount (text, label, &tax->tax);
      till_columns_append_pair (text, TILL_RECEIPT_WIDTH, on, "");
    }
  if (untaxed->minor != 0)
    append_amount (text, _ ("Without a receipt that says the tax"), untaxed);
}

static void
append_discounts (GString *text, const TillDayReport *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < TILL_N_DISCOUNT_KINDS; i++)
    {
      const TillDayCount *count = till_day_report_get_discount (self, (TillDiscountKind) i);

      if (count->n == 0)
        continue;
      if (!any)
        append_heading (text, _ ("Discounts given"));
      any = TRUE;
      append_count (text, till_discount_kind_get_label ((TillDiscountKind) i), count, TRUE);
    }
}

static void
append_attention (GString *text, const TillDayReport *self)
{
  const struct
  {
    const char *label;
    const TillDayCount *count;
  } counts[] = {
    { _ ("Sales cancelled"), till_day_report_get_voids (self) },
    { _ ("“This wasn’t me”"), till_day_report_get_disputes (self) },
    { _ ("Not paid"), till_day_report_get_declined (self) },
    { _ ("Payments, outcome unknown"), till_day_report_get_unresolved (self) },
    { _ ("Refunds, outcome unknown"), till_day_report_get_unresolved_refunds (self) },
  };
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      if (counts[i].count->n == 0)
        continue;
      if (!any)
        append_heading (text, _ ("To look at"));
      any = TRUE;
      append_count (text, counts[i].label, counts[i].count, FALSE);
    }
}

static void
append_drawer (GString *text, const TillDayReport *self)
{
  const TillDayDrawer *drawer = till_day_report_get_drawer (self);

  append_heading (text, _ ("Drawer"));
  append_amount (text, _ ("  Opening cash"), &drawer->opening);
  append_amount (text, _ ("  Paid in"), &drawer->paid_in);
  append_taken (text, _ ("  Paid out"), &drawer->paid_out);
  append_amount (text, _ ("  Cash sales"), &drawer->sold);
  append_taken (text, _ ("  Cash refunds"), &drawer->refunded);
  append_amount (text, _ ("Should be there"), &drawer->expected);
  if (!drawer->counted_yet)
    {
      till_columns_append_pair (text, TILL_RECEIPT_WIDTH, _ ("Not counted"), "");
      return;
    }
  if (till_money_compare (&drawer->expected, &drawer->expected_at_count) != 0)
    append_amount (text, _ ("Should have been there when counted"), &drawer->expected_at_count);
  append_amount (text, _ ("Counted"), &drawer->counted);
  append_amount (text, _ ("Difference"), &drawer->difference);
}

static void
append_hours (GString *text, const TillDayReport *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < TILL_DAY_HOURS; i++)
    {
      const TillDayCount *hour = till_day_report_get_hour (self, i);
      g_autofree char *label = g_strdup_printf ("%02u:00", i);

      if (hour->n == 0)
        continue;
      if (!any)
        append_heading (text, _ ("Sold by the hour"));
      any = TRUE;
      append_count (text, label, hour, FALSE);
    }
}

char *
till_day_report_to_text (const TillDayReport *self)
{
  GString *text = g_string_new (NULL);

  append_head (text, self);
  append_takings (text, self);
  append_taxes (text, self);
  append_discounts (text, self);
  append_attention (text, self);
  append_drawer (text, self);
  append_hours (text, self);
  return g_string_free (text, FALSE);
}
