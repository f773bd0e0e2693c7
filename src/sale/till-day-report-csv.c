/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-day-csv.h"

#include "base/till-clock.h"

/* Words here are for programs and stay the same in every language. */

static void
begin_line (GString *csv, const char *section, const char *name)
{
  till_day_csv_append_cell (csv, section, TRUE);
  till_day_csv_append_cell (csv, name, FALSE);
}

static void
end_line (GString *csv)
{
  g_string_append (csv, "\r\n");
}

static void
append_money (GString *csv, const char *section, const char *name, const TillMoney *amount)
{
  g_autofree char *decimal = till_money_to_decimal (amount);

  begin_line (csv, section, name);
  g_string_append_printf (csv, ",,%s", decimal);
  end_line (csv);
}

static void
append_count (GString *csv, const char *section, const char *name, const TillDayCount *count)
{
  g_autofree char *decimal = till_money_to_decimal (&count->sum);

  begin_line (csv, section, name);
  g_string_append_printf (csv, ",%u,%s", count->n, decimal);
  end_line (csv);
}

static void
append_text (GString *csv, const char *name, const char *text)
{
  begin_line (csv, "report", name);
  till_day_csv_append_cell (csv, "", FALSE);
  till_day_csv_append_cell (csv, text, FALSE);
  end_line (csv);
}

static void
append_head (GString *csv, const TillDayReport *self)
{
  g_autofree char *number = g_strdup_printf ("%u", till_day_report_get_number (self));
  g_autofree char *at = till_clock_format_utc (till_day_report_get_at_us (self));
  g_autofree char *since = till_clock_format_utc (till_day_report_get_since_us (self));

  append_text (csv, "shop", till_day_report_get_shop (self));
  append_text (csv, "kind", till_day_report_get_number (self) > 0 ? "Z" : "X");
  append_text (csv, "number", number);
  append_text (csv, "at", at);
  append_text (csv, "since", till_day_report_get_since_us (self) > 0 ? since : "");
  append_text (csv, "currency", till_day_report_get_currency (self));
}

static void
append_tender (GString *csv, const char *section, const TillDayTender *tender)
{
  append_count (csv, section, "sold", &tender->sold);
  append_count (csv, section, "refunded", &tender->refunded);
  append_money (csv, section, "net", &tender->net);
}

static void
append_taxes (GString *csv, const TillDayReport *self)
{
  for (guint i = 0; i < till_day_report_get_n_taxes (self); i++)
    {
      const TillDayTax *tax = till_day_report_get_tax (self, i);
      /* Hundredths of a per cent as per cent, with a point whatever the locale. */
      g_autofree char *section
          = g_strdup_printf ("tax %s %d.%02d", tax->id, tax->rate / 100, tax->rate % 100);

      append_money (csv, section, "net", &tax->net);
      append_money (csv, section, "tax", &tax->tax);
      append_money (csv, section, "gross", &tax->gross);
    }
  append_money (csv, "tax", "untaxed", till_day_report_get_untaxed (self));
}

static void
append_drawer (GString *csv, const TillDayDrawer *drawer)
{
  append_money (csv, "drawer", "opening", &drawer->opening);
  append_money (csv, "drawer", "paid-in", &drawer->paid_in);
  append_money (csv, "drawer", "paid-out", &drawer->paid_out);
  append_money (csv, "drawer", "sold", &drawer->sold);
  append_money (csv, "drawer", "refunded", &drawer->refunded);
  append_money (csv, "drawer", "expected", &drawer->expected);
  if (!drawer->counted_yet)
    return;
  append_money (csv, "drawer", "counted", &drawer->counted);
  append_money (csv, "drawer", "difference", &drawer->difference);
}

char *
till_day_report_to_csv (const TillDayReport *self)
{
  GString *csv = g_string_new ("section,name,count,amount\r\n");

  append_head (csv, self);
  append_tender (csv, "takings", till_day_report_get_takings (self));
  for (guint i = 0; i < till_day_report_get_n_tenders (self); i++)
    append_tender (csv, till_day_report_get_tender (self, i)->tender, till_day_report_get_tender (self, i));
  append_taxes (csv, self);
  for (guint i = 0; i < TILL_N_DISCOUNT_KINDS; i++)
    append_count (csv, "discount", till_discount_kind_to_string ((TillDiscountKind) i),
                  till_day_report_get_discount (self, (TillDiscountKind) i));
  append_count (csv, "events", "voids", till_day_report_get_voids (self));
  append_count (csv, "events", "disputes", till_day_report_get_disputes (self));
  append_count (csv, "events", "declined", till_day_report_get_declined (self));
  append_count (csv, "events", "unresolved", till_day_report_get_unresolved (self));
  append_count (csv, "events", "unresolved-refunds", till_day_report_get_unresolved_refunds (self));
  append_drawer (csv, till_day_report_get_drawer (self));
  for (guint i = 0; i < TILL_DAY_HOURS; i++)
    {
      g_autofree char *hour = g_strdup_printf ("%02u", i);
      append_count (csv, "hour", hour, till_day_report_get_hour (self, i));
    }
  return g_string_free (csv, FALSE);
}
