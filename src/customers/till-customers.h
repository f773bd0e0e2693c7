/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-clock.h"
#include "customers/till-gallery.h"
#include "ledger/till-ledger.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

#define TILL_TYPE_CUSTOMERS (till_customers_get_type ())
G_DECLARE_FINAL_TYPE (TillCustomers, till_customers, TILL, CUSTOMERS, GObject)

/**
 * TillCustomers: everybody enrolled at this shop, sealed on disk. Emits "changed" () after an add or a removal, in
 * the main context it was made in. %TILL_ERROR_LOCKED from every call while the vault is not open.
 */

/* Makes the tables where they are missing. Takes references. Blocks. */
TillCustomers *till_customers_new (TillStore *store, TillVault *vault, TillLedger *ledger, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* TRUE if any record is stored, open or not: then a missing master key must not be replaced. Blocks. */
gboolean till_customers_any (TillCustomers *self, gboolean *any, GError **error);

/*
 * Adds @customer (a reference is taken), with its consent's and the enrolment's ledger rows written first.
 * @consent: (transfer full) body of the consent row, see till_consent_to_json().
 */
void till_customers_add_async (TillCustomers *self,
                               TillCustomer *customer,
                               JsonObject *consent,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean till_customers_add_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/* Everybody, by name; finish: (element-type TillCustomer) (transfer full). */
void till_customers_list_async (TillCustomers *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *till_customers_list_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/* Those whose phone ends in @suffix; an empty gallery if nobody's does. Finish: (transfer full). */
void till_customers_find_async (TillCustomers *self,
                                const char *suffix,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
TillGallery *till_customers_find_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/* Removes the record and all it held, and writes the erasure to the ledger; %TILL_ERROR_NOT_FOUND for an unknown id. */
void till_customers_remove_async (TillCustomers *self,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean till_customers_remove_finish (TillCustomers *self, GAsyncResult *result, GError **error);

G_END_DECLS
