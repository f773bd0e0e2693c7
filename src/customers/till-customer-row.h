/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

/**
 * TillCustomerRow: a customer as the database holds one. Whoever reads the file learns the id, the time of enrolment
 * and who shares a bucket with whom, and nothing else.
 */
typedef struct
{
  char *id;
  char *bucket;       /* keyed hash of the phone's last digits */
  GBytes *sealed;     /* the record, sealed under the id */
  gint64 enrolled_us; /* UTC microseconds */
} TillCustomerRow;

void till_customer_row_free (TillCustomerRow *self);

/* The keyed hash that customers with these digits are found by (transfer full). */
char *till_customer_row_bucket (TillVault *vault, const char *suffix, GError **error);

/* %TILL_ERROR_LOCKED before the vault is open (transfer full). */
TillCustomerRow *till_customer_row_seal (TillVault *vault,
                                         const TillCustomer *customer,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * %TILL_ERROR_CORRUPT naming the id for a record that was altered, belongs to another id, or lies in the wrong bucket
 * (transfer full).
 */
TillCustomer *till_customer_row_unseal (TillVault *vault,
                                        const TillCustomerRow *self,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCustomerRow, till_customer_row_free)

G_END_DECLS
