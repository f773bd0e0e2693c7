/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-books.h"
#include "sale/till-day-csv.h"
#include "sale/till-sale-story.h"
#include "shop/till-day-rows.h"

#include <stdio.h>

static const char *
state_to_string (TillSaleState state)
{
  static const char *const names[] = {
    [TILL_SALE_PAID] = "paid",         [TILL_SALE_PARTLY_REFUNDED] = "partly-refunded",
    [TILL_SALE_REFUNDED] = "refunded", [TILL_SALE_VOIDED] = "voided",
    [TILL_SALE_DECLINED] = "declined", [TILL_SALE_UNKNOWN] = "unknown",
    [TILL_SALE_DISPUTED] = "disputed",
  };

  return names[state];
}

static void
set_money (JsonObject *object, const char *member, const TillMoney *money)
{
  g_autofree char *text = till_money_to_decimal (money);

  json_object_set_string_member (object, member, text);
}

static JsonArray *
events_to_json (TillSaleStory *story)
{
  JsonArray *events = json_array_new ();

  for (guint i = 0; i < till_sale_story_get_n_events (story); i++)
    {
      const TillSaleEvent *event = till_sale_story_get_event (story, i);
      g_autofree char *at = till_clock_format_utc (event->at_us);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "at", at);
      json_object_set_string_member (object, "words", event->words);
      json_array_add_object_element (events, object);
    }
  return events;
}

static void
print_json (TillSaleStory *story, gboolean whole)
{
  g_autofree char *at = till_clock_format_utc (till_sale_story_get_at_us (story));
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "sale", till_sale_story_get_id (story));
  json_object_set_string_member (object, "number", till_sale_story_get_number (story));
  json_object_set_string_member (object, "at", at);
  set_money (object, "total", till_sale_story_get_total (story));
  set_money (object, "refunded", till_sale_story_get_refunded (story));
  set_money (object, "left", till_sale_story_get_left (story));
  json_object_set_string_member (object, "currency", till_sale_story_get_total (story)->currency);
  json_object_set_string_member (object, "tender", till_sale_story_get_tender (story));
  json_object_set_string_member (object, "state", state_to_string (till_sale_story_get_state (story)));
  json_object_set_string_member (object, "customer", till_sale_story_get_customer (story));
  json_object_set_string_member (object, "open_attempt", till_sale_story_get_open_attempt (story));
  if (whole)
    json_object_set_array_member (object, "events", events_to_json (story));
  till_ctl_print_json (object);
}

static void
print_line (TillSaleStory *story)
{
  g_autofree char *at = till_ctl_format_time (till_sale_story_get_at_us (story));
  g_autofree char *total = till_money_format (till_sale_story_get_total (story));

  printf ("%-8s  %s  %12s  %-5s  %-18s  %s\n", till_sale_story_get_name (story), at, total,
          till_sale_story_get_tender (story), till_sale_story_get_state_label (story),
          till_sale_story_get_id (story));
}

static void
print_whole (TillSaleStory *story)
{
  TillReceipt *receipt = till_sale_story_get_receipt (story);
  GPtrArray *refunds = till_sale_story_get_refunds (story);

  print_line (story);
  for (guint i = 0; i < till_sale_story_get_n_events (story); i++)
    {
      const TillSaleEvent *event = till_sale_story_get_event (story, i);
      g_autofree char *at = till_ctl_format_time (event->at_us);

      printf ("  %s  %s\n", at, event->words);
    }
  if (receipt != NULL)
    {
      g_autofree char *text = till_receipt_to_text (receipt);
      printf ("\n%s", text);
    }
  for (guint i = 0; i < refunds->len; i++)
    {
      g_autofree char *text = till_receipt_to_text (g_ptr_array_index (refunds, i));
      printf ("\n%s", text);
    }
}

/* One sale: its id, or what it is called on a page. */
static int
print_sale (GPtrArray *stories, const char *name, gboolean json)
{
  for (guint i = 0; i < stories->len; i++)
    {
      TillSaleStory *story = g_ptr_array_index (stories, i);

      if (!g_str_equal (till_sale_story_get_id (story), name)
          && !g_str_equal (till_sale_story_get_name (story), name))
        continue;
      if (json)
        print_json (story, TRUE);
      else
        print_whole (story);
      return 0;
    }
  fprintf (stderr,
           "smiletillctl: there is no sale “%s” in that time; name its number or id, and --since for earlier "
           "days\n",
           name);
  return TILL_CTL_FAILED;
}

int
till_ctl_history (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlBooks) books = { 0 };
  g_autofree char *since = NULL;
  g_autofree char *search = NULL;
  const GOptionEntry entries[] = {
    { "since", 0, 0, G_OPTION_ARG_STRING, &since, "From then on; without, since the day was last closed",
      "TIME" },
    { "search", 0, 0, G_OPTION_ARG_STRING, &search,
      "Only those with these words: number, article, amount, time", "WORDS" },
    G_OPTION_ENTRY_NULL,
  };
  gint64 since_us = 0;

  if (!till_ctl_parse (
          &argc, &argv, "[SALE]",
          "Lists what was sold, newest first, or tells all about one sale; also beside a running till.",
          &options, entries))
    return TILL_CTL_FAILED;
  if (argc > 2)
    {
      fprintf (stderr, "smiletillctl: name one sale, or none for all\n");
      return TILL_CTL_FAILED;
    }
  if ((since != NULL && !till_ctl_parse_time (since, &since_us)) || !till_ctl_books_open (&books, &options))
    return TILL_CTL_FAILED;

  g_autoptr (GPtrArray) rows = till_ctl_books_list (&books, since_us, TRUE, NULL);
  if (rows == NULL)
    return TILL_CTL_FAILED;
  g_autoptr (GPtrArray) stories = till_sale_stories_new (rows);
  if (argc == 2)
    return print_sale (stories, argv[1], options.json);
  for (guint i = 0; i < stories->len; i++)
    {
      TillSaleStory *story = g_ptr_array_index (stories, i);

      if (search != NULL && !till_sale_story_matches (story, search))
        continue;
      if (options.json)
        print_json (story, FALSE);
      else
        print_line (story);
    }
  return 0;
}

int
till_ctl_export_csv (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlBooks) books = { 0 };
  g_autoptr (TillLedgerEntry) close = NULL;
  g_autofree char *since = NULL;
  const GOptionEntry entries[] = {
    { "since", 0, 0, G_OPTION_ARG_STRING, &since, "From then on; without, since the day was last closed",
      "TIME" },
    G_OPTION_ENTRY_NULL,
  };
  gint64 since_us = 0;

  if (!till_ctl_parse (
          &argc, &argv, "",
          "Prints one line per sale and per refund as CSV, for spreadsheets; also beside a running till. "
          "“smiletillctl day --csv” prints the sums.",
          &options, entries)
      || (since != NULL && !till_ctl_parse_time (since, &since_us))
      || !till_ctl_books_open (&books, &options))
    return TILL_CTL_FAILED;

  g_autoptr (GPtrArray) rows = till_ctl_books_list (&books, since_us, TRUE, &close);
  if (rows == NULL)
    return TILL_CTL_FAILED;
  if (since == NULL)
    since_us = till_day_rows_get_since_us (rows, close);

  g_autofree char *csv = till_day_csv_of_sales (rows, since_us);
  fputs (csv, stdout);
  return 0;
}
