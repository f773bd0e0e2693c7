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
  g_autofree char *query_payer = till_provider_get_query_payer (provider, request->payer);

  set_money (body, "amount", &request->amount);
  set_string (body, "key", request->key);
  set_string (body, "provider", till_provider_get_name (provider));
  set_string (body, "provider_account", till_provider_get_account (provider));
  set_string (body, "provider_customer", query_payer);
  return till_ledger_entry_new (TILL_LEDGER_CHARGE_INTENT, request->sale, request->attempt, body);
}

TillLedgerEntry *
till_payment_end_row (const char *sale,
                      const char *attempt,
                      const TillMoney *amount,
                      const TillChargeResult *result)
{
  JsonObject *body = json_object_new ();

  set_string (body, "status", till_charge_status_to_string (result->status));
  set_money (body, "amount", amount);
  set_string (body, "reference", result->reference);
  set_string (body, "code", result->code);
  return till_ledger_entry_new (TILL_LEDGER_CHARGE_END, sale, attempt, body);
}

TillLedgerEntry *
till_payment_doubt_row (const char *sale,
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
  return till_ledger_entry_new (TILL_LEDGER_CHARGE_DOUBT, sale, attempt, body);
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

/* Reading */

TillChargeRequest *
till_payment_read_intent (const TillLedgerEntry *intent, GError **error)
{
  const char *key = till_stripe_json_string (intent->body, "key");
  const char *currency = till_stripe_json_string (intent->body, "currency");
  const char *payer = till_stripe_json_string (intent->body, "provider_customer");
  gint64 minor = 0;
  TillMoney amount;

  if (intent->sale == NULL || intent->attempt == NULL || key == NULL || currency == NULL
      || !till_stripe_json_int (intent->body, "amount", &minor)
      || !till_money_init (&amount, minor, currency, NULL))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                   "row %" G_GINT64_FORMAT " of the ledger is no charge that can be asked about",
                   intent->seq);
      return NULL;
    }
  return till_charge_request_new (intent->attempt, intent->sale, key, payer, &amount);
}

gboolean
till_payment_is_of_provider (const TillLedgerEntry *intent, TillProvider *provider)
{
  return g_strcmp0 (till_stripe_json_string (intent->body, "provider"), till_provider_get_name (provider))
             == 0
         && g_strcmp0 (till_stripe_json_string (intent->body, "provider_account"),
                       till_provider_get_account (provider))
                == 0;
}

static gboolean
is_kind (const TillLedgerEntry *row, const char *kind)
{
  return g_str_equal (row->kind, kind);
}

static gboolean
is_payment (const TillLedgerEntry *row)
{
  if (is_kind (row, TILL_LEDGER_CHARGE_END))
    return g_strcmp0 (till_stripe_json_string (row->body, "status"),
                      till_charge_status_to_string (TILL_CHARGE_DECLINED))
           != 0;
  return is_kind (row, TILL_LEDGER_TENDER) || is_kind (row, TILL_LEDGER_RECEIPT);
}

gboolean
till_payment_check_sale (const char *sale, GPtrArray *rows, GError **error)
{
  g_autoptr (GHashTable) open = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (is_payment (row))
        {
          g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                       "sale %s is paid already (row %" G_GINT64_FORMAT " of the ledger)", sale, row->seq);
          return FALSE;
        }
      if (is_kind (row, TILL_LEDGER_CHARGE_INTENT))
        g_hash_table_add (open, row->attempt);
      else if (is_kind (row, TILL_LEDGER_CHARGE_END))
        g_hash_table_remove (open, row->attempt);
    }
  if (g_hash_table_size (open) == 0)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
               "sale %s has a payment whose outcome is not known: find it out before charging again", sale);
  return FALSE;
}

gboolean
till_payment_has_doubt (GPtrArray *rows, const char *code)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (is_kind (row, TILL_LEDGER_CHARGE_DOUBT)
          && g_strcmp0 (till_stripe_json_string (row->body, "code"), code) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_unsent_doubt (const TillLedgerEntry *row)
{
  return is_kind (row, TILL_LEDGER_CHARGE_DOUBT)
         && g_strcmp0 (till_stripe_json_string (row->body, "asked"), TILL_PAYMENT_ASKED_CHARGE) == 0
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

      if (is_kind (row, TILL_LEDGER_CHARGE_END))
        return NULL;
      if (is_kind (row, TILL_LEDGER_CHARGE_INTENT))
        intent = row;
      unsent |= is_unsent_doubt (row);
    }
  return unsent ? intent : NULL;
}
