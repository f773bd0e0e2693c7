/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customer-row.h"

#include "base/till-error.h"
#include "customers/till-customer-record.h"

void
till_customer_row_free (TillCustomerRow *self)
{
  g_free (self->id);
  g_free (self->bucket);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_free (self);
}

char *
till_customer_row_bucket (TillVault *vault, const char *suffix, GError **error)
{
  return till_vault_hash (vault, "suffix", suffix, error);
}

TillCustomerRow *
till_customer_row_seal (TillVault *vault, const TillCustomer *customer, GError **error)
{
  g_autoptr (TillCustomerRow) self = g_new0 (TillCustomerRow, 1);
  g_autoptr (TillSecret) record = till_customer_record_encode (customer);

  self->id = g_strdup (till_customer_get_id (customer));
  self->enrolled_us = till_customer_get_enrolled_us (customer);
  self->bucket = till_customer_row_bucket (vault, till_customer_get_suffix (customer), error);
  if (self->bucket == NULL)
    return NULL;
  self->sealed = till_vault_seal (vault, self->id, record, error);
  return self->sealed != NULL ? g_steal_pointer (&self) : NULL;
}

static TillSecret *
till_customer_row_open (TillVault *vault, const TillCustomerRow *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  TillSecret *record = till_vault_unseal (vault, self->id, self->sealed, &problem);

  if (record != NULL)
    return record;
  if (!g_error_matches (problem, TILL_ERROR, TILL_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
               "The record of customer %s was altered or sealed under another key (%s): restore the "
               "database, or erase "
               "this customer and enrol them again",
               self->id, problem->message);
  return NULL;
}

/* What lies beside the seal must say the same as what is under it. */
static gboolean
till_customer_row_check (TillVault *vault,
                         const TillCustomerRow *self,
                         const TillCustomer *customer,
                         GError **error)
{
  g_autofree char *bucket = till_customer_row_bucket (vault, till_customer_get_suffix (customer), error);

  if (bucket == NULL)
    return FALSE;
  if (g_strcmp0 (bucket, self->bucket) == 0 && till_customer_get_enrolled_us (customer) == self->enrolled_us)
    return TRUE;
  g_set_error (
      error, TILL_ERROR, TILL_ERROR_CORRUPT,
      "The row of customer %s was altered: its digits or time of enrolment are not those of the record",
      self->id);
  return FALSE;
}

TillCustomer *
till_customer_row_unseal (TillVault *vault, const TillCustomerRow *self, GError **error)
{
  g_autoptr (TillSecret) record = till_customer_row_open (vault, self, error);
  if (record == NULL)
    return NULL;

  g_autoptr (TillCustomer) customer = till_customer_record_decode (self->id, record, error);
  if (customer == NULL || !till_customer_row_check (vault, self, customer, error))
    return NULL;
  return g_steal_pointer (&customer);
}
