/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-refund.h"

#include "base/till-error.h"
#include "sale/till-receipt-private.h"
#include "sale/till-refund-state.h"

static gboolean
till_refund_refuse (GError **error, TillError code, const char *message)
{
  g_set_error_literal (error, TILL_ERROR, code, message);
  return FALSE;
}

gboolean
till_refund_check_reason (const char *reason, GError **error)
{
  if (reason == NULL || reason[0] == '\0' || !g_utf8_validate (reason, -1, NULL)
      || g_utf8_strlen (reason, -1) > TILL_REFUND_REASON_MOST)
    return till_refund_refuse (error, TILL_ERROR_INVALID, "A refund’s reason is 1 to 500 characters");
  for (const char *p = reason; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return till_refund_refuse (error, TILL_ERROR_INVALID, "A refund’s reason is one line of plain text");
  return TRUE;
}

static gboolean
till_refund_check (const TillReceipt *sale, const TillRefund *refund, GError **error)
{
  if (till_receipt_is_refund (sale))
    return till_refund_refuse (error, TILL_ERROR_INVALID, "A refund can’t be given back");
  if (refund->lines != NULL && refund->amount != NULL)
    return till_refund_refuse (error, TILL_ERROR_INVALID, "A refund is of lines or of an amount, not both");
  return till_refund_check_reason (refund->reason, error);
}

static void
till_refund_add_line (
    TillReceipt *self, TillRefundState *state, guint index, guint quantity, gint64 *worth_of_all)
{
  TillReceiptLine line = *till_receipt_get_line (state->sale, index);

  line.quantity = quantity;
  line.total.minor = till_refund_state_return (state, index, quantity);
  line.off.minor = 0;
  *worth_of_all += line.total.minor;
  till_receipt_add_line (self, &line);
}

static gboolean
till_refund_return_line (
    TillReceipt *self, TillRefundState *state, const TillRefundLine *wanted, gint64 *worth, GError **error)
{
  int index = till_refund_state_find (state, wanted->article);

  if (index < 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "Article “%s” was not sold on this receipt",
                   wanted->article);
      return FALSE;
    }

  guint sold = till_receipt_get_line (state->sale, (guint) index)->quantity;
  guint gone = MIN (till_refund_state_line (state, (guint) index)->quantity, sold);
  if (wanted->quantity == 0)
    return till_refund_refuse (error, TILL_ERROR_INVALID, "A refund is of 1 or more of an article");
  if (wanted->quantity > sold - gone)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED, "Of article “%s”, %u of %u are left to give back",
                   wanted->article, sold - gone, sold);
      return FALSE;
    }
  till_refund_add_line (self, state, (guint) index, wanted->quantity, worth);
  return TRUE;
}

static gboolean
till_refund_return_lines (
    TillReceipt *self, TillRefundState *state, const GArray *lines, gint64 *worth, GError **error)
{
  if (state->blind)
    return till_refund_refuse (error, TILL_ERROR_REFUSED,
                               "Some of this sale was given back without saying for what: give back all that "
                               "is left, or a part of it");
  for (guint i = 0; i < lines->len; i++)
    if (!till_refund_return_line (self, state, &g_array_index (lines, TillRefundLine, i), worth, error))
      return FALSE;
  return TRUE;
}

static void
till_refund_return_rest (TillReceipt *self, TillRefundState *state, gint64 *worth)
{
  if (state->blind)
    {
      *worth = till_refund_state_get_left (state);
      till_refund_state_return_amount (state, *worth);
      return;
    }
  for (guint i = 0; i < state->lines->len; i++)
    {
      guint sold = till_receipt_get_line (state->sale, i)->quantity;
      guint gone = MIN (till_refund_state_line (state, i)->quantity, sold);

      if (gone < sold)
        till_refund_add_line (self, state, i, sold - gone, worth);
    }
}

static gboolean
till_refund_return_amount (TillRefundState *state, const TillMoney *amount, gint64 *worth, GError **error)
{
  const TillMoney *total = till_receipt_get_total (state->sale);

  if (!till_money_same_currency (amount, total))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY, "This sale was paid in %s", total->currency);
      return FALSE;
    }
  if (amount->minor <= 0)
    return till_refund_refuse (error, TILL_ERROR_INVALID, "What is given back must be above zero");
  if (amount->minor > till_refund_state_get_left (state))
    return till_refund_refuse (error, TILL_ERROR_REFUSED, "That is more than is left of this sale");
  *worth = amount->minor;
  till_refund_state_return_amount (state, *worth);
  return TRUE;
}

static gboolean
till_refund_fill (
    TillReceipt *self, const TillReceipt *sale, GPtrArray *earlier, const TillRefund *refund, GError **error)
{
  g_autoptr (TillRefundState) before = till_refund_state_new (sale, earlier);
  g_autoptr (TillRefundState) state = till_refund_state_new (sale, earlier);
  gint64 worth = 0;

  if (refund->lines != NULL)
    {
      if (!till_refund_return_lines (self, state, refund->lines, &worth, error))
        return FALSE;
    }
  else if (refund->amount != NULL)
    {
      if (!till_refund_return_amount (state, refund->amount, &worth, error))
        return FALSE;
    }
  else
    till_refund_return_rest (self, state, &worth);

  if (worth <= 0)
    return till_refund_refuse (error, TILL_ERROR_REFUSED, "Nothing is left to give back for that");
  if (worth > till_refund_state_get_left (before))
    return till_refund_refuse (error, TILL_ERROR_REFUSED, "That is more than is left of this sale");
  self->total.minor = worth;
  g_array_unref (self->taxes);
  self->taxes = till_refund_state_take_taxes (state, before);
  return TRUE;
}

TillReceipt *
till_receipt_new_refund (const TillReceipt *sale,
                         GPtrArray *earlier,
                         const TillRefund *refund,
                         const char *number,
                         gint64 at_us,
                         GError **error)
{
  if (!till_refund_check (sale, refund, error))
    return NULL;

  g_autoptr (TillReceipt) self = till_receipt_alloc (till_receipt_get_shop (sale), number, at_us, TRUE);
  TillTender tender;

  self->of = g_strdup (till_receipt_get_number (sale));
  self->reason = g_strdup (refund->reason);
  self->undone = refund->void_sale;
  self->total = *till_receipt_get_total (sale);
  if (!till_refund_fill (self, sale, earlier, refund, error)
      || !till_tender_init_exact (&tender, refund->tender, &self->total, refund->reference, NULL, error))
    return NULL;
  till_receipt_set_tender (self, &tender);
  return till_receipt_check (self, error) ? g_steal_pointer (&self) : NULL;
}

JsonArray *
till_refund_lines_to_json (const TillReceipt *refund)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < till_receipt_get_n_lines (refund); i++)
    {
      const TillReceiptLine *line = till_receipt_get_line (refund, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "article", line->article);
      json_object_set_int_member (object, "quantity", line->quantity);
      json_object_set_int_member (object, "amount", line->total.minor);
      json_array_add_object_element (array, object);
    }
  return array;
}

TillMoney
till_refund_get_left (const TillReceipt *sale, GPtrArray *earlier)
{
  g_autoptr (TillRefundState) state = till_refund_state_new (sale, earlier);
  TillMoney left = *till_receipt_get_total (sale);

  left.minor = till_refund_state_get_left (state);
  return left;
}

guint
till_refund_get_quantity_left (const TillReceipt *sale, GPtrArray *earlier, guint index)
{
  g_return_val_if_fail (index < till_receipt_get_n_lines (sale), 0);

  g_autoptr (TillRefundState) state = till_refund_state_new (sale, earlier);
  guint sold = till_receipt_get_line (sale, index)->quantity;

  return sold - MIN (till_refund_state_line (state, index)->quantity, sold);
}

gboolean
till_refund_can_choose_lines (const TillReceipt *sale, GPtrArray *earlier)
{
  g_autoptr (TillRefundState) state = till_refund_state_new (sale, earlier);

  return !state->blind;
}
