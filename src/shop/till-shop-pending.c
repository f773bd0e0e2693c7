/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "shop/till-shop-audit.h"
#include "shop/till-shop-erasure.h"
#include "shop/till-shop-export.h"
#include "shop/till-shop-pass.h"
#include "shop/till-shop-private.h"

void
till_shop_export_async (TillShop *self,
                        const char *id,
                        const TillShopProof *proof,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_export_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

TillPersonExport *
till_shop_export_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
till_shop_audit_async (TillShop *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_audit_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

TillAudit *
till_shop_audit_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

G_DEFINE_BOXED_TYPE (TillPersonExport, till_person_export, till_person_export_ref, till_person_export_unref)

TillPersonExport *
till_person_export_ref (TillPersonExport *self)
{
  return self;
}

void
till_person_export_unref (TillPersonExport *self)
{
}

const char *
till_person_export_get_id (const TillPersonExport *self)
{
  return "";
}

char *
till_person_export_to_json (const TillPersonExport *self)
{
  return g_strdup ("{}");
}

char *
till_person_export_to_html (const TillPersonExport *self)
{
  return g_strdup ("");
}
