/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-clock.h"
#include "customers/till-consent.h"
#include "customers/till-customer-visit.h"
#include "customers/till-gallery.h"
#include "ledger/till-ledger.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

#define TILL_TYPE_CUSTOMERS (till_customers_get_type ())
G_DECLARE_FINAL_TYPE (TillCustomers, till_customers, TILL, CUSTOMERS, GObject)

/**
 * TillCustomers: everybody enrolled at this shop, each sealed on disk under a key of their own. Emits "changed" () when
 * somebody was added, erased, locked or seen, in the main context it was made in. %TILL_ERROR_LOCKED from calls that need
 * the keys while the vault is not open; erasing and listing who goes need none.
 */

/*
 * Makes the tables where they are missing, and ends what a former process did not live to end of an erasure. @ledger lies
 * in the same @store: what is done and what the books say of it are one transaction. Takes references. Blocks.
 *
 * On a @store that only reads, what reads works: %TILL_ERROR_UNSUPPORTED where no till of this version has had it open.
 */
TillCustomers *till_customers_new (TillStore *store, TillVault *vault, TillLedger *ledger, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Where the days of visits come from; without, the system's clock. A reference is taken. */
void till_customers_set_clock (TillCustomers *self, TillClock *clock);

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
 * Adds @customer (a reference is taken), with the ledger's rows of its consent and the enrolment, all or nothing.
 * @consent: (transfer full) body of the consent row, see till_consent_to_json().
 *
 * %TILL_ERROR_LOOK_ALIKE, which names nobody, if any template is close to one of anybody enrolled here, whatever their
 * digits: it is the same person again, or somebody whom only a manager can tell from them. %TILL_ERROR_EXISTS for an id
 * that is in use or was erased.
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

/*
 * Hashes the PIN of somebody with these digits, for till_customer_with_pin(); as till_pin_hash_async(). All PINs of the same
 * digits have one salt, so that trying one on them takes one pass and tells nothing.
 */
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

/* The customer @id, locked or not. %TILL_ERROR_NOT_FOUND for an unknown id. Finish: (transfer full). */
void till_customers_get_async (TillCustomers *self,
                               const char *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
TillCustomer *till_customers_get_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/* Customer @id was here today. %TILL_ERROR_NOT_FOUND for an unknown id. Emits "changed" () on the first visit of a day. */
void till_customers_visit_async (TillCustomers *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean till_customers_visit_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/*
 * Those whose last visit was before @before_day (days since 1970-01-01 UTC), longest ago first; the keyring may be locked.
 * Finish: (element-type TillCustomerVisit) (transfer full).
 */
void till_customers_list_expired_async (TillCustomers *self,
                                        gint64 before_day,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *till_customers_list_expired_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/*
 * Erases customer @id, also while the keyring is locked, and also a record that is damaged or was put back. In one
 * transaction the ledger says so, their key is destroyed, their row overwritten, and, while the keys are there, the count
 * of their misses dropped, unless others have the same digits; then the whole file is written anew, so that no former copy
 * is left in it. A process that ends before that does it when it starts again.
 *
 * @extra: (transfer full) (nullable) what the row says beside {customer, consents: [ids of those that end]}, such as who
 * asked ("by") and why ("why").
 *
 * %TILL_ERROR_NOT_FOUND for an unknown id; %TILL_ERROR_REFUSED, and nothing happens, while a charge or refund of theirs has
 * no end. Any other error from the writing anew says that the erasure itself is done. Emits "changed" (). Finish: the row
 * of the ledger (transfer full).
 */
void till_customers_erase_async (TillCustomers *self,
                                 const char *id,
                                 JsonObject *extra,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TillLedgerEntry *till_customers_erase_finish (TillCustomers *self, GAsyncResult *result, GError **error);

/*
 * For till_vault_rotate_async(), with a #TillCustomers as @customers: everybody can be found under the new look-up key, and
 * the misses of their digits count on. A record that does not open takes the change back, with its id in the error.
 */
gboolean till_customers_rekey (sqlite3 *db, TillVaultChange *change, gpointer customers, GError **error);

/* As till_consent_to_json(), signed by this shop's till (transfer full). */
JsonObject *till_customers_sign_consent (TillCustomers *self,
                                         const TillConsentGiven *given,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Writes down, signed, what somebody has just agreed to, and before the first of its wording the wording itself. @given is
 * read before this returns. %TILL_ERROR_LOCKED before the vault is open: then nobody may be looked at. What was begun is
 * written, cancelled or not. Finish: the row of the ledger (transfer full).
 */
void till_customers_record_consent_async (TillCustomers *self,
                                          const TillConsentGiven *given,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
TillLedgerEntry *
till_customers_record_consent_finish (TillCustomers *self, GAsyncResult *result, GError **error);

G_END_DECLS
