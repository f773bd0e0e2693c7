/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-books.h"
#include "shop/till-shop-day.h"
#include "shop/till-shop-drawer.h"
#include "vault/till-pin.h"

#include <stdio.h>

static int
print_report (const TillDayReport *report, gboolean json, gboolean csv)
{
  if (json)
    till_ctl_print_json (till_day_report_to_json (report));
  else
    {
      g_autofree char *text = csv ? till_day_report_to_csv (report) : till_day_report_to_text (report);

      fputs (text, stdout);
    }
  return 0;
}

/* The report of a day that was closed (transfer full). */
static TillDayReport *
find_closed (TillCtlBooks *books, int number, GError **error)
{
  g_auto (TillCtlCall) call = { 0 };

  till_ledger_list_async (books->ledger, TILL_LEDGER_DAY_CLOSE, NULL, NULL, 0, NULL, till_ctl_on_result,
                          &call);
  g_autoptr (GPtrArray) closes = till_ledger_list_finish (books->ledger, till_ctl_wait (&call), error);
  for (guint i = 0; closes != NULL && i < closes->len; i++)
    {
      const TillLedgerEntry *close = g_ptr_array_index (closes, i);

      if (json_object_get_int_member_with_default (close->body, "number", 0) == number
          && json_object_has_member (close->body, "report"))
        return till_day_report_from_json (json_object_get_object_member (close->body, "report"), error);
    }
  if (closes != NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "No day was closed with number %d; the last one was %u", number, closes->len);
  return NULL;
}

/* (transfer full) */
static TillDayReport *
report_today (TillCtlBooks *books, GError **error)
{
  g_autofree char *name = till_ctl_books_get_shop_name (books);
  g_autoptr (GPtrArray) rows = till_ctl_books_list (books, 0, FALSE, NULL);

  if (rows == NULL)
    return NULL;
  return till_day_report_new (name, till_ctl_books_get_currency (books), 0,
                              till_clock_utc (till_clock_system ()), rows, error);
}

int
till_ctl_day (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlBooks) books = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean csv = FALSE;
  int number = 0;
  const GOptionEntry entries[] = {
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, "The sums as CSV", NULL },
    { "number", 0, 0, G_OPTION_ARG_INT, &number, "The report of a day that was closed", "NUMBER" },
    G_OPTION_ENTRY_NULL,
  };

  if (!till_ctl_parse (
          &argc, &argv, "",
          "Prints the takings since the day was last closed (an X report), or the report of a day that "
          "was closed (a Z report); also beside a running till.",
          &options, entries)
      || !till_ctl_books_open (&books, &options) || !till_ctl_books_read_catalogue (&books))
    return TILL_CTL_FAILED;

  g_autoptr (TillDayReport) report
      = number != 0 ? find_closed (&books, number, &error) : report_today (&books, &error);
  if (error != NULL)
    return till_ctl_fail (error);
  return report != NULL ? print_report (report, options.json, csv) : TILL_CTL_FAILED;
}

int
till_ctl_close_day (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *counted = NULL;
  gboolean csv = FALSE;
  TillMoney amount;
  const GOptionEntry entries[] = {
    { "counted", 0, 0, G_OPTION_ARG_STRING, &counted, "What is in the drawer", "AMOUNT" },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, "The sums as CSV", NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!till_ctl_parse (
          &argc, &argv, "",
          "Closes the day and prints its Z report. The manager's PIN is a line on standard input.", &options,
          entries))
    return TILL_CTL_FAILED;

  g_autoptr (TillShop) shop = till_ctl_open_shop (&options);
  if (shop == NULL)
    return TILL_CTL_FAILED;
  if (counted != NULL && !till_money_parse (&amount, counted, till_shop_get_currency (shop), &error))
    return till_ctl_fail (error);
  g_autoptr (TillSecret) pin = till_ctl_read_secret ("manager's PIN", TILL_PIN_MOST_DIGITS);
  if (pin == NULL)
    return TILL_CTL_FAILED;

  till_shop_close_day_async (shop, counted != NULL ? &amount : NULL, till_secret_get_data (pin), NULL,
                             till_ctl_on_result, &call);
  g_autoptr (TillDayReport) report = till_shop_close_day_finish (shop, till_ctl_wait (&call), &error);
  return report != NULL ? print_report (report, options.json, csv) : till_ctl_fail_coded (error);
}

static int
print_drawer (const TillLedgerEntry *row, gboolean json)
{
  const char *currency = json_object_get_string_member (row->body, "currency");
  TillMoney amount, difference;

  if (json)
    {
      till_ctl_print_json (json_object_ref (row->body));
      return 0;
    }
  if (!till_money_init (&amount, json_object_get_int_member (row->body, "amount"), currency, NULL)
      || !till_money_init (&difference, json_object_get_int_member_with_default (row->body, "difference", 0),
                           currency, NULL))
    return TILL_CTL_FAILED;

  g_autofree char *text = till_money_format (&amount);
  g_autofree char *apart = till_money_format (&difference);
  if (json_object_has_member (row->body, "difference"))
    printf ("Counted %s; difference %s.\n", text, apart);
  else
    printf ("Written down: %s %s.\n", json_object_get_string_member (row->body, "what"), text);
  return 0;
}

int
till_ctl_drawer (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  g_autoptr (TillSecret) pin = NULL;
  TillMoney amount;
  const GOptionEntry entries[] = {
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, "What for; needed for what is paid out", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };

  if (!till_ctl_parse (
          &argc, &argv, "opening|paid-in|paid-out|count AMOUNT",
          "Writes down what happened to the drawer. For paid-out the manager's PIN is a line on standard "
          "input.",
          &options, entries))
    return TILL_CTL_FAILED;
  if (argc != 3)
    {
      fprintf (stderr,
               "smiletillctl: say what happened (opening, paid-in, paid-out or count) and an amount\n");
      return TILL_CTL_FAILED;
    }

  g_autoptr (TillShop) shop = till_ctl_open_shop (&options);
  if (shop == NULL)
    return TILL_CTL_FAILED;
  if (!till_money_parse (&amount, argv[2], till_shop_get_currency (shop), &error))
    return till_ctl_fail (error);
  if (g_str_equal (argv[1], TILL_SHOP_DRAWER_PAID_OUT))
    {
      pin = till_ctl_read_secret ("manager's PIN", TILL_PIN_MOST_DIGITS);
      if (pin == NULL)
        return TILL_CTL_FAILED;
    }

  till_shop_drawer_async (shop, argv[1], &amount, note, pin != NULL ? till_secret_get_data (pin) : NULL, NULL,
                          till_ctl_on_result, &call);
  g_autoptr (TillLedgerEntry) row = till_shop_drawer_finish (shop, till_ctl_wait (&call), &error);
  return row != NULL ? print_drawer (row, options.json) : till_ctl_fail_coded (error);
}
