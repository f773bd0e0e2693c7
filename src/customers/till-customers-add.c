/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-private.h"

#include "base/till-error.h"
#include "customers/till-consent-journal.h"
#include "customers/till-look-alikes.h"

typedef struct
{
  TillCustomerSafe *safe;
  TillLedger *ledger;
  TillCustomer *customer;
  JsonObject *consent;
  gboolean confirmed; /* a manager says that it is somebody else than those it looks like */
  TillLookAlikes *look_alikes;
} TillCustomersAdd;

static void
till_customers_add_free (gpointer data)
{
  TillCustomersAdd *add = data;

  g_clear_pointer (&add->safe, till_customer_safe_unref);
  g_clear_object (&add->ledger);
  g_clear_pointer (&add->customer, till_customer_unref);
  g_clear_pointer (&add->consent, json_object_unref);
  g_clear_pointer (&add->look_alikes, till_look_alikes_free);
  g_free (add);
}

/* @body: (transfer full) what the row says beside whom it is about. */
static gboolean
till_customers_journal (
    const TillCustomersAdd *add, sqlite3 *db, const char *kind, JsonObject *body, GError **error)
{
  json_object_set_string_member (body, "customer", till_customer_get_id (add->customer));
  g_autoptr (TillLedgerEntry) entry = till_ledger_entry_new (kind, NULL, NULL, body);
  g_autoptr (TillLedgerEntry) written = till_ledger_append_within (add->ledger, db, entry, error);

  return written != NULL;
}

/* Consent, confirmation and enrolment. */
static gboolean
till_customers_journal_all (const TillCustomersAdd *add, sqlite3 *db, const GPtrArray *others, GError **error)
{
  g_autoptr (TillLedgerEntry) consented
      = till_consent_write_within (add->ledger, db, NULL, add->consent, error);

  if (consented == NULL)
    return FALSE;
  if (others->len > 0)
    {
      JsonObject *confirmation = json_object_new ();

      json_object_set_array_member (confirmation, "look_alikes", till_look_alikes_list_ids (others));
      json_object_set_string_member (confirmation, "confirmed_by", "manager");
      if (!till_customers_journal (add, db, TILL_LEDGER_LOOK_ALIKE, confirmation, error))
        return FALSE;
    }

  JsonObject *enrolment = json_object_new ();
  json_object_set_string_member (enrolment, "consent", till_customer_get_consent (add->customer));
  return till_customers_journal (add, db, TILL_LEDGER_ENROLMENT, enrolment, error);
}

static gpointer
till_customers_do_add (sqlite3 *db, gpointer data, GError **error)
{
  const TillCustomersAdd *add = data;

  if (!till_customer_safe_check_new (add->safe, db, till_customer_get_id (add->customer), error))
    return NULL;

  g_autoptr (GPtrArray) others = till_look_alikes_find (add->look_alikes, db, error);
  if (others == NULL || !till_look_alikes_allow (others, add->confirmed, error)
      || !till_customers_journal_all (add, db, others, error))
    return NULL;

  g_autoptr (TillCustomer) marked = till_customer_with_look_alike (add->customer, others->len > 0);
  if (till_customer_safe_put (add->safe, db, marked, TRUE, error))
    till_look_alikes_mark (add->look_alikes, db, others, error);
  return NULL;
}

static void
till_customers_on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  till_customers_run_finish (result, &error);
  if (till_customers_fail (task, error))
    return;
  till_customers_tell_change (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

static TillLookAlikes *
till_customers_look_alikes (TillCustomers *self, const float *templates, guint n_templates)
{
  return till_look_alikes_new (self->safe, templates, n_templates, self->score, self->score_data);
}

/* The consent must be this customer's, for this. */
static gboolean
till_customers_check_consent (TillCustomer *customer, JsonObject *consent, GError **error)
{
  const char *id = json_object_get_string_member_with_default (consent, "id", NULL);
  const char *purpose = json_object_get_string_member_with_default (consent, "purpose", NULL);
  const char *who = json_object_get_string_member_with_default (consent, "customer", NULL);

  if (g_strcmp0 (id, till_customer_get_consent (customer)) == 0 && g_strcmp0 (purpose, "enrolment") == 0
      && g_strcmp0 (who, till_customer_get_id (customer)) == 0)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
               "The consent is not customer %s’s to being enrolled: ask them for it",
               till_customer_get_id (customer));
  return FALSE;
}

static void
till_customers_begin_add (GTask *own_task, TillCustomer *customer, JsonObject *consent, gboolean confirmed)
{
  g_autoptr (GTask) task = own_task;
  TillCustomers *self = g_task_get_source_object (task);
  TillCustomersAdd *add = g_new0 (TillCustomersAdd, 1);
  GError *error = NULL;

  add->safe = till_customer_safe_ref (self->safe);
  add->ledger = g_object_ref (self->ledger);
  add->customer = till_customer_ref (customer);
  add->consent = consent;
  add->confirmed = confirmed;
  if (till_customers_check_open (self, &error))
    till_customers_check_consent (customer, consent, &error);
  if (till_customers_fail (task, error))
    {
      till_customers_add_free (add);
      return;
    }
  add->look_alikes = till_customers_look_alikes (self, till_customer_get_template (customer, 0),
                                                 till_customer_get_n_templates (customer));
  /* The store has decided already whether cancelling came in time. */
  g_task_set_check_cancellable (task, FALSE);
  till_customers_run_async (self, till_customers_do_add, add, till_customers_add_free, NULL, FALSE,
                            till_customers_on_added, g_object_ref (task));
}

void
till_customers_add_async (TillCustomers *self,
                          TillCustomer *customer,
                          JsonObject *consent,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_customers_add_async);
  till_customers_begin_add (task, customer, consent, FALSE);
}

void
till_customers_add_confirmed_async (TillCustomers *self,
                                    TillCustomer *customer,
                                    JsonObject *consent,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_customers_add_confirmed_async);
  till_customers_begin_add (task, customer, consent, TRUE);
}

gboolean
till_customers_add_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Asking beforehand */

static void
till_customers_look_alikes_free (gpointer data)
{
  till_look_alikes_free (data);
}

static gpointer
till_customers_do_check_face (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) others = till_look_alikes_find (data, db, error);

  if (others != NULL)
    till_look_alikes_allow (others, FALSE, error);
  return NULL;
}

static void
till_customers_on_face_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  till_customers_run_finish (result, &error);
  if (!till_customers_fail (task, error))
    g_task_return_boolean (task, TRUE);
}

void
till_customers_check_face_async (TillCustomers *self,
                                 const float *templates,
                                 guint n_templates,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, till_customers_check_face_async);
  till_customers_check_open (self, &error);
  if (!till_customers_fail (task, error))
    till_customers_run_async (
        self, till_customers_do_check_face, till_customers_look_alikes (self, templates, n_templates),
        till_customers_look_alikes_free, NULL, TRUE, till_customers_on_face_checked, g_object_ref (task));
}

gboolean
till_customers_check_face_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
