/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customers.h"
#include "customers/till-pass-book.h"
#include "ledger/till-ledger-anchor.h"
#include "shop/till-audit.h"

G_BEGIN_DECLS

/* What there is to be audited. Without the nullable ones less is checked, and the audit says so. */
typedef struct
{
  TillLedger *ledger;
  TillLedgerAnchor *anchor; /* (nullable) */
  TillVault *vault;         /* (nullable), open or not */
  TillCustomers *customers; /* (nullable) */
  TillPassBook *passes;     /* (nullable) */
  TillClock *clock;
  guint retention_months;
} TillAuditRooms;

/* As till_shop_audit_async(), which see. References are taken. */
void till_audit_run_async (const TillAuditRooms *rooms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
TillAudit *till_audit_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
