/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "shop/till-shop-audit.h"
#include "shop/till-shop-erasure.h"
#include "shop/till-shop-export.h"
#include "shop/till-shop-pass.h"
#include "shop/till-shop-private.h"

void
till_shop_make_recovery_async (TillShop *self,
                               const char *owner_pin,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_make_recovery_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

TillSecret *
till_shop_make_recovery_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
till_shop_confirm_recovery_async (TillShop *self,
                                  const char *phrase,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_confirm_recovery_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

gboolean
till_shop_confirm_recovery_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_shop_check_recovery_async (TillShop *self,
                                const char *phrase,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_check_recovery_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

gboolean
till_shop_check_recovery_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_shop_recover_async (TillShop *self,
                         const char *phrase,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_recover_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

gboolean
till_shop_recover_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_shop_rotate_keys_async (TillShop *self,
                             const char *owner_pin,
                             gboolean void_passes,
                             TillShopProgress progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_rotate_keys_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

gboolean
till_shop_rotate_keys_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_shop_accept_books_async (TillShop *self,
                              const char *pin,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_accept_books_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

gboolean
till_shop_accept_books_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_shop_erase_async (TillShop *self,
                       const char *id,
                       const TillShopProof *proof,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_erase_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

TillErasure *
till_shop_erase_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
till_shop_list_expiring_async (TillShop *self,
                               guint within_days,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_list_expiring_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

GPtrArray *
till_shop_list_expiring_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
till_shop_confirm_expiry_async (TillShop *self,
                                const char *manager_pin,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_confirm_expiry_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

int
till_shop_confirm_expiry_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return (int) g_task_propagate_int (G_TASK (result), error);
}

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
till_shop_issue_pass_async (TillShop *self,
                            const TillShopApplicant *applicant,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_issue_pass_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

TillFacePass *
till_shop_issue_pass_finish (TillShop *self, GAsyncResult *result, char **code, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
till_shop_list_passes_async (TillShop *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_list_passes_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

GPtrArray *
till_shop_list_passes_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
till_shop_revoke_pass_async (TillShop *self,
                             const char *pass,
                             const char *manager_pin,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, till_shop_revoke_pass_async, TILL_ERROR,
                           TILL_ERROR_UNAVAILABLE, "This is not to be had yet");
}

gboolean
till_shop_revoke_pass_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
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

gboolean
till_shop_has_recovery (TillShop *self)
{
  return FALSE;
}

gint64
till_shop_get_expiry_day (TillShop *self, gint64 last_visit_day)
{
  return last_visit_day + 365;
}

const char *
till_shop_get_expiry_doubt (TillShop *self)
{
  return NULL;
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

void
till_shop_start_expiry (TillShop *self)
{
}

void
till_shop_stop_expiry (TillShop *self)
{
}
