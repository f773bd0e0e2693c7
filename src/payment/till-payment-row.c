/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment-row.h"

#include "base/till-error.h"
#include "payment/till-stripe-json.h"

/* Writing */

static void
set_money (JsonObject *body, const char *name, const TillMoney *money)
{
  json_object_set_int_member (body, name, money->minor);
  json_object_set_string_member (body, "currency", money->currency);
}

static void
set_string (JsonObject *body, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (body, name, text);
}

static JsonObject *
copy_members (JsonObject *extra)
{
  JsonObject *body = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  if (extra == NULL)
    return body;
  json_object_iter_init (&iter, extra);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (body, name, json_node_copy (node));
  return body;
}

TillLedgerEntry *
till_payment_intent_row (const TillChargeRequest *request, TillProvider *provider, JsonObject *extra)
{
  JsonObject *body = copy_members (extra);

  set_money (body, "amount", &request->amount);
  set_string (body, "key", request->key);
  set_string (body, "provider", till_provider_get_name (provider));
  set_string (body, "provider_account", till_provider_get_account (provider));
  return till_ledger_entry_new (TILL_LEDGER_CHARGE_INTENT, request->sale, request->attempt, body);
}

TillLedgerEntry *
till_payment_refund_intent_row (const TillRefundRequest *request,
                                TillProvider *provider,
                                const char *of,
                                JsonObject *extra)
{
  JsonObject *body = copy_members (extra);

  set_money (body, "amount", &request->amount);
  set_string (body, "key", request->key);
  set_string (body, "provider", till_provider_get_name (provider));
  set_string (body, "provider_account", till_provider_get_account (provider));
  set_string (body, "reference", request->reference);
  set_string (body, "of", of);
  return till_ledger_entry_new (TILL_LEDGER_REFUND_INTENT, request->sale, request->attempt, body);
}

TillLedgerEntry *
till_payment_end_row (const char *kind,
                      const char *sale,
                      const char *attempt,
                      const TillMoney *amount,
                      const TillChargeResult *result)
{
  JsonObject *body = json_object_new ();

  set_string (body, "status", till_charge_status_to_string (result->status));
  set_money (body, "amount", amount);
  set_string (body, "reference", result->reference);
  set_string (body, "code", result->code);
  return till_ledger_entry_new (kind, sale, attempt, body);
}

TillLedgerEntry *
till_payment_doubt_row (const char *kind,
                        const char *sale,
                        const char *attempt,
                        const char *asked,
                        const TillChargeResult *result)
{
  JsonObject *body = json_object_new ();

  set_string (body, "code", result->code);
  set_string (body, "asked", asked);
  json_object_set_boolean_member (body, "sent", result->sent);
  set_string (body, "reference", result->reference);
  set_string (body, "message", result->message);
  return till_ledger_entry_new (kind, sale, attempt, body);
}

TillLedgerEntry *
till_payment_tender_row (const char *sale,
                         const char *tender,
                         const TillMoney *amount,
                         const TillMoney *given,
                         const TillMoney *change)
{
  JsonObject *body = json_object_new ();

  set_string (body, "tender", tender);
  set_money (body, "amount", amount);
  set_money (body, "given", given);
  set_money (body, "change", change);
  return till_ledger_entry_new (TILL_LEDGER_TENDER, sale, NULL, body);
}

TillLedgerEntry *
till_payment_settlement_row (const TillLedgerEntry *intent,
                             TillChargeStatus status,
                             const char *evidence,
                             const char *by)
{
  JsonObject *body = json_object_new ();

  set_string (body, "status", till_charge_status_to_string (status));
  set_string (body, "evidence", evidence);
  set_string (body, "by", by);
  return till_ledger_entry_new (TILL_LEDGER_SETTLEMENT, intent->sale, intent->attempt, body);
}

TillLedgerEntry *
till_payment_refund_row (const char *sale, const char *tender, const TillMoney *amount, JsonObject *extra)
{
  JsonObject *body = copy_members (extra);

  set_string (body, "tender", tender);
  set_money (body, "amount", amount);
  return till_ledger_entry_new (TILL_LEDGER_REFUND, sale, NULL, body);
}

/* Reading */

gboolean
till_payment_is_kind (const TillLedgerEntry *row, const char *kind)
{
  return g_str_equal (row->kind, kind);
}

gboolean
till_payment_is_refund_intent (const TillLedgerEntry *row)
{
  return till_payment_is_kind (row, TILL_LEDGER_REFUND_INTENT);
}

gboolean
till_payment_is_intent (const TillLedgerEntry *row)
{
  return till_payment_is_kind (row, TILL_LEDGER_CHARGE_INTENT) || till_payment_is_refund_intent (row);
}

gboolean
till_payment_is_end (const TillLedgerEntry *row)
{
  return till_payment_is_kind (row, TILL_LEDGER_CHARGE_END)
         || till_payment_is_kind (row, TILL_LEDGER_REFUND_END);
}

gboolean
till_payment_is_doubt (const TillLedgerEntry *row)
{
  return till_payment_is_kind (row, TILL_LEDGER_CHARGE_DOUBT)
         || till_payment_is_kind (row, TILL_LEDGER_REFUND_DOUBT);
}

const char *
till_payment_get_text (const TillLedgerEntry *row, const char *name)
{
  return till_stripe_json_string (row->body, name);
}

static gboolean
read_money (const TillLedgerEntry *row, TillMoney *amount)
{
  const char *currency = till_payment_get_text (row, "currency");
  gint64 minor = 0;

  return currency != NULL && till_stripe_json_int (row->body, "amount", &minor) && minor >= 0
         && till_money_init (amount, minor, currency, NULL);
}

gboolean
till_payment_read_amount (const TillLedgerEntry *row, TillMoney *amount, GError **error)
{
  if (read_money (row, amount))
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
               "row %" G_GINT64_FORMAT " of the ledger names no amount of money", row->seq);
  return FALSE;
}

gboolean
till_payment_is_approval (const TillLedgerEntry *row)
{
  return till_payment_is_end (row)
         && g_strcmp0 (till_payment_get_text (row, "status"),
                       till_charge_status_to_string (TILL_CHARGE_DECLINED))
                != 0;
}

TillChargeResult *
till_payment_read_end (const TillLedgerEntry *end)
{
  return till_charge_result_new (till_payment_is_approval (end) ? TILL_CHARGE_APPROVED : TILL_CHARGE_DECLINED,
                                 till_payment_get_text (end, "reference"),
                                 till_payment_get_text (end, "code"), NULL, TRUE);
}

static gboolean
is_whole_intent (const TillLedgerEntry *intent, TillMoney *amount, GError **error)
{
  if (intent->sale != NULL && intent->attempt != NULL && till_payment_get_text (intent, "key") != NULL
      && read_money (intent, amount)
      && (!till_payment_is_refund_intent (intent) || till_payment_get_text (intent, "reference") != NULL))
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
               "row %" G_GINT64_FORMAT " of the ledger is no %s that can be asked about", intent->seq,
               till_payment_is_refund_intent (intent) ? "refund" : "charge");
  return FALSE;
}

TillChargeRequest *
till_payment_read_intent (const TillLedgerEntry *intent, const char *payer, GError **error)
{
  TillMoney amount;

  if (!is_whole_intent (intent, &amount, error))
    return NULL;
  return till_charge_request_new (intent->attempt, intent->sale, till_payment_get_text (intent, "key"),
                                  payer != NULL ? payer : till_payment_get_text (intent, "provider_customer"),
                                  &amount);
}

TillRefundRequest *
till_payment_read_refund_intent (const TillLedgerEntry *intent, GError **error)
{
  TillMoney amount;

  if (!is_whole_intent (intent, &amount, error))
    return NULL;
  return till_refund_request_new (intent->attempt, intent->sale, till_payment_get_text (intent, "key"),
                                  till_payment_get_text (intent, "reference"), &amount);
}

gboolean
till_payment_is_of_provider (const TillLedgerEntry *intent, TillProvider *provider)
{
  return g_strcmp0 (till_payment_get_text (intent, "provider"), till_provider_get_name (provider)) == 0
         && g_strcmp0 (till_payment_get_text (intent, "provider_account"),
                       till_provider_get_account (provider))
                == 0;
}

/* What is left of each charge of a sale, by attempt, and whether something of it is open or settles the matter. */
typedef struct
{
  GHashTable *left; /* of attempt to gint64 * */
  GHashTable *of;   /* of refund to the charge it gives back */
  GHashTable *open; /* attempts */
  gboolean paid;    /* at the counter, or complete */
} SaleAccount;

static void
sale_account_clear (SaleAccount *account)
{
  g_hash_table_unref (account->left);
  g_hash_table_unref (account->of);
  g_hash_table_unref (account->open);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SaleAccount, sale_account_clear)

static void
add_left (SaleAccount *account, const char *attempt, gint64 minor)
{
  gint64 *left = attempt != NULL ? g_hash_table_lookup (account->left, attempt) : NULL;

  if (left != NULL)
    *left += minor;
  else if (attempt != NULL)
    g_hash_table_insert (account->left, (gpointer) attempt, g_memdup2 (&minor, sizeof minor));
}

static gboolean
book_approval (SaleAccount *account, const TillLedgerEntry *end, GError **error)
{
  TillMoney amount;

  if (!till_payment_read_amount (end, &amount, error))
    return FALSE;
  if (till_payment_is_kind (end, TILL_LEDGER_CHARGE_END))
    add_left (account, end->attempt, amount.minor);
  else
    add_left (account, g_hash_table_lookup (account->of, end->attempt), -amount.minor);
  return TRUE;
}

static gboolean
book (SaleAccount *account, const TillLedgerEntry *row, GError **error)
{
  if (till_payment_is_kind (row, TILL_LEDGER_TENDER) || till_payment_is_kind (row, TILL_LEDGER_RECEIPT))
    account->paid = TRUE;
  else if (till_payment_is_intent (row))
    {
      g_hash_table_add (account->open, row->attempt);
      g_hash_table_insert (account->of, row->attempt, (gpointer) till_payment_get_text (row, "of"));
    }
  else if (till_payment_is_end (row))
    g_hash_table_remove (account->open, row->attempt);
  return !till_payment_is_approval (row) || book_approval (account, row, error);
}

static gboolean
is_charged (const SaleAccount *account)
{
  GHashTableIter iter;
  gpointer left = NULL;

  g_hash_table_iter_init (&iter, account->left);
  while (g_hash_table_iter_next (&iter, NULL, &left))
    if (*(const gint64 *) left != 0)
      return TRUE;
  return FALSE;
}

gboolean
till_payment_check_sale (const char *sale, GPtrArray *rows, GError **error)
{
  g_auto (SaleAccount) account = {
    .left = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free),
    .of = g_hash_table_new (g_str_hash, g_str_equal),
    .open = g_hash_table_new (g_str_hash, g_str_equal),
  };

  for (guint i = 0; i < rows->len; i++)
    if (!book (&account, g_ptr_array_index (rows, i), error))
      return FALSE;
  if (account.paid || is_charged (&account))
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED, "sale %s is paid already", sale);
  else if (g_hash_table_size (account.open) > 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                 "sale %s has a payment whose outcome is not known: find it out before charging again", sale);
  else
    return TRUE;
  return FALSE;
}

gboolean
till_payment_has_doubt (GPtrArray *rows, const char *code)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (till_payment_is_doubt (row) && g_strcmp0 (till_payment_get_text (row, "code"), code) == 0)
        return TRUE;
    }
  return FALSE;
}

const TillLedgerEntry *
till_payment_find_intent (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (till_payment_is_intent (g_ptr_array_index (rows, i)))
      return g_ptr_array_index (rows, i);
  return NULL;
}

const TillLedgerEntry *
till_payment_find_end (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (till_payment_is_end (g_ptr_array_index (rows, i)))
      return g_ptr_array_index (rows, i);
  return NULL;
}

const char *
till_payment_find_reference (GPtrArray *rows)
{
  const char *reference = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);
      const char *heard = till_payment_is_doubt (row) || till_payment_is_end (row)
                              ? till_payment_get_text (row, "reference")
                              : NULL;

      if (heard != NULL)
        reference = heard;
    }
  return reference;
}

static gboolean
is_unsent_doubt (const TillLedgerEntry *row)
{
  return till_payment_is_kind (row, TILL_LEDGER_CHARGE_DOUBT)
         && g_strcmp0 (till_payment_get_text (row, "asked"), TILL_PAYMENT_ASKED_CHARGE) == 0
         && json_object_has_member (row->body, "sent") && !till_stripe_json_is_true (row->body, "sent");
}

const TillLedgerEntry *
till_payment_find_unsent (GPtrArray *rows)
{
  const TillLedgerEntry *intent = NULL;
  gboolean unsent = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (till_payment_is_end (row))
        return NULL;
      if (till_payment_is_kind (row, TILL_LEDGER_CHARGE_INTENT))
        intent = row;
      unsent |= is_unsent_doubt (row);
    }
  return unsent ? intent : NULL;
}
