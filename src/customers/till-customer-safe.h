/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer-row.h"
#include "customers/till-customer.h"
#include "customers/till-erasures.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

/**
 * TillCustomerSafe: puts customers into the database and takes them out, sealed each under a key of their own. On the
 * store's thread alone, but for making, referencing and till_customer_safe_get_vault().
 *
 * Nothing that was not put in here comes out: %TILL_ERROR_CORRUPT names the id of a record that was altered, belongs to
 * another id, does not fit what lies beside it, or is back although the ledger says that it was erased. %TILL_ERROR_LOCKED
 * before the vault is open.
 */
typedef struct _TillCustomerSafe TillCustomerSafe;

/* Takes a reference to @vault. */
TillCustomerSafe *till_customer_safe_new (TillVault *vault) G_GNUC_WARN_UNUSED_RESULT;
TillCustomerSafe *till_customer_safe_ref (TillCustomerSafe *self);
void till_customer_safe_unref (TillCustomerSafe *self);

/* (transfer none) */
TillVault *till_customer_safe_get_vault (const TillCustomerSafe *self);

/* Those with the digits @suffix, or everybody if NULL (element-type TillCustomer) (transfer full). */
GPtrArray *till_customer_safe_list (TillCustomerSafe *self, sqlite3 *db, const char *suffix, GError **error);

/* %TILL_ERROR_NOT_FOUND for an unknown id (transfer full). */
TillCustomer *till_customer_safe_find (TillCustomerSafe *self, sqlite3 *db, const char *id, GError **error);

/* %TILL_ERROR_EXISTS for an id that is there or was erased: ids are never used again. */
gboolean till_customer_safe_check_new (TillCustomerSafe *self, sqlite3 *db, const char *id, GError **error);

/* Puts @customer in: @fresh with a new key, else over what is there under the id, and with a key of its own from then on. */
gboolean till_customer_safe_put (
    TillCustomerSafe *self, sqlite3 *db, const TillCustomer *customer, gboolean fresh, GError **error);

/* Puts @customer over what is there, to be found under the look-up key that is coming. */
gboolean till_customer_safe_rekey (TillCustomerSafe *self,
                                   sqlite3 *db,
                                   const TillCustomer *customer,
                                   TillVaultChange *change,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCustomerSafe, till_customer_safe_unref)

G_END_DECLS
