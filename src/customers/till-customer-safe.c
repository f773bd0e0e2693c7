/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customer-safe.h"

#include "base/till-clock.h"
#include "base/till-error.h"
#include "customers/till-customer-record.h"
#include "customers/till-customers-sqlite.h"
#include "vault/till-record-keys.h"

/* What the hashes are for that customers are found by. */
#define BUCKET_PURPOSE "suffix"

struct _TillCustomerSafe
{
  gatomicrefcount refs;
  TillVault *vault;
  TillErasures *erasures;
};

TillCustomerSafe *
till_customer_safe_new (TillVault *vault)
{
  TillCustomerSafe *self = g_new0 (TillCustomerSafe, 1);

  g_atomic_ref_count_init (&self->refs);
  self->vault = g_object_ref (vault);
  self->erasures = till_erasures_new ();
  return self;
}

TillCustomerSafe *
till_customer_safe_ref (TillCustomerSafe *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
till_customer_safe_unref (TillCustomerSafe *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->vault);
  till_erasures_free (self->erasures);
  g_free (self);
}

TillVault *
till_customer_safe_get_vault (const TillCustomerSafe *self)
{
  return self->vault;
}

/* The keyed hash that customers with these digits are found by (transfer full). */
static char *
till_customer_safe_make_bucket (TillCustomerSafe *self, const char *suffix, GError **error)
{
  return till_vault_hash (self->vault, BUCKET_PURPOSE, suffix, error);
}

static gboolean
till_customer_safe_check_kept (TillCustomerSafe *self, const char *id, GError **error)
{
  gint64 at_us = till_erasures_get_time (self->erasures, id);
  g_autofree char *when = at_us != 0 ? till_clock_format_utc (at_us) : NULL;

  if (when == NULL)
    return TRUE;
  g_set_error (
      error, TILL_ERROR, TILL_ERROR_CORRUPT,
      "The record of customer %s is back although it was erased at %s: somebody put an old copy in its "
      "place. It stays shut: erase it again",
      id, when);
  return FALSE;
}

/* What lies beside the seal must say the same as what is under it. */
static gboolean
till_customer_safe_check_row (TillCustomerSafe *self,
                              const TillCustomerRow *row,
                              const TillCustomer *customer,
                              GError **error)
{
  g_autofree char *bucket = till_customer_safe_make_bucket (self, till_customer_get_suffix (customer), error);

  if (bucket == NULL)
    return FALSE;
  if (g_strcmp0 (bucket, row->bucket) == 0 && till_customer_get_enrolled_us (customer) == row->enrolled_us
      && till_customer_get_last_visit_day (customer) == row->last_visit_day)
    return TRUE;
  g_set_error (
      error, TILL_ERROR, TILL_ERROR_CORRUPT,
      "The row of customer %s was altered: its digits, time of enrolment or last visit are not those of "
      "the record",
      row->id);
  return FALSE;
}

/* A record without a key of its own was sealed by a till that had none for records, and gets one when it is next put in. */
static TillSecret *
till_customer_safe_unseal (TillCustomerSafe *self, sqlite3 *db, const TillCustomerRow *row, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (TillSecret) record = NULL;
  gboolean own;

  if (!till_record_keys_has (db, row->id, &own, error))
    return NULL;
  record = own ? till_record_keys_unseal (self->vault, db, row->id, row->sealed, &problem)
               : till_vault_unseal (self->vault, row->id, row->sealed, &problem);
  if (record != NULL)
    return g_steal_pointer (&record);
  if (!g_error_matches (problem, TILL_ERROR, TILL_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  g_set_error (
      error, TILL_ERROR, TILL_ERROR_CORRUPT,
      "The record of customer %s was altered, moved from another one or sealed under another key (%s): "
      "restore the database, or erase this customer and enrol them again",
      row->id, problem->message);
  return NULL;
}

static TillCustomer *
till_customer_safe_open (TillCustomerSafe *self, sqlite3 *db, const TillCustomerRow *row, GError **error)
{
  if (!till_customer_safe_check_kept (self, row->id, error))
    return NULL;

  g_autoptr (TillSecret) record = till_customer_safe_unseal (self, db, row, error);
  if (record == NULL)
    return NULL;

  g_autoptr (TillCustomer) customer = till_customer_record_decode (row->id, record, error);
  if (customer == NULL || !till_customer_safe_check_row (self, row, customer, error))
    return NULL;
  return g_steal_pointer (&customer);
}

GPtrArray *
till_customer_safe_list (TillCustomerSafe *self, sqlite3 *db, const char *suffix, GError **error)
{
  g_autofree char *bucket = suffix != NULL ? till_customer_safe_make_bucket (self, suffix, error) : NULL;
  if ((suffix != NULL && bucket == NULL) || !till_erasures_read (self->erasures, db, error))
    return NULL;

  g_autoptr (GPtrArray) rows = till_customers_sqlite_select (db, bucket, error);
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      TillCustomer *customer = till_customer_safe_open (self, db, g_ptr_array_index (rows, i), error);

      if (customer == NULL)
        return NULL;
      g_ptr_array_add (customers, customer);
    }
  return rows != NULL ? g_steal_pointer (&customers) : NULL;
}

TillCustomer *
till_customer_safe_find (TillCustomerSafe *self, sqlite3 *db, const char *id, GError **error)
{
  g_autoptr (TillCustomerRow) row = till_customers_sqlite_find (db, id, error);

  if (row == NULL || !till_erasures_read (self->erasures, db, error))
    return NULL;
  return till_customer_safe_open (self, db, row, error);
}

gboolean
till_customer_safe_check_new (TillCustomerSafe *self, sqlite3 *db, const char *id, GError **error)
{
  gboolean has;

  if (!till_erasures_read (self->erasures, db, error) || !till_customers_sqlite_has (db, id, &has, error))
    return FALSE;
  if (!has && till_erasures_get_time (self->erasures, id) == 0)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_EXISTS,
               has ? "Somebody is enrolled as %s already" : "Somebody was enrolled as %s and erased", id);
  return FALSE;
}

static GBytes *
till_customer_safe_seal (
    TillCustomerSafe *self, sqlite3 *db, const char *id, TillSecret *record, GError **error)
{
  gboolean own;

  if (!till_record_keys_has (db, id, &own, error)
      || (!own && !till_record_keys_create (self->vault, db, id, error)))
    return NULL;
  return till_record_keys_seal (self->vault, db, id, record, error);
}

/* @bucket: what the customer is found by. */
static gboolean
till_customer_safe_write (TillCustomerSafe *self,
                          sqlite3 *db,
                          const TillCustomer *customer,
                          const char *bucket,
                          gboolean fresh,
                          GError **error)
{
  g_autoptr (TillSecret) record = till_customer_record_encode (customer);
  g_autoptr (TillCustomerRow) row = g_new0 (TillCustomerRow, 1);

  row->id = g_strdup (till_customer_get_id (customer));
  row->bucket = g_strdup (bucket);
  row->enrolled_us = till_customer_get_enrolled_us (customer);
  row->last_visit_day = till_customer_get_last_visit_day (customer);
  row->sealed = till_customer_safe_seal (self, db, row->id, record, error);
  if (row->sealed == NULL)
    return FALSE;
  return fresh ? till_customers_sqlite_insert (db, row, error)
               : till_customers_sqlite_update (db, row, error);
}

gboolean
till_customer_safe_put (
    TillCustomerSafe *self, sqlite3 *db, const TillCustomer *customer, gboolean fresh, GError **error)
{
  g_autofree char *bucket
      = till_vault_hash_within (self->vault, db, BUCKET_PURPOSE, till_customer_get_suffix (customer), error);

  return bucket != NULL && till_customer_safe_write (self, db, customer, bucket, fresh, error);
}

gboolean
till_customer_safe_rekey (TillCustomerSafe *self,
                          sqlite3 *db,
                          const TillCustomer *customer,
                          TillVaultChange *change,
                          GError **error)
{
  g_autofree char *bucket
      = till_vault_change_hash (change, BUCKET_PURPOSE, till_customer_get_suffix (customer), error);

  return bucket != NULL && till_customer_safe_write (self, db, customer, bucket, FALSE, error);
}
