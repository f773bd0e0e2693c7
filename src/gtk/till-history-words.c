/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-history-words.h"

#include <glib/gi18n.h>

gboolean
till_history_needs_attention (TillSaleStory *story)
{
  TillSaleState state = till_sale_story_get_state (story);

  return state == TILL_SALE_UNKNOWN || state == TILL_SALE_DISPUTED
         || till_sale_story_get_open_attempt (story) != NULL;
}

const char *
till_history_icon_for_state (TillSaleState state)
{
  switch (state)
    {
    case TILL_SALE_PAID:
      return "till-done-symbolic";
    case TILL_SALE_PARTLY_REFUNDED:
    case TILL_SALE_REFUNDED:
      return "till-refund-symbolic";
    case TILL_SALE_VOIDED:
      return "till-void-symbolic";
    case TILL_SALE_DECLINED:
      return "till-declined-symbolic";
    case TILL_SALE_UNKNOWN:
      return "till-unknown-symbolic";
    case TILL_SALE_DISPUTED:
      return "till-disputed-symbolic";
    }
  return "till-unknown-symbolic";
}

const char *
till_history_class_for_state (TillSaleState state)
{
  switch (state)
    {
    case TILL_SALE_PAID:
      return "good";
    case TILL_SALE_UNKNOWN:
    case TILL_SALE_DISPUTED:
      return "attention";
    default:
      return "plain";
    }
}

const char *
till_history_state_to_string (TillSaleState state)
{
  static const char *const names[]
      = { "paid", "partly-refunded", "refunded", "voided", "declined", "unknown", "disputed" };

  return names[state];
}

const char *
till_history_words_for_tender (const char *tender)
{
  if (g_strcmp0 (tender, TILL_TENDER_FACE) == 0)
    return C_ ("way to pay", "Smile");
  if (g_strcmp0 (tender, TILL_TENDER_CASH) == 0)
    return C_ ("way to pay", "Cash");
  if (g_strcmp0 (tender, TILL_TENDER_CARD) == 0)
    return C_ ("way to pay", "Card");
  return tender != NULL ? tender : "";
}

const char *
till_history_words_for_way_back (const char *tender)
{
  if (g_strcmp0 (tender, TILL_TENDER_CASH) == 0)
    return _ ("Goes back in cash: take it from the drawer.");
  if (g_strcmp0 (tender, TILL_TENDER_CARD) == 0)
    return _ ("Goes back to the card: carry it out at the terminal.");
  return _ ("Goes back by itself, to where the customer paid from.");
}

char *
till_history_words_for_what (TillSaleStory *story)
{
  TillReceipt *receipt = till_sale_story_get_receipt (story);
  g_autoptr (GString) words = g_string_new (NULL);

  if (receipt == NULL)
    return g_strdup (till_sale_story_get_state (story) == TILL_SALE_UNKNOWN ? _ ("Not known whether paid")
                                                                            : _ ("Not paid"));
  for (guint i = 0; i < till_receipt_get_n_lines (receipt); i++)
    {
      const TillReceiptLine *line = till_receipt_get_line (receipt, i);

      if (words->len > 0)
        g_string_append (words, C_ ("between the articles of a sale", ", "));
      if (line->quantity == 1)
        g_string_append (words, line->name);
      else
        /* TRANSLATORS: how many of an article, then its name */
        g_string_append_printf (words, _ ("%u × %s"), line->quantity, line->name);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
format_local (gint64 at_us, gboolean day)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);

  if (then == NULL)
    return g_strdup ("");
  /* TRANSLATORS: a date with its time, and a time of today, for g_date_time_format() */
  return g_date_time_format (then, day ? _ ("%x, %H:%M") : _ ("%H:%M"));
}

char *
till_history_words_for_time (gint64 at_us)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean today = then != NULL && g_date_time_get_year (then) == g_date_time_get_year (now)
                   && g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now);

  return format_local (at_us, !today);
}

char *
till_history_words_for_where (TillSaleStory *story, gboolean day)
{
  g_autofree char *at = day ? format_local (till_sale_story_get_at_us (story), TRUE)
                            : till_history_words_for_time (till_sale_story_get_at_us (story));

  /* TRANSLATORS: a time, the number of a sale, a way to pay */
  return g_strdup_printf (_ ("%s · No. %s · %s"), at, till_sale_story_get_name (story),
                          till_history_words_for_tender (till_sale_story_get_tender (story)));
}

char *
till_history_words_for_row (TillSaleStory *story)
{
  g_autofree char *where = till_history_words_for_where (story, FALSE);
  g_autofree char *what = till_history_words_for_what (story);
  g_autofree char *amount = till_money_format (till_sale_story_get_total (story));

  return g_strdup_printf ("%s · %s · %s · %s", what, amount, where, till_sale_story_get_state_label (story));
}

char *
till_history_words_for_given_back (TillSaleStory *story)
{
  const TillMoney *refunded = till_sale_story_get_refunded (story);
  const TillMoney *refunding = till_sale_story_get_refunding (story);
  g_autofree char *given = till_money_format (refunded);
  g_autofree char *open = till_money_format (refunding);

  if (refunded->minor > 0 && refunding->minor > 0)
    return g_strdup_printf (_ ("%s given back, %s perhaps"), given, open);
  if (refunding->minor > 0)
    return g_strdup_printf (_ ("%s perhaps given back"), open);
  return refunded->minor > 0 ? g_strdup_printf (_ ("%s given back"), given) : g_strdup ("");
}
