/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer-safe.h"
#include "customers/till-customers.h"

G_BEGIN_DECLS

/* The customers span several files: who is there (till-customers.c), and one for each thing that is done to them. */
struct _TillCustomers
{
  GObject parent_instance;

  TillStore *store;
  TillVault *vault;
  TillLedger *ledger;
  TillClock *clock;
  TillCustomerSafe *safe;
  GMainContext *context; /* where "changed" is emitted */
  TillCustomersScore score;
  gpointer score_data;
  GDestroyNotify score_data_free;
};

void till_customers_tell_change (TillCustomers *self);
gboolean till_customers_check_open (TillCustomers *self, GError **error);

/* A step's failure ends the whole. @error: (transfer full) (nullable); TRUE if it is one. */
gboolean till_customers_fail (GTask *task, GError *error);

/*
 * As till_store_run_async(), but where the keys were changed meanwhile, @func may have looked for hashes of those that were
 * in force before: then it runs again. What it @reads is thrown away then; what it wrote is kept, and only a failure, which
 * wrote nothing, is tried again. @task: (transfer full) data of @callback.
 */
void till_customers_run_async (TillCustomers *self,
                               TillStoreFunc func,
                               gpointer data,
                               GDestroyNotify data_free,
                               GDestroyNotify result_free,
                               gboolean reads,
                               GAsyncReadyCallback callback,
                               GTask *task);
gpointer till_customers_run_finish (GAsyncResult *result, GError **error);

/*
 * Customers of the digits @suffix, or everybody if NULL; without those whose face may not pay, who are no candidates, unless
 * @locked_too. @task: (transfer full) data of @callback, which gets them by till_customers_run_finish() (element-type
 * TillCustomer) (transfer full).
 */
void till_customers_query_async (
    TillCustomers *self, const char *suffix, gboolean locked_too, GAsyncReadyCallback callback, GTask *task);

/* What the store's thread needs for something that is done to one customer. */
typedef struct
{
  TillCustomerSafe *safe;
  TillLedger *ledger;
  TillClock *clock;
  char *id;
  gboolean locked;   /* till_customers_set_face_locked_async() */
  JsonObject *extra; /* till_customers_erase_async() (nullable) */
} TillCustomersDeed;

TillCustomersDeed *till_customers_deed_new (TillCustomers *self, const char *id) G_GNUC_WARN_UNUSED_RESULT;
void till_customers_deed_free (gpointer data);

/* Writes the file anew where a former process did not live to do so after an erasure. Blocks. */
gboolean till_customers_end_erasures (TillStore *store, GError **error);

G_END_DECLS
