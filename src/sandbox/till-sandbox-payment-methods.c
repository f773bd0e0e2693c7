/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-payment-methods.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sandbox/till-sandbox-customers.h"
#include "sandbox/till-sandbox-decline.h"
#include "sandbox/till-sandbox-id.h"
#include "sandbox/till-sandbox-json.h"
#include "sandbox/till-sandbox-listing.h"

static JsonObject *
render_checks (void)
{
  JsonObject *checks = json_object_new ();

  till_sandbox_json_set_nulls (checks, "address_line1_check", "address_postal_code_check", NULL);
  json_object_set_string_member (checks, "cvc_check", "pass");
  return checks;
}

static JsonObject *
render_card (const TillSandboxCard *card, gint64 exp_month, gint64 exp_year)
{
  JsonObject *object = json_object_new ();
  JsonObject *networks = json_object_new ();
  const char *number = card->number != NULL ? card->number : "4000000000000341";
  g_autofree char *fingerprint = g_compute_checksum_for_string (G_CHECKSUM_SHA256, card->name, -1);

  fingerprint[16] = '\0';
  json_object_set_string_member (object, "brand", card->brand);
  json_object_set_object_member (object, "checks", render_checks ());
  json_object_set_string_member (object, "country", card->country);
  json_object_set_string_member (object, "display_brand", card->brand);
  json_object_set_int_member (object, "exp_month", exp_month);
  json_object_set_int_member (object, "exp_year", exp_year);
  json_object_set_string_member (object, "fingerprint", fingerprint);
  json_object_set_string_member (object, "funding", card->funding);
  json_object_set_string_member (object, "last4", number + strlen (number) - 4);
  till_sandbox_json_set_single (networks, "available", card->brand);
  json_object_set_null_member (networks, "preferred");
  json_object_set_object_member (object, "networks", networks);
  json_object_set_string_member (object, "regulated_status", "unregulated");
  till_sandbox_json_set_nulls (object, "generated_from", "wallet", NULL);
  return object;
}

JsonObject *
till_sandbox_payment_method_render_card (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (
      database, "SELECT card, exp_month, exp_year FROM payment_methods WHERE id = ?", "s", id);
  const TillSandboxCard *card
      = row != NULL ? till_sandbox_card_by_name (till_sandbox_database_text (row, 0)) : NULL;

  if (card == NULL)
    return json_object_new ();
  return render_card (card, sqlite3_column_int64 (row, 1), sqlite3_column_int64 (row, 2));
}

static JsonObject *
render_billing (sqlite3_stmt *row)
{
  JsonObject *billing = json_object_new ();
  JsonObject *address = json_object_new ();

  till_sandbox_json_set_nulls (address, "city", "country", "line1", "line2", "postal_code", "state", NULL);
  json_object_set_object_member (billing, "address", address);
  json_object_set_string_member (billing, "name", till_sandbox_database_text (row, 3));
  json_object_set_string_member (billing, "email", till_sandbox_database_text (row, 4));
  json_object_set_string_member (billing, "phone", till_sandbox_database_text (row, 5));
  json_object_set_null_member (billing, "tax_id");
  return billing;
}

JsonObject *
till_sandbox_payment_method_find (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (
      database,
      "SELECT id, created, customer, name, email, phone, metadata FROM payment_methods WHERE id = ?", "s",
      id);

  if (row == NULL)
    return NULL;

  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "object", "payment_method");
  json_object_set_string_member (object, "allow_redisplay", "unspecified");
  json_object_set_object_member (object, "billing_details", render_billing (row));
  json_object_set_object_member (object, "card", till_sandbox_payment_method_render_card (database, id));
  json_object_set_int_member (object, "created", sqlite3_column_int64 (row, 1));
  json_object_set_string_member (object, "customer", till_sandbox_database_text (row, 2));
  json_object_set_boolean_member (object, "livemode", FALSE);
  till_sandbox_json_set_parsed (object, "metadata", till_sandbox_database_text (row, 6));
  json_object_set_string_member (object, "type", "card");
  return object;
}

const TillSandboxCard *
till_sandbox_payment_method_card (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row
      = till_sandbox_database_select (database, "SELECT card FROM payment_methods WHERE id = ?", "s", id);

  return row != NULL ? till_sandbox_card_by_name (till_sandbox_database_text (row, 0)) : NULL;
}

gboolean
till_sandbox_payment_method_is_of (TillSandboxDatabase *database, const char *id, const char *customer)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (
      database, "SELECT 1 FROM payment_methods WHERE id = ? AND customer = ?", "ss", id, customer);

  return row != NULL;
}

void
till_sandbox_payment_method_spend (TillSandboxDatabase *database, const char *id)
{
  till_sandbox_database_change (
      database, "UPDATE payment_methods SET spent = 1 WHERE id = ? AND customer IS NULL", "s", id);
}

/* A new payment method of a test card; its id (transfer full). */
static char *
add (TillSandboxCall *call, const TillSandboxCard *card, gint64 exp_month, gint64 exp_year)
{
  char *id = till_sandbox_id_new ("pm");

  till_sandbox_database_change (
      call->database,
      "INSERT INTO payment_methods (id, created, card, exp_month, exp_year) VALUES (?, ?, ?, ?, ?)", "sisii",
      id, call->now, card->name, exp_month, exp_year);
  return id;
}

static gint
year_of (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return time != NULL ? g_date_time_get_year (time) : 1970;
}

/* The id of what is stored under @id, or of a copy made of one of the test ids; refuses an unknown one. */
static gboolean
resolve (TillSandboxCall *call, const char *param, const char *id, char **found)
{
  const TillSandboxCard *card = till_sandbox_card_by_method (id);

  if (card == NULL && till_sandbox_payment_method_card (call->database, id) == NULL)
    return till_sandbox_call_missing (call, "PaymentMethod", param, id);

  *found = card != NULL ? add (call, card, 12, year_of (call->now) + 1) : g_strdup (id);
  return TRUE;
}

static gboolean
is_spent (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (
      database, "SELECT 1 FROM payment_methods WHERE id = ? AND spent", "s", id);

  return row != NULL;
}

static gboolean
refuse_spent (TillSandboxCall *call, const char *param)
{
  return till_sandbox_call_fail (
      call, SOUP_STATUS_BAD_REQUEST, NULL, param,
      "The provided PaymentMethod was previously used with a PaymentIntent without Customer "
      "attachment or was detached from a Customer. It may not be used again. To use a "
      "PaymentMethod multiple times, you must attach it to a Customer first.");
}

static char *
owner_of (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row
      = till_sandbox_database_select (database, "SELECT customer FROM payment_methods WHERE id = ?", "s", id);

  return row != NULL ? g_strdup (till_sandbox_database_text (row, 0)) : NULL;
}

gboolean
till_sandbox_payment_method_attach (
    TillSandboxCall *call, const char *param, const char *id, const char *customer, char **attached)
{
  g_autofree char *found = NULL;

  if (!resolve (call, param, id, &found))
    return FALSE;

  g_autofree char *owner = owner_of (call->database, found);
  const TillSandboxCard *card = till_sandbox_payment_method_card (call->database, found);
  if (owner != NULL && !g_str_equal (owner, customer))
    return till_sandbox_call_fail (
        call, SOUP_STATUS_BAD_REQUEST, NULL, param,
        "The payment method you provided has already been attached to a customer.");
  if (is_spent (call->database, found))
    return refuse_spent (call, param);
  if (card->outcome == TILL_SANDBOX_CARD_DECLINES && !card->attaches)
    return till_sandbox_decline (call, card->code, card->decline_code);

  till_sandbox_database_change (call->database, "UPDATE payment_methods SET customer = ? WHERE id = ?", "ss",
                                customer, found);
  if (attached != NULL)
    *attached = g_steal_pointer (&found);
  return TRUE;
}

gboolean
till_sandbox_payment_method_use (TillSandboxCall *call, const char *id, const char *customer, char **usable)
{
  g_autofree char *found = NULL;

  if (!resolve (call, "payment_method", id, &found))
    return FALSE;

  g_autofree char *owner = owner_of (call->database, found);
  if (owner != NULL && customer == NULL)
    return till_sandbox_call_fail (
        call, SOUP_STATUS_BAD_REQUEST, NULL, "payment_method",
        "The payment method %s belongs to the Customer %s. Please include the Customer in the "
        "`customer` parameter on the PaymentIntent.",
        found, owner);
  if (owner != NULL && !g_str_equal (owner, customer))
    return till_sandbox_call_fail (
        call, SOUP_STATUS_BAD_REQUEST, "resource_missing", "payment_method",
        "The customer does not have a payment method with the ID %s. The payment method must "
        "be attached to the customer.",
        found);
  if (is_spent (call->database, found))
    return refuse_spent (call, "payment_method");

  *usable = g_steal_pointer (&found);
  return TRUE;
}

static const TillSandboxCard *
read_token (TillSandboxCall *call)
{
  const char *token = NULL;

  if (!till_sandbox_call_id (call, "card.token", &token))
    return NULL;

  const TillSandboxCard *card = till_sandbox_card_by_token (token);
  if (card == NULL)
    till_sandbox_call_missing (call, "token", "card.token", token);
  return card;
}

static const TillSandboxCard *
read_number (TillSandboxCall *call)
{
  const char *sent = NULL;

  if (!till_sandbox_call_require (call, "card.number") || !till_sandbox_call_id (call, "card.number", &sent))
    return NULL;

  g_auto (GStrv) groups = g_strsplit (sent, " ", -1);
  g_autofree char *number = g_strjoinv ("", groups);
  const TillSandboxCard *card = till_sandbox_card_by_number (number);
  if (card == NULL && till_sandbox_card_number_is_plausible (number))
    till_sandbox_decline (call, "card_declined", "test_mode_live_card");
  else if (card == NULL)
    till_sandbox_decline (call, "incorrect_number", NULL);
  return card;
}

static gboolean
read_expiry (TillSandboxCall *call, gint64 *month, gint64 *year)
{
  gint64 this_year = year_of (call->now);

  if (!till_sandbox_call_require (call, "card.exp_month")
      || !till_sandbox_call_require (call, "card.exp_year")
      || !till_sandbox_call_integer (call, "card.exp_month", month)
      || !till_sandbox_call_integer (call, "card.exp_year", year))
    return FALSE;

  if (*year >= 0 && *year < 100)
    *year += 2000;
  if (*month < 1 || *month > 12)
    return till_sandbox_decline (call, "invalid_expiry_month", NULL);
  if (*year < this_year || *year > this_year + 50)
    return till_sandbox_decline (call, "invalid_expiry_year", NULL);
  return TRUE;
}

static gboolean
read_cvc (TillSandboxCall *call)
{
  const char *cvc = NULL;

  if (!till_sandbox_call_id (call, "card.cvc", &cvc))
    return FALSE;
  if (cvc != NULL && (strspn (cvc, "0123456789") != strlen (cvc) || strlen (cvc) < 3 || strlen (cvc) > 4))
    return till_sandbox_decline (call, "invalid_cvc", NULL);
  return TRUE;
}

static gboolean
write_billing (TillSandboxCall *call, const char *id)
{
  const char *name = NULL;
  const char *email = NULL;
  const char *phone = NULL;
  g_autofree char *metadata = g_strdup ("{}");

  return till_sandbox_call_text (call, "billing_details.name", &name)
         && till_sandbox_call_text (call, "billing_details.email", &email)
         && till_sandbox_call_text (call, "billing_details.phone", &phone)
         && till_sandbox_call_metadata (call, &metadata)
         && till_sandbox_database_change (
             call->database,
             "UPDATE payment_methods SET name = ?, email = ?, phone = ?, metadata = ? WHERE id = ?", "sssss",
             name, email, phone, metadata, id);
}

JsonObject *
till_sandbox_payment_methods_create (TillSandboxCall *call)
{
  static const char *const types[] = { "card", NULL };
  const char *type = NULL;
  gint64 month = 12;
  gint64 year = year_of (call->now) + 1;

  if (!till_sandbox_call_require (call, "type") || !till_sandbox_call_choice (call, "type", types, &type))
    return NULL;

  gboolean by_token = till_sandbox_call_has (call, "card.token");
  const TillSandboxCard *card = by_token ? read_token (call) : read_number (call);
  if (card == NULL || (!by_token && !read_expiry (call, &month, &year)) || !read_cvc (call))
    return NULL;

  g_autofree char *id = add (call, card, month, year);
  return write_billing (call, id) ? till_sandbox_payment_method_find (call->database, id) : NULL;
}

JsonObject *
till_sandbox_payment_methods_retrieve (TillSandboxCall *call)
{
  JsonObject *method = till_sandbox_payment_method_find (call->database, call->id);

  if (method == NULL)
    till_sandbox_call_missing (call, "PaymentMethod", "id", call->id);
  return method;
}

JsonObject *
till_sandbox_payment_methods_attach (TillSandboxCall *call)
{
  const char *customer = NULL;
  g_autofree char *attached = NULL;

  if (!till_sandbox_call_require (call, "customer") || !till_sandbox_call_id (call, "customer", &customer))
    return NULL;
  if (!till_sandbox_customer_exists (call->database, customer))
    {
      till_sandbox_call_missing (call, "customer", "customer", customer);
      return NULL;
    }
  if (!till_sandbox_payment_method_attach (call, "id", call->id, customer, &attached))
    return NULL;
  return till_sandbox_payment_method_find (call->database, attached);
}

JsonObject *
till_sandbox_payment_methods_detach (TillSandboxCall *call)
{
  g_autofree char *owner = NULL;

  if (till_sandbox_payment_method_card (call->database, call->id) == NULL)
    {
      till_sandbox_call_missing (call, "PaymentMethod", "id", call->id);
      return NULL;
    }
  owner = owner_of (call->database, call->id);
  if (owner == NULL)
    {
      till_sandbox_call_fail (
          call, SOUP_STATUS_BAD_REQUEST, NULL, NULL,
          "The payment method you provided is not attached to a customer so detachment is "
          "impossible.");
      return NULL;
    }

  till_sandbox_database_change (
      call->database, "UPDATE customers SET default_payment_method = NULL WHERE default_payment_method = ?",
      "s", call->id);
  till_sandbox_database_change (
      call->database, "UPDATE payment_methods SET customer = NULL, spent = 1 WHERE id = ?", "s", call->id);
  return till_sandbox_payment_method_find (call->database, call->id);
}

static JsonObject *
list_of (TillSandboxCall *call, const char *customer, const char *url)
{
  g_autoptr (TillSandboxListing) listing
      = till_sandbox_listing_new (call, "payment_methods", "PaymentMethod", till_sandbox_payment_method_find);

  if (!till_sandbox_customer_exists (call->database, customer))
    {
      till_sandbox_call_missing (call, "customer", call->id != NULL ? "id" : "customer", customer);
      return NULL;
    }
  till_sandbox_listing_where (listing, "customer = ?", customer, NULL);
  return till_sandbox_listing_filter (listing, "type") ? till_sandbox_listing_page (listing, url) : NULL;
}

JsonObject *
till_sandbox_payment_methods_list (TillSandboxCall *call)
{
  const char *customer = NULL;

  if (!till_sandbox_call_require (call, "customer") || !till_sandbox_call_id (call, "customer", &customer))
    return NULL;
  return list_of (call, customer, "/v1/payment_methods");
}

JsonObject *
till_sandbox_payment_methods_list_of_customer (TillSandboxCall *call)
{
  g_autofree char *url = g_strdup_printf ("/v1/customers/%s/payment_methods", call->id);

  return list_of (call, call->id, url);
}
