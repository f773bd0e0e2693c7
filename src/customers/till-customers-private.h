/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customers.h"

G_BEGIN_DECLS

/* The customers span two files: who is there (till-customers.c) and who is added (-add.c). */
struct _TillCustomers
{
  GObject parent_instance;

  TillStore *store;
  TillVault *vault;
  TillLedger *ledger;
  GMainContext *context; /* where "changed" is emitted */
  TillCustomersScore score;
  gpointer score_data;
  GDestroyNotify score_data_free;
};

void till_customers_tell_change (TillCustomers *self);
gboolean till_customers_check_open (TillCustomers *self, GError **error);

/* A step's failure ends the whole. @error: (transfer full) (nullable); TRUE if it is one. */
gboolean till_customers_fail (GTask *task, GError *error);

/* Writes one row about @id; @body (transfer full) is what it says, or a new object naming the customer if NULL. */
void till_customers_journal (TillCustomers *self,
                             const char *kind,
                             const char *id,
                             JsonObject *body,
                             GAsyncReadyCallback callback,
                             GTask *task);

G_END_DECLS
