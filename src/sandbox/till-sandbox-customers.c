/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-customers.h"

#include "sandbox/till-sandbox-id.h"
#include "sandbox/till-sandbox-json.h"
#include "sandbox/till-sandbox-listing.h"
#include "sandbox/till-sandbox-payment-methods.h"

/* The texts a caller may set, by parameter and column alike. */
static const char *const texts[] = { "name", "email", "phone", "description" };

static JsonObject *
render_deleted (const char *id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "object", "customer");
  json_object_set_boolean_member (object, "deleted", TRUE);
  return object;
}

static JsonObject *
render (sqlite3_stmt *row)
{
  JsonObject *object = json_object_new ();
  JsonObject *invoice_settings = json_object_new ();

  json_object_set_string_member (object, "id", till_sandbox_database_text (row, 0));
  json_object_set_string_member (object, "object", "customer");
  json_object_set_int_member (object, "balance", 0);
  json_object_set_int_member (object, "created", sqlite3_column_int64 (row, 1));
  json_object_set_boolean_member (object, "delinquent", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    json_object_set_string_member (object, texts[i], till_sandbox_database_text (row, 2 + (int) i));
  json_object_set_string_member (invoice_settings, "default_payment_method",
                                 till_sandbox_database_text (row, 6));
  till_sandbox_json_set_nulls (invoice_settings, "custom_fields", "footer", "rendering_options", NULL);
  json_object_set_object_member (object, "invoice_settings", invoice_settings);
  json_object_set_boolean_member (object, "livemode", FALSE);
  till_sandbox_json_set_parsed (object, "metadata", till_sandbox_database_text (row, 7));
  json_object_set_array_member (object, "preferred_locales", json_array_new ());
  json_object_set_string_member (object, "tax_exempt", "none");
  till_sandbox_json_set_nulls (object, "address", "currency", "default_source", "discount", "shipping",
                               "test_clock", NULL);
  return object;
}

JsonObject *
till_sandbox_customer_find (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (
      database,
      "SELECT id, created, name, email, phone, description, default_payment_method, metadata, deleted"
      " FROM customers WHERE id = ?",
      "s", id);

  if (row == NULL)
    return NULL;
  return sqlite3_column_int (row, 8) != 0 ? render_deleted (id) : render (row);
}

gboolean
till_sandbox_customer_exists (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (
      database, "SELECT 1 FROM customers WHERE id = ? AND NOT deleted", "s", id);

  return row != NULL;
}

static gboolean
write_texts (TillSandboxCall *call, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = NULL;
      g_autofree char *sql = g_strdup_printf ("UPDATE customers SET %s = ? WHERE id = ?", texts[i]);

      if (!till_sandbox_call_text (call, texts[i], &text))
        return FALSE;
      if (till_sandbox_call_has (call, texts[i]))
        till_sandbox_database_change (call->database, sql, "ss", text, id);
    }
  return TRUE;
}

static gboolean
write_metadata (TillSandboxCall *call, const char *id)
{
  g_autoptr (sqlite3_stmt) row
      = till_sandbox_database_select (call->database, "SELECT metadata FROM customers WHERE id = ?", "s", id);
  g_autofree char *metadata = g_strdup (row != NULL ? till_sandbox_database_text (row, 0) : "{}");

  return till_sandbox_call_metadata (call, &metadata)
         && till_sandbox_database_change (call->database, "UPDATE customers SET metadata = ? WHERE id = ?",
                                          "ss", metadata, id);
}

static gboolean
write_default (TillSandboxCall *call, const char *id)
{
  const char *path = "invoice_settings.default_payment_method";
  const char *method = NULL;

  if (!till_sandbox_call_text (call, path, &method) || !till_sandbox_call_has (call, path))
    return call->error == NULL;
  if (method != NULL && !till_sandbox_payment_method_is_of (call->database, method, id))
    return till_sandbox_call_fail (
        call, 400, "resource_missing", path,
        "The customer does not have a payment method with the ID %.200s. The payment method "
        "must be attached to the customer.",
        method);
  return till_sandbox_database_change (
      call->database, "UPDATE customers SET default_payment_method = ? WHERE id = ?", "ss", method, id);
}

JsonObject *
till_sandbox_customers_create (TillSandboxCall *call)
{
  g_autofree char *id = till_sandbox_id_new ("cus");
  const char *method = NULL;

  till_sandbox_database_change (call->database, "INSERT INTO customers (id, created) VALUES (?, ?)", "si", id,
                                call->now);
  if (!write_texts (call, id) || !write_metadata (call, id)
      || !till_sandbox_call_id (call, "payment_method", &method))
    return NULL;
  if (method != NULL && !till_sandbox_payment_method_attach (call, "payment_method", method, id, NULL))
    return NULL;
  if (!write_default (call, id))
    return NULL;
  return till_sandbox_customer_find (call->database, id);
}

JsonObject *
till_sandbox_customers_retrieve (TillSandboxCall *call)
{
  JsonObject *customer = till_sandbox_customer_find (call->database, call->id);

  if (customer == NULL)
    till_sandbox_call_missing (call, "customer", "id", call->id);
  return customer;
}

JsonObject *
till_sandbox_customers_update (TillSandboxCall *call)
{
  if (!till_sandbox_customer_exists (call->database, call->id))
    {
      till_sandbox_call_missing (call, "customer", "id", call->id);
      return NULL;
    }
  if (!write_texts (call, call->id) || !write_metadata (call, call->id) || !write_default (call, call->id))
    return NULL;
  return till_sandbox_customer_find (call->database, call->id);
}

JsonObject *
till_sandbox_customers_delete (TillSandboxCall *call)
{
  if (!till_sandbox_customer_exists (call->database, call->id))
    {
      till_sandbox_call_missing (call, "customer", "id", call->id);
      return NULL;
    }

  till_sandbox_database_change (call->database,
                                "UPDATE payment_methods SET customer = NULL, spent = 1 WHERE customer = ?",
                                "s", call->id);
  /* Deleted is forgotten: nothing of the person stays but the id that charges refer to. */
  till_sandbox_database_change (
      call->database,
      "UPDATE customers SET deleted = 1, name = NULL, email = NULL, phone = NULL,"
      " description = NULL, default_payment_method = NULL, metadata = '{}' WHERE id = ?",
      "s", call->id);
  return render_deleted (call->id);
}

JsonObject *
till_sandbox_customers_list (TillSandboxCall *call)
{
  g_autoptr (TillSandboxListing) listing
      = till_sandbox_listing_new (call, "customers", "customer", till_sandbox_customer_find);

  till_sandbox_listing_where (listing, "NOT deleted", NULL);
  if (!till_sandbox_listing_filter (listing, "email") || !till_sandbox_listing_filter_created (listing))
    return NULL;
  return till_sandbox_listing_page (listing, "/v1/customers");
}
