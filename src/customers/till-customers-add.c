/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-private.h"

#include "base/till-error.h"
#include "customers/till-customers-sqlite.h"
#include "customers/till-look-alikes.h"

typedef struct
{
  TillCustomer *customer;
  JsonObject *consent;
  gboolean confirmed; /* a manager says that it is somebody else than those it looks like */
  TillLookAlikes *look_alikes;
  GPtrArray *others; /* whom the customer looks like, found before the ledger was written to */
  GError *error;     /* why the record could not be written */
} TillCustomersAdd;

static void
till_customers_add_free (gpointer data)
{
  TillCustomersAdd *add = data;

  g_clear_pointer (&add->customer, till_customer_unref);
  g_clear_pointer (&add->consent, json_object_unref);
  g_clear_pointer (&add->look_alikes, till_look_alikes_free);
  g_clear_pointer (&add->others, g_ptr_array_unref);
  g_clear_error (&add->error);
  g_free (add);
}

static void
till_customers_on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomersAdd *add = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (entry == NULL)
    g_prefix_error (&add->error, "(and the ledger could not say so: %s) ", error->message);
  g_task_return_error (task, g_steal_pointer (&add->error));
}

static void
till_customers_on_record_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  TillCustomersAdd *add = g_task_get_task_data (task);

  till_store_run_finish (TILL_STORE (source), result, &add->error);
  if (add->error == NULL)
    {
      till_customers_tell_change (self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* The ledger says somebody was enrolled who was not: it is made right by a row, as nothing in it can change. */
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "customer", till_customer_get_id (add->customer));
  json_object_set_string_member (body, "consent", json_object_get_string_member (add->consent, "id"));
  json_object_set_string_member (body, "reason", "record-not-written");
  till_customers_journal (self, TILL_LEDGER_ERASURE, till_customer_get_id (add->customer), body,
                          till_customers_on_taken_back, g_steal_pointer (&task));
}

/* Others may have been added since the ledger was written to, so they are looked for again. */
static gpointer
till_customers_do_insert (sqlite3 *db, gpointer data, GError **error)
{
  const TillCustomersAdd *add = data;
  g_autoptr (GPtrArray) others = till_look_alikes_find (add->look_alikes, db, error);

  if (others == NULL || !till_look_alikes_allow (others, add->confirmed, error))
    return NULL;

  g_autoptr (TillCustomer) marked = till_customer_with_look_alike (add->customer, others->len > 0);
  g_autoptr (TillCustomerRow) row = till_look_alikes_seal (add->look_alikes, marked, error);
  if (row != NULL && till_customers_sqlite_insert (db, row, error))
    till_look_alikes_mark (add->look_alikes, db, others, error);
  return NULL;
}

static void
till_customers_on_enrolment_journalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  TillCustomersAdd *add = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (till_customers_fail (task, error))
    return;
  till_store_run_async (self->store, till_customers_do_insert, add, NULL, NULL, NULL,
                        till_customers_on_record_written, g_steal_pointer (&task));
}

static void
till_customers_journal_enrolment (TillCustomers *self, GTask *task)
{
  const TillCustomersAdd *add = g_task_get_task_data (task);
  const char *id = till_customer_get_id (add->customer);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "customer", id);
  json_object_set_string_member (body, "consent", json_object_get_string_member (add->consent, "id"));
  till_customers_journal (self, TILL_LEDGER_ENROLMENT, id, body, till_customers_on_enrolment_journalled,
                          task);
}

static void
till_customers_on_look_alike_journalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (!till_customers_fail (task, error))
    till_customers_journal_enrolment (g_task_get_source_object (task), g_object_ref (task));
}

static void
till_customers_on_consent_journalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  const TillCustomersAdd *add = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (till_customers_fail (task, error))
    return;
  if (add->others->len == 0)
    {
      till_customers_journal_enrolment (self, g_steal_pointer (&task));
      return;
    }

  const char *id = till_customer_get_id (add->customer);
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "customer", id);
  json_object_set_array_member (body, "look_alikes", till_look_alikes_list_ids (add->others));
  json_object_set_string_member (body, "confirmed_by", "manager");
  till_customers_journal (self, TILL_LEDGER_LOOK_ALIKE, id, body, till_customers_on_look_alike_journalled,
                          g_steal_pointer (&task));
}

/* (element-type TillCustomer): whom the customer looks like, once it is known that they may be added all the same. */
static gpointer
till_customers_do_check (sqlite3 *db, gpointer data, GError **error)
{
  const TillCustomersAdd *add = data;
  const char *id = till_customer_get_id (add->customer);
  gboolean has;

  if (!till_customers_sqlite_has (db, id, &has, error))
    return NULL;
  if (has)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_EXISTS, "Somebody is enrolled as %s already", id);
      return NULL;
    }

  g_autoptr (GPtrArray) others = till_look_alikes_find (add->look_alikes, db, error);
  return others != NULL && till_look_alikes_allow (others, add->confirmed, error) ? g_steal_pointer (&others)
                                                                                  : NULL;
}

static void
till_customers_on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  TillCustomersAdd *add = g_task_get_task_data (task);
  GError *error = NULL;

  add->others = till_store_run_finish (TILL_STORE (source), result, &error);
  if (till_customers_fail (task, error))
    return;

  /* From here on it is carried through: what the ledger holds can't be cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  till_customers_journal (self, TILL_LEDGER_CONSENT, till_customer_get_id (add->customer),
                          json_object_ref (add->consent), till_customers_on_consent_journalled,
                          g_steal_pointer (&task));
}

static TillLookAlikes *
till_customers_look_alikes (TillCustomers *self, const float *templates, guint n_templates)
{
  return till_look_alikes_new (self->vault, templates, n_templates, self->score, self->score_data);
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

  g_task_set_task_data (task, add, till_customers_add_free);
  add->customer = till_customer_ref (customer);
  add->consent = consent;
  add->confirmed = confirmed;
  if (till_customers_check_open (self, &error))
    till_customers_check_consent (customer, consent, &error);
  if (till_customers_fail (task, error))
    return;
  add->look_alikes = till_customers_look_alikes (self, till_customer_get_template (customer, 0),
                                                 till_customer_get_n_templates (customer));
  till_store_run_async (self->store, till_customers_do_check, add, NULL, (GDestroyNotify) g_ptr_array_unref,
                        g_task_get_cancellable (task), till_customers_on_checked, g_object_ref (task));
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

  till_store_run_finish (TILL_STORE (source), result, &error);
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
    till_store_run_async (self->store, till_customers_do_check_face,
                          till_customers_look_alikes (self, templates, n_templates),
                          till_customers_look_alikes_free, NULL, cancellable, till_customers_on_face_checked,
                          g_object_ref (task));
}

gboolean
till_customers_check_face_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
