/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-refund-words.h"

#include <glib/gi18n.h>

const char *
till_refund_title (TillRefundKind kind)
{
  switch (kind)
    {
    case TILL_REFUND_GOODS:
      return _ ("Refund");
    case TILL_REFUND_VOID:
      return _ ("Void the sale");
    case TILL_REFUND_DISOWN:
      return _ ("“This wasn’t me”");
    }
  return "";
}

const char *
till_refund_words (TillRefundKind kind)
{
  switch (kind)
    {
    case TILL_REFUND_GOODS:
      return _ ("Choose what the customer gives back. A refund can’t be taken back.");
    case TILL_REFUND_VOID:
      return _ ("As if it had never been rung up: all of it goes back, and the day’s takings say that it was "
                "void. This can’t be taken back.");
    case TILL_REFUND_DISOWN:
      return _ (
          "For a customer who says that somebody else paid with their name. At once, all that is left of "
          "it goes back, nobody can pay with this customer’s face any more until a manager lets them, "
          "and what the till knew when it charged is kept in the books.");
    }
  return "";
}

const char *
till_refund_deed (TillRefundKind kind)
{
  switch (kind)
    {
    case TILL_REFUND_GOODS:
      return _ ("Give back");
    case TILL_REFUND_VOID:
      return _ ("Void and give back");
    case TILL_REFUND_DISOWN:
      return _ ("Give back and lock");
    }
  return "";
}

const char *
till_refund_reason (TillRefundKind kind, guint index)
{
  static const char *const reasons[][5] = {
    { N_ ("Changed their mind"), N_ ("Damaged or spoiled"), N_ ("Wrong article"), N_ ("Charged too much"),
      NULL },
    { N_ ("Rung up by mistake"), N_ ("Customer left without the goods"), N_ ("Rung up twice"), NULL },
    { N_ ("Customer was not here"), N_ ("Somebody else’s face was taken for theirs"), NULL },
  };
  const char *reason = reasons[kind][index];

  return reason != NULL ? _ (reason) : NULL;
}

const char *
till_refund_end_title (TillRefundCase *refund)
{
  switch (till_refund_case_get_state (refund))
    {
    case TILL_REFUND_GIVEN:
      return _ ("Given back");
    case TILL_REFUND_REFUSED:
      return _ ("Not possible: nothing was given back");
    case TILL_REFUND_UNKNOWN:
      return _ ("Not known yet");
    default:
      return "";
    }
}

static const char *
words_for_given (TillRefundKind kind, const char *tender)
{
  if (g_strcmp0 (tender, TILL_TENDER_CASH) == 0)
    return _ ("Take the money from the drawer and hand it over.");
  if (g_strcmp0 (tender, TILL_TENDER_CARD) == 0)
    return _ ("Carry the same refund out at the card terminal now.");
  if (kind == TILL_REFUND_DISOWN)
    return _ (
        "The money is on its way to where it was paid from, and the face is locked. The bank may take some "
        "days to show it.");
  return _ ("The money is on its way to where it was paid from. The bank may take some days to show it.");
}

char *
till_refund_end_words (TillRefundCase *refund, const char *tender)
{
  const GError *trouble = till_refund_case_get_trouble (refund);

  switch (till_refund_case_get_state (refund))
    {
    case TILL_REFUND_GIVEN:
      if (till_refund_case_get_receipt (refund) == NULL)
        return g_strdup (_ ("Everything had been given back before. The face is locked."));
      return g_strdup (words_for_given (till_refund_case_get_kind (refund), tender));
    case TILL_REFUND_UNKNOWN:
      return g_strdup (
          _ ("It was sent, and no answer came that can be believed. The till keeps asking by itself, and "
             "the sale is in the list “Outcome unknown” until it is known. Do not give the money "
             "back another way."));
    default:
      return g_strdup (trouble != NULL ? trouble->message : "");
    }
}

const char *
till_refund_end_icon (TillRefundState state)
{
  switch (state)
    {
    case TILL_REFUND_GIVEN:
      return "till-done-symbolic";
    case TILL_REFUND_REFUSED:
      return "till-void-symbolic";
    default:
      return "till-unknown-symbolic";
    }
}
