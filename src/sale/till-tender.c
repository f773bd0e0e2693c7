/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-tender.h"

#include "base/till-error.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *kind;
  const char *label;
} kinds[] = {
  { TILL_TENDER_FACE, N_ ("Face") },
  { TILL_TENDER_CASH, N_ ("Cash") },
  { TILL_TENDER_CARD, N_ ("Card") },
};

static int
till_tender_find_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return (int) i;
  return -1;
}

static gboolean
till_tender_refuse (GError **error, TillError code, const char *message)
{
  g_set_error_literal (error, TILL_ERROR, code, message);
  return FALSE;
}

static gboolean
till_tender_check_amount (const TillMoney *amount, GError **error)
{
  return amount->minor >= 0
         || till_tender_refuse (error, TILL_ERROR_INVALID, "The amount to pay must not be below zero");
}

gboolean
till_tender_init_cash (TillTender *tender, const TillMoney *amount, const TillMoney *given, GError **error)
{
  TillMoney change;

  if (!till_tender_check_amount (amount, error) || !till_money_subtract (given, amount, &change, error))
    return FALSE;
  if (change.minor < 0)
    {
      g_autofree char *due = till_money_to_decimal (amount);
      g_autofree char *had = till_money_to_decimal (given);
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED, "%s %s was given, but %s is due", given->currency,
                   had, due);
      return FALSE;
    }
  *tender = (TillTender){ .kind = TILL_TENDER_CASH, .amount = *amount, .given = *given, .change = change };
  return TRUE;
}

gboolean
till_tender_init_exact (TillTender *tender,
                        const char *kind,
                        const TillMoney *amount,
                        const char *reference,
                        const char *approval,
                        GError **error)
{
  int known = till_tender_find_kind (kind);
  TillMoney nothing = *amount;

  if (known < 0)
    return till_tender_refuse (error, TILL_ERROR_INVALID, "Unknown way to pay: use “face”, “cash” or “card”");
  if (!till_tender_check_amount (amount, error))
    return FALSE;

  nothing.minor = 0;
  *tender = (TillTender){
    .kind = kinds[known].kind,
    .amount = *amount,
    .given = *amount,
    .change = nothing,
    .reference = reference,
    .approval = approval,
  };
  return TRUE;
}

gboolean
till_tender_check (const TillTender *tender, GError **error)
{
  TillMoney kept;

  if (till_tender_find_kind (tender->kind) < 0)
    return till_tender_refuse (error, TILL_ERROR_INVALID, "Unknown way to pay: use “face”, “cash” or “card”");
  if (!till_tender_check_amount (&tender->amount, error))
    return FALSE;
  if (tender->given.minor < 0 || tender->change.minor < 0)
    return till_tender_refuse (error, TILL_ERROR_INVALID, "Money given and change must not be below zero");
  if (!till_money_subtract (&tender->given, &tender->change, &kept, error))
    return FALSE;
  if (!till_money_same_currency (&kept, &tender->amount) || till_money_compare (&kept, &tender->amount) != 0)
    return till_tender_refuse (error, TILL_ERROR_INVALID, "Money given less change is not the amount paid");
  return TRUE;
}

const char *
till_tender_get_label (const char *kind)
{
  int known = till_tender_find_kind (kind);

  g_return_val_if_fail (known >= 0, kind);
  return _ (kinds[known].label);
}
