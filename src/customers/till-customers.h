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

/**
 * TillCustomersScore: least cosine at which a face counts as close to one of @n_customers others. Any thread; it and its
 * data must not change.
 */
typedef double (*TillCustomersScore) (guint n_customers, gpointer user_data);

/*
 * By which scores look-alikes are told, before anybody is added; without, by %TILL_CUSTOMERS_LOOK_ALIKE_SCORE.
 * The shop takes those of the operating point: who is let in as a second customer at enrolment must not pass for the
 * first at a payment.
 */
void till_customers_set_look_alike_score (TillCustomers *self,
                                          TillCustomersScore score,
                                          gpointer user_data,
                                          GDestroyNotify user_data_free);
#define TILL_CUSTOMERS_LOOK_ALIKE_SCORE 0.5

/* TRUE if any record is stored, open or not: then a missing master key must not be replaced. Blocks. */
gboolean till_customers_any (TillCustomers *self, gboolean *any, GError **error);

/*
 * Adds @customer (a reference is taken), with its consent's and the enrolment's ledger rows written first.
 * @consent: (transfer full) body of the consent row, see till_consent_to_json().
 *
 * %TILL_ERROR_LOOK_ALIKE, which names nobody, if any template is close to one of anybody enrolled here, whatever their
 * digits: it is the same person again, or somebody whom only a manager can tell from them.
 */
void till_customers_add_async (TillCustomers *self,
                               TillCustomer *customer,
                               JsonObject *consent,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/*
 * The same, after a manager said that it is not the same person again: @customer and everybody they look like are marked
 * (till_customer_is_look_alike()), and the ledger says so. The caller has asked for the manager's PIN.
 */
void till_customers_add_confirmed_async (TillCustomers *self,
                                         TillCustomer *customer,
                                         JsonObject *consent,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean till_customers_add_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/* Whether these templates could be added without a manager; TRUE or %TILL_ERROR_LOOK_ALIKE as above. They are copied. */
void till_customers_check_face_async (TillCustomers *self,
                                      const float *templates,
                                      guint n_templates,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean till_customers_check_face_finish (TillCustomers *self, GAsyncResult *result, GError **error);

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

/*
 * Those of them whose PIN is @pin, mostly one or nobody. It takes the same time for the right PIN, for a wrong one, and
 * for digits of nobody. Finish: (transfer full).
 */
void till_customers_find_by_pin_async (TillCustomers *self,
                                       const char *suffix,
                                       const char *pin,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
TillGallery *till_customers_find_by_pin_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/* Hashes the PIN of somebody with these digits, for till_customer_with_pin(); as till_pin_hash_async(). */
void till_customers_hash_pin_async (TillCustomers *self,
                                    const char *suffix,
                                    const char *pin,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
char *till_customers_hash_pin_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/*
 * Whether the face of customer @id may pay: one that is locked is among those who are listed, but no candidate of
 * till_customers_find_async() or till_customers_find_by_pin_async(), across restarts, so that from outside it is an
 * unknown face. Emits "changed" (). Setting what is set already is right. %TILL_ERROR_NOT_FOUND for an unknown id.
 */
void till_customers_set_face_locked_async (TillCustomers *self,
                                           const char *id,
                                           gboolean locked,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean till_customers_set_face_locked_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/* Removes the record and all it held, and writes the erasure to the ledger; %TILL_ERROR_NOT_FOUND for an unknown id. */
void till_customers_remove_async (TillCustomers *self,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean till_customers_remove_finish (TillCustomers *self, GAsyncResult *result, GError **error);

G_END_DECLS
