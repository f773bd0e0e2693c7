/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-audit.h"

#include "shop/till-audit-run.h"
#include "shop/till-shop-private.h"

static void
on_audited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TillAudit *audit = till_audit_run_finish (result, &error);

  if (audit != NULL)
    g_task_return_pointer (task, audit, (GDestroyNotify) till_audit_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_audit_async (TillShop *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  const TillAuditRooms rooms = {
    .ledger = self->ledger,
    .anchor = self->anchor,
    .vault = self->vault,
    .customers = self->customers,
    .passes = self->passes,
    .clock = self->clock,
    .retention_months = till_shop_get_terms (self).retention_months,
  };

  till_audit_run_async (&rooms, cancellable, on_audited, g_task_new (self, NULL, callback, user_data));
}

TillAudit *
till_shop_audit_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
