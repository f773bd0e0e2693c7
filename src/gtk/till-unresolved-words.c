/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-unresolved-words.h"

#include "payment/till-decline.h"

#include <glib/gi18n.h>

const char *
till_unresolved_words_for_doubt (const char *code)
{
  if (code == NULL)
    return _ ("The till was interrupted before an answer came.");
  switch (till_decline_from_code (TILL_CHARGE_UNKNOWN, code))
    {
    case TILL_DECLINE_DOUBT_UNREACHABLE:
      return _ ("The payment service can’t be reached.");
    case TILL_DECLINE_DOUBT_PROCESSING:
      return _ ("The bank has not decided yet.");
    case TILL_DECLINE_DOUBT_BUSY:
      return _ ("The payment service asks to wait.");
    case TILL_DECLINE_DOUBT_SERVICE:
      return _ ("The payment service broke in the middle of it.");
    case TILL_DECLINE_DOUBT_ANSWER:
      return _ ("An answer came that can’t be believed.");
    case TILL_DECLINE_DOUBT_LEDGER:
      return _ ("An answer came, but could not be written down.");
    default:
      return _ ("No answer came.");
    }
}

static char *
format_time (gint64 at_us)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (then == NULL)
    return g_strdup ("");
  gboolean today = g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now)
                   && g_date_time_get_year (then) == g_date_time_get_year (now);
  /* TRANSLATORS: a time of today; and a date with its time, for g_date_time_format() */
  return g_date_time_format (then, today ? _ ("%H:%M") : _ ("%x, %H:%M"));
}

char *
till_unresolved_words_for_what (const TillUnresolved *unresolved)
{
  g_autofree char *at = format_time (unresolved->at_us);

  /* TRANSLATORS: a time, as 14:05 */
  return g_strdup_printf (unresolved->refund ? _ ("Refund, %s") : _ ("Payment with a smile, %s"), at);
}

char *
till_unresolved_words_for_known (const TillUnresolved *unresolved)
{
  g_autoptr (GString) words = g_string_new (till_unresolved_words_for_doubt (unresolved->code));

  if (unresolved->n_asked > 0)
    {
      g_string_append_c (words, ' ');
      g_string_append_printf (words,
                              ngettext ("The payment service was asked %u time.",
                                        "The payment service was asked %u times.", unresolved->n_asked),
                              unresolved->n_asked);
    }
  g_string_append_c (words, ' ');
  g_string_append (words, unresolved->refund
                              ? _ ("Nothing more of this sale can be given back until it is known.")
                              : _ ("Nobody can be charged for this sale until it is known."));
  if (unresolved->reference != NULL)
    {
      g_string_append_c (words, '\n');
      /* TRANSLATORS: the payment service's own number of the payment */
      g_string_append_printf (words, _ ("Number at the payment service: %s"), unresolved->reference);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
still_unknown (const char *code)
{
  return g_strdup_printf (_ ("Still not known. %s The till keeps asking."),
                          till_unresolved_words_for_doubt (code));
}

char *
till_unresolved_words_for_asked (const TillUnresolved *unresolved, const TillPaymentOutcome *outcome)
{
  g_autofree char *amount = till_money_format (&unresolved->amount);

  switch (outcome->result->status)
    {
    case TILL_CHARGE_APPROVED:
      return g_strdup_printf (unresolved->refund ? _ ("It is known now: %s was given back.")
                                                 : _ ("It is known now: %s was taken, the sale is paid."),
                              amount);
    case TILL_CHARGE_DECLINED:
      return g_strdup_printf (unresolved->refund
                                  ? _ ("It is known now: %s was not given back. You can try again.")
                                  : _ ("It is known now: %s was not taken. The customer has not paid."),
                              amount);
    case TILL_CHARGE_UNKNOWN:
      break;
    }
  return still_unknown (outcome->result->code);
}

char *
till_unresolved_words_for_reversed (const TillUnresolved *unresolved, const TillPaymentOutcome *outcome)
{
  g_autofree char *amount = till_money_format (&unresolved->amount);

  switch (outcome->result->status)
    {
    case TILL_CHARGE_APPROVED:
      return g_strdup_printf (_ ("%s was taken, and the payment service does not give them back. Refund the "
                                 "sale another way."),
                              amount);
    case TILL_CHARGE_DECLINED:
      return g_strdup_printf (_ ("Reversed: the customer keeps their %s, the sale is not paid."), amount);
    case TILL_CHARGE_UNKNOWN:
      break;
    }
  return still_unknown (outcome->result->code);
}

const char *
till_unresolved_words_for_choice (const TillUnresolved *unresolved, gboolean taken)
{
  if (unresolved->refund)
    return taken ? _ ("The money _was given back") : _ ("The money was _not given back");
  return taken ? _ ("The money _was taken") : _ ("The money was _not taken");
}

const char *
till_unresolved_words_for_consequence (const TillUnresolved *unresolved, gboolean taken)
{
  if (unresolved->refund)
    return taken ? _ ("The books will say that the customer has their money back. It can’t be given back "
                      "again.")
                 : _ ("The books will say that nothing was given back. It can be given back again.");
  return taken
             ? _ ("The books will say that the sale is paid. The customer gets a receipt, and owes nothing.")
             : _ ("The books will say that the sale is not paid. If the money was taken after all, the "
                  "customer pays twice.");
}

char *
till_unresolved_words_for_settled (const TillUnresolved *unresolved, gboolean taken)
{
  g_autofree char *amount = till_money_format (&unresolved->amount);

  if (unresolved->refund)
    return g_strdup_printf (taken ? _ ("Settled by hand: %s was given back.")
                                  : _ ("Settled by hand: %s was not given back."),
                            amount);
  return g_strdup_printf (taken ? _ ("Settled by hand: %s was taken, the sale is paid.")
                                : _ ("Settled by hand: %s was not taken, the sale is not paid."),
                          amount);
}
