/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-row-words.h"

#include "base/till-money.h"
#include "sale/till-code-words.h"
#include "sale/till-json-member.h"
#include "sale/till-tender.h"

#include <glib/gi18n-lib.h>

/* Member @name as people write money (transfer full) (nullable). */
static char *
money_of (const TillLedgerEntry *row, const char *name)
{
  const char *currency = till_json_find_string (row->body, "currency");
  TillMoney money;

  if (currency == NULL || !till_money_init (&money, 0, currency, NULL)
      || !till_json_member_money (row->body, name, currency, &money, NULL))
    return NULL;
  return till_money_format (&money);
}

static gboolean
is_approved (const TillLedgerEntry *row)
{
  return g_strcmp0 (till_json_find_string (row->body, "status"), "approved") == 0;
}

/* Whoever a row names: a role by its word, anybody else as they are written (transfer none). */
static const char *
name_of (const char *by)
{
  if (g_str_equal (by, "manager"))
    return _ ("a manager");
  return g_str_equal (by, "cashier") ? _ ("the cashier") : by;
}

/* @words (transfer full) with why, and who allowed it, as the row says (transfer full). */
static char *
add_reason (char *words, const TillLedgerEntry *row, const char *name)
{
  GString *all = g_string_new (words);
  const char *reason = till_json_find_string (row->body, name), *by = till_json_find_string (row->body, "by");

  g_free (words);
  if (reason != NULL)
    {
      g_string_append_c (all, ' ');
      g_string_append_printf (all, _ ("Reason: “%s”."), reason);
    }
  if (by != NULL)
    {
      g_string_append_c (all, ' ');
      g_string_append_printf (all, _ ("Allowed by: %s."), name_of (by));
    }
  return g_string_free (all, FALSE);
}

static char *
words_for_charge_intent (const TillLedgerEntry *row)
{
  g_autofree char *amount = money_of (row, "amount");

  return amount != NULL ? g_strdup_printf (_ ("%s was asked of the customer’s account."), amount) : NULL;
}

static char *
words_for_charge_end (const TillLedgerEntry *row)
{
  g_autofree char *amount = money_of (row, "amount");
  const char *code = till_json_find_string (row->body, "code");

  if (amount == NULL)
    return NULL;
  if (!is_approved (row))
    return g_strdup_printf (_ ("It was not paid. %s"), till_code_words_get (code));
  if (code != NULL)
    return g_strdup_printf (_ ("%s was paid by face. %s"), amount, till_code_words_get (code));
  return g_strdup_printf (_ ("%s was paid by face."), amount);
}

static char *
words_for_doubt (const TillLedgerEntry *row)
{
  return g_strdup_printf (_ ("It is not known how it ended. %s The till asks again."),
                          till_code_words_get (till_json_find_string (row->body, "code")));
}

static char *
words_for_tender (const TillLedgerEntry *row)
{
  g_autofree char *amount = money_of (row, "amount"), *given = money_of (row, "given");
  g_autofree char *change = money_of (row, "change");
  const char *tender = till_json_find_string (row->body, "tender");

  if (amount == NULL || tender == NULL)
    return NULL;
  if (g_str_equal (tender, TILL_TENDER_CASH) && given != NULL && change != NULL)
    return g_strdup_printf (_ ("%s was paid in cash: %s was given, %s was the change."), amount, given,
                            change);
  if (g_str_equal (tender, TILL_TENDER_CASH))
    return g_strdup_printf (_ ("%s was paid in cash."), amount);
  return g_str_equal (tender, TILL_TENDER_CARD) ? g_strdup_printf (_ ("%s was paid by card."), amount) : NULL;
}

static char *
words_for_receipt (const TillLedgerEntry *row)
{
  const char *number = till_json_find_string (row->body, "number");

  if (number == NULL)
    return NULL;
  return g_strdup_printf (till_json_find_string (row->body, "kind") != NULL ? _ ("The refund has receipt %s.")
                                                                            : _ ("The sale has receipt %s."),
                          number);
}

static char *
words_for_refund_intent (const TillLedgerEntry *row)
{
  g_autofree char *amount = money_of (row, "amount");

  if (amount == NULL)
    return NULL;
  if (till_json_is_true (row->body, "reversal"))
    return add_reason (g_strdup_printf (_ ("The payment is undone: %s is to go back."), amount), row,
                       "reason");
  return add_reason (g_strdup_printf (_ ("%s is to go back to the customer’s account."), amount), row,
                     "reason");
}

static char *
words_for_refund_end (const TillLedgerEntry *row)
{
  g_autofree char *amount = money_of (row, "amount");
  const char *code = till_json_find_string (row->body, "code");

  if (amount == NULL)
    return NULL;
  if (!is_approved (row))
    return g_strdup_printf (_ ("Nothing was given back. %s"), till_code_words_get (code));
  if (code != NULL)
    return g_strdup_printf (_ ("%s was given back. %s"), amount, till_code_words_get (code));
  return g_strdup_printf (_ ("%s was given back."), amount);
}

static char *
words_for_refund (const TillLedgerEntry *row)
{
  g_autofree char *amount = money_of (row, "amount");
  const char *tender = till_json_find_string (row->body, "tender");

  if (amount == NULL)
    return NULL;
  return add_reason (g_strdup_printf (g_strcmp0 (tender, TILL_TENDER_CARD) == 0
                                          ? _ ("%s was given back to the card.")
                                          : _ ("%s was given back in cash."),
                                      amount),
                     row, "reason");
}

static char *
words_for_settlement (const TillLedgerEntry *row)
{
  return add_reason (g_strdup (is_approved (row) ? _ ("A manager has seen for certain that the money moved.")
                                                 : _ ("A manager has seen for certain that no money moved.")),
                     row, "evidence");
}

static char *
words_for_dispute (const TillLedgerEntry *row)
{
  return add_reason (g_strdup (_ ("The customer says it wasn’t them. What was known is kept.")), row,
                     "reason");
}

static char *
words_for_face_lock (const TillLedgerEntry *row)
{
  return add_reason (g_strdup (till_json_is_true (row->body, "locked")
                                   ? _ ("The customer’s face can’t pay any more.")
                                   : _ ("The customer’s face can pay again.")),
                     row, "reason");
}

static char *
words_for_consent (const TillLedgerEntry *row)
{
  return g_strdup (_ ("The customer agreed to pay by face."));
}

static const struct
{
  const char *kind;
  char *(*words) (const TillLedgerEntry *row);
} kinds[] = {
  { TILL_LEDGER_CONSENT, words_for_consent },
  { TILL_LEDGER_CHARGE_INTENT, words_for_charge_intent },
  { TILL_LEDGER_CHARGE_END, words_for_charge_end },
  { TILL_LEDGER_CHARGE_DOUBT, words_for_doubt },
  { TILL_LEDGER_TENDER, words_for_tender },
  { TILL_LEDGER_RECEIPT, words_for_receipt },
  { TILL_LEDGER_REFUND_INTENT, words_for_refund_intent },
  { TILL_LEDGER_REFUND_END, words_for_refund_end },
  { TILL_LEDGER_REFUND_DOUBT, words_for_doubt },
  { TILL_LEDGER_REFUND, words_for_refund },
  { TILL_LEDGER_SETTLEMENT, words_for_settlement },
  { TILL_LEDGER_DISPUTE, words_for_dispute },
  { TILL_LEDGER_FACE_LOCK, words_for_face_lock },
};

char *
till_row_words_new (const TillLedgerEntry *row)
{
  char *words = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds) && words == NULL; i++)
    if (g_str_equal (row->kind, kinds[i].kind))
      words = kinds[i].words (row);
  if (words != NULL)
    return words;

  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, row->seq);
  return g_strdup_printf (_ ("The ledger has a row here (number %s) that this till does not understand."),
                          number);
}
