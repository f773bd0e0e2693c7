/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-private.h"

#include "customers/till-consent-journal.h"

typedef struct
{
  TillLedger *ledger;
  JsonObject *body;
  char *sale;
} TillCustomersConsent;

static void
till_customers_consent_free (gpointer data)
{
  TillCustomersConsent *consent = data;

  g_object_unref (consent->ledger);
  json_object_unref (consent->body);
  g_free (consent->sale);
  g_free (consent);
}

static gpointer
till_customers_do_consent (sqlite3 *db, gpointer data, GError **error)
{
  const TillCustomersConsent *consent = data;

  return till_consent_write_within (consent->ledger, db, consent->sale, consent->body, error);
}

static void
till_customers_on_consent_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TillLedgerEntry *entry = till_store_run_finish (TILL_STORE (source), result, &error);

  if (!till_customers_fail (task, error))
    g_task_return_pointer (task, entry, (GDestroyNotify) till_ledger_entry_unref);
}

JsonObject *
till_customers_sign_consent (TillCustomers *self, const TillConsentGiven *given, GError **error)
{
  g_return_val_if_fail (TILL_IS_CUSTOMERS (self), NULL);

  return till_consent_to_json (given, self->vault, error);
}

void
till_customers_record_consent_async (TillCustomers *self,
                                     const TillConsentGiven *given,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  JsonObject *body = till_consent_to_json (given, self->vault, &error);

  g_task_set_source_tag (task, till_customers_record_consent_async);
  if (till_customers_fail (task, error))
    return;

  TillCustomersConsent *consent = g_new0 (TillCustomersConsent, 1);
  consent->ledger = g_object_ref (self->ledger);
  consent->body = body;
  consent->sale = g_strdup (given->sale);
  g_task_set_check_cancellable (task, FALSE);
  till_store_run_async (self->store, till_customers_do_consent, consent, till_customers_consent_free,
                        (GDestroyNotify) till_ledger_entry_unref, NULL, till_customers_on_consent_written,
                        g_steal_pointer (&task));
}

TillLedgerEntry *
till_customers_record_consent_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
