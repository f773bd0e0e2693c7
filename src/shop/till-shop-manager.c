/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-private.h"

#include "base/till-error.h"

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (till_staff_verify_finish (TILL_STAFF (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
is_any_set (TillShop *self, TillStaffRole role)
{
  return till_staff_is_set (self->staff, role) || till_staff_is_set (self->staff, TILL_STAFF_OWNER);
}

void
till_shop_ask_role_async (TillShop *self,
                          TillStaffRole role,
                          const char *pin,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  /* Said before anything about the PIN itself: whoever has none can't type a right one. */
  if (!is_any_set (self, role))
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                             "The shop has no %s’s PIN yet, which this needs: set one with “smiletillctl "
                             "staff set-%s-pin”",
                             role == TILL_STAFF_OWNER ? "owner" : "manager",
                             role == TILL_STAFF_OWNER ? "owner" : "manager");
  else if (pin == NULL)
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_INVALID, "This needs the %s’s PIN",
                             role == TILL_STAFF_OWNER ? "owner" : "manager");
  else
    till_staff_verify_async (self->staff, role, pin, cancellable, on_verified, g_steal_pointer (&task));
}

gboolean
till_shop_ask_role_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
till_shop_ask_manager_async (TillShop *self,
                             const char *pin,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  till_shop_ask_role_async (self, TILL_STAFF_MANAGER, pin, cancellable, callback, user_data);
}

gboolean
till_shop_ask_manager_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return till_shop_ask_role_finish (self, result, error);
}
