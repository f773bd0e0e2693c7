/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-export.h"

#include "base/till-error.h"
#include "ledger/till-ledger-people.h"
#include "shop/till-calendar-day.h"
#include "shop/till-person-export-private.h"
#include "shop/till-shop-erasure-private.h"
#include "shop/till-shop-private.h"
#include "shop/till-shop-proof.h"

/* What is gathered, one after the other. */
typedef struct
{
  char *id;
  const char *by;
  TillCustomer *customer;
  GPtrArray *wordings; /* the ledger's rows of them */
  JsonObject *root;
} Gathering;

static void
gathering_free (gpointer data)
{
  Gathering *gathering = data;

  g_free (gathering->id);
  g_clear_pointer (&gathering->customer, till_customer_unref);
  g_clear_pointer (&gathering->wordings, g_ptr_array_unref);
  g_clear_pointer (&gathering->root, json_object_unref);
  g_free (gathering);
}

/* Rows and consents */

static JsonObject *
row_to_json (const TillLedgerEntry *row)
{
  g_autofree char *at = till_clock_format_utc (row->at_us);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "number", row->seq);
  json_object_set_string_member (object, "at", at);
  json_object_set_string_member (object, "kind", row->kind);
  if (row->sale != NULL)
    json_object_set_string_member (object, "sale", row->sale);
  if (row->attempt != NULL)
    json_object_set_string_member (object, "attempt", row->attempt);
  json_object_set_object_member (object, "body", json_object_ref (row->body));
  json_object_set_string_member (object, "hash", row->hash);
  return object;
}

static const char *
find_wording (GPtrArray *wordings, JsonObject *consent)
{
  const char *hash = json_object_get_string_member_with_default (consent, "wording_sha256", "");

  for (guint i = 0; i < wordings->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (wordings, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (row->body, "hash", NULL), hash) == 0)
        return json_object_get_string_member_with_default (row->body, "text", NULL);
    }
  return NULL;
}

static JsonObject *
consent_to_json (const TillLedgerEntry *row, GPtrArray *wordings)
{
  const char *wording = find_wording (wordings, row->body);
  g_autofree char *record = till_consent_to_text (row->body, wording);
  JsonObject *object = row_to_json (row);

  json_object_set_string_member (object, "record", record);
  json_object_set_string_member (object, "wording", wording);
  return object;
}

static void
on_rows_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  JsonArray *consents = json_array_new ();
  JsonArray *about = json_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_about_finish (TILL_LEDGER (source), result, &error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      json_array_add_object_element (about, row_to_json (row));
      if (g_str_equal (row->kind, TILL_LEDGER_CONSENT))
        json_array_add_object_element (consents, consent_to_json (row, gathering->wordings));
    }
  json_object_set_array_member (gathering->root, "consents", consents);
  json_object_set_array_member (gathering->root, "rows", about);
  if (rows != NULL)
    g_task_return_pointer (task, till_person_export_new (gathering->id, g_steal_pointer (&gathering->root)),
                           (GDestroyNotify) till_person_export_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_wordings_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  gathering->wordings = till_ledger_list_finish (TILL_LEDGER (source), result, &error);
  if (gathering->wordings == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    till_ledger_list_about_async (TILL_LEDGER (source), gathering->id, NULL, on_rows_listed,
                                  g_steal_pointer (&task));
}

/* The books say that it was given out before it is */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (row == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    till_ledger_list_async (TILL_LEDGER (source), TILL_LEDGER_WORDING, NULL, NULL, 0, NULL,
                            on_wordings_listed, g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
write_row (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);
  const Gathering *gathering = g_task_get_task_data (task);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "customer", gathering->id);
  json_object_set_string_member (body, "by", gathering->by);
  g_autoptr (TillLedgerEntry) row = till_ledger_entry_new (TILL_LEDGER_EXPORT, NULL, NULL, body);
  till_ledger_append_async (self->ledger, row, NULL, on_written, task);
}

/* Details */

static void
set_day (JsonObject *object, const char *name, gint64 day)
{
  g_autofree char *text = till_calendar_day_format (day);

  json_object_set_string_member (object, name, text);
}

static void
set_time (JsonObject *object, const char *name, gint64 at_us)
{
  g_autofree char *text = at_us != 0 ? till_clock_format_utc (at_us) : NULL;

  json_object_set_string_member (object, name, text);
}

static JsonObject *
details_to_json (TillShop *self, const TillCustomer *customer)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", till_customer_get_name (customer));
  json_object_set_string_member (object, "phone_last_digits", till_customer_get_suffix (customer));
  set_time (object, "enrolled", till_customer_get_enrolled_us (customer));
  set_day (object, "last_visit", till_customer_get_last_visit_day (customer));
  set_day (object, "goes_on", till_shop_get_expiry_day (self, till_customer_get_last_visit_day (customer)));
  json_object_set_string_member (object, "guardian", till_customer_get_guardian (customer));
  json_object_set_boolean_member (object, "pin", till_customer_get_pin (customer) != NULL);
  json_object_set_boolean_member (object, "look_alike", till_customer_is_look_alike (customer));
  json_object_set_boolean_member (object, "face_locked", till_customer_is_face_locked (customer));
  json_object_set_string_member (object, "consent", till_customer_get_consent (customer));
  return object;
}

static JsonObject *
face_to_json (const TillCustomer *customer)
{
  JsonObject *object = json_object_new ();
  JsonArray *templates = json_array_new ();

  for (guint i = 0; i < till_customer_get_n_templates (customer); i++)
    {
      const float *numbers = till_customer_get_template (customer, i);
      JsonArray *line = json_array_sized_new (TILL_VISION_EMBEDDING);

      for (guint k = 0; k < TILL_VISION_EMBEDDING; k++)
        json_array_add_double_element (line, (double) numbers[k]);
      json_array_add_array_element (templates, line);
    }
  json_object_set_array_member (object, "templates", templates);
  return object;
}

static JsonObject *
payer_to_json (TillShop *self, const TillCustomer *customer)
{
  TillProvider *provider = till_payment_get_provider (self->payment);
  JsonObject *object = json_object_new ();

  if (provider != NULL)
    json_object_set_string_member (object, "service", till_provider_get_name (provider));
  if (provider != NULL && till_provider_get_account (provider) != NULL)
    json_object_set_string_member (object, "account", till_provider_get_account (provider));
  if (customer != NULL)
    json_object_set_string_member (object, "token", till_customer_get_payer (customer));
  return object;
}

static void
begin_root (TillShop *self, Gathering *gathering)
{
  gboolean pass = till_shop_is_pass (gathering->id);

  gathering->root = json_object_new ();
  json_object_set_string_member (gathering->root, "shop", till_shop_get_name (self));
  set_time (gathering->root, "at", till_clock_utc (self->clock));
  json_object_set_string_member (gathering->root, "id", gathering->id);
  json_object_set_string_member (gathering->root, "kind", pass ? "face-pass" : "customer");
  json_object_set_object_member (gathering->root, "payment_service",
                                 payer_to_json (self, gathering->customer));
  if (pass)
    return;
  json_object_set_object_member (gathering->root, "details", details_to_json (self, gathering->customer));
  json_object_set_object_member (gathering->root, "face", face_to_json (gathering->customer));
}

static void
on_customer_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  gathering->customer = till_customers_get_finish (TILL_CUSTOMERS (source), result, &error);
  if (gathering->customer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  begin_root (g_task_get_source_object (task), gathering);
  write_row (g_steal_pointer (&task));
}

/* Of a pass the till knows no more than its book says. */
static gboolean
add_pass (Gathering *gathering, GPtrArray *passes)
{
  for (guint i = 0; i < passes->len; i++)
    {
      const TillPassRow *pass = g_ptr_array_index (passes, i);

      if (g_str_equal (pass->id, gathering->id))
        {
          JsonObject *object = json_object_new ();

          json_object_set_string_member (object, "number", pass->number);
          set_day (object, "expires", pass->expires_day);
          set_time (object, "revoked", pass->revoked_us);
          json_object_set_object_member (gathering->root, "pass", object);
          return TRUE;
        }
    }
  return FALSE;
}

static void
on_passes_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) passes = till_pass_book_list_finish (TILL_PASS_BOOK (source), result, &error);

  if (passes == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  begin_root (g_task_get_source_object (task), gathering);
  if (add_pass (gathering, passes))
    write_row (g_steal_pointer (&task));
  else
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_NOT_FOUND, "This shop has issued no face pass %s",
                             gathering->id);
}

static void
on_proved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  gathering->by = till_shop_prove_finish (self, result, &error);
  if (gathering->by == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (till_shop_is_pass (gathering->id))
    till_pass_book_list_async (self->passes, NULL, on_passes_listed, g_steal_pointer (&task));
  else
    till_customers_get_async (self->customers, gathering->id, NULL, on_customer_got, g_steal_pointer (&task));
}

void
till_shop_export_async (TillShop *self,
                        const char *id,
                        const TillShopProof *proof,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Gathering *gathering = g_new0 (Gathering, 1);

  gathering->id = g_strdup (id);
  gathering->customer = till_shop_is_pass (id) ? till_shop_proof_get_customer (proof) : NULL;
  g_task_set_task_data (task, gathering, gathering_free);
  till_shop_prove_async (self, id, proof, cancellable, on_proved, task);
}

TillPersonExport *
till_shop_export_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
