/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "shop/till-shop-custody.h"
#include "shop/till-shop-private.h"

/*
 * Change of keys, and the books' word on them. The public key the till signs with is written to the ledger where it is not
 * there yet: after the first opening, after a change, and after a crash between a change and its rows.
 */

/* The public key */

static gboolean
is_written (GPtrArray *rows, const char *key)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (row->body, "key", NULL), key) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
on_key_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillShop) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  self->writing_key = FALSE;
  if (row == NULL)
    g_warning ("the ledger can't say which key the till signs with: %s", error->message);
}

static void
on_keys_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillShop) self = user_data;
  const char *key = till_vault_get_public_key (self->vault);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL || key == NULL || is_written (rows, key))
    {
      self->writing_key = FALSE;
      return;
    }

  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "key", key);
  json_object_set_int_member (body, "generation", till_vault_get_generation (self->vault));
  g_autoptr (TillLedgerEntry) row = till_ledger_entry_new (TILL_LEDGER_TILL_KEY, NULL, NULL, body);
  till_ledger_append_async (self->ledger, row, NULL, on_key_written, g_object_ref (self));
}

void
till_shop_write_key (TillShop *self)
{
  if (self->writing_key)
    return;
  self->writing_key = TRUE;
  till_ledger_list_async (self->ledger, TILL_LEDGER_TILL_KEY, NULL, NULL, 0, NULL, on_keys_listed,
                          g_object_ref (self));
}

/* The change */

typedef struct
{
  gboolean void_passes;
  TillShopProgress progress; /* (nullable) */
  gpointer progress_data;
} Change;

static void
on_change_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  self->changing_keys = FALSE;
  if (row == NULL)
    {
      g_prefix_error (&error, "The keys are changed, but the ledger could not say so: ");
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  till_shop_write_key (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_rotated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  const Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!till_vault_rotate_finish (TILL_VAULT (source), result, &error))
    {
      self->changing_keys = FALSE;
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  JsonObject *body = json_object_new ();
  json_object_set_int_member (body, "generation", till_vault_get_generation (self->vault));
  json_object_set_string_member (body, "by", TILL_SHOP_BY_OWNER);
  json_object_set_boolean_member (body, "void_passes", change->void_passes);
  g_autoptr (TillLedgerEntry) row = till_ledger_entry_new (TILL_LEDGER_KEY_CHANGE, NULL, NULL, body);
  till_ledger_append_async (self->ledger, row, NULL, on_change_written, g_steal_pointer (&task));
}

static void
on_progress (TillVault *vault, double done, gpointer user_data)
{
  const Change *change = g_task_get_task_data (G_TASK (user_data));

  if (change->progress != NULL)
    change->progress (done, change->progress_data);
}

/* What was looked up before is good for nothing after, so nobody may be half way through a payment. */
static gboolean
check_quiet (TillShop *self, GError **error)
{
  const GError *trouble = till_shop_get_custody_trouble (self);

  if (!till_vault_is_open (self->vault))
    g_set_error (error, TILL_ERROR, TILL_ERROR_LOCKED, "The keys can't be changed: %s",
                 trouble != NULL ? trouble->message : "the keyring is not open");
  else if (self->changing_keys)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED, "The keys are being changed already");
  else if (till_checkout_get_state (self->checkout) != TILL_CHECKOUT_IDLE)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED,
                         "The keys can’t be changed during a sale: finish it first");
  else
    return TRUE;
  return FALSE;
}

static void
on_owner_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  const Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!till_shop_ask_role_finish (self, result, &error) || !check_quiet (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->changing_keys = TRUE;
  g_task_set_check_cancellable (task, FALSE);
  till_vault_rotate_async (self->vault, change->void_passes, till_customers_rekey,
                           g_object_ref (self->customers), g_object_unref, on_progress, task,
                           g_task_get_cancellable (task), on_rotated, g_object_ref (task));
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
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Change *change = g_new (Change, 1);

  *change = (Change){ void_passes, progress, progress_data };
  g_task_set_task_data (task, change, g_free);
  till_shop_ask_role_async (self, TILL_STAFF_OWNER, owner_pin, cancellable, on_owner_asked, task);
}

gboolean
till_shop_rotate_keys_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Books that were restored on purpose */

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row
      = till_ledger_anchor_accept_finish (TILL_LEDGER_ANCHOR (source), result, &error);

  if (row != NULL)
    till_shop_open_custody (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_departed_dismissed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  gboolean owner = till_staff_is_set (self->staff, TILL_STAFF_OWNER);
  g_autoptr (GError) error = NULL;

  if (till_shop_dismiss_departed_finish (self, result, &error))
    till_ledger_anchor_accept_async (self->anchor, owner ? TILL_SHOP_BY_OWNER : TILL_SHOP_BY_MANAGER, NULL,
                                     on_accepted, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_accepting_allowed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  g_autoptr (GError) error = NULL;

  if (till_shop_ask_role_finish (self, result, &error))
    till_shop_dismiss_departed_async (self, NULL, on_departed_dismissed, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_accept_books_async (TillShop *self,
                              const char *pin,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gboolean owner = till_staff_is_set (self->staff, TILL_STAFF_OWNER);

  if (till_shop_get_custody (self) != TILL_CUSTODY_ROLLED_BACK)
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_REFUSED,
                             "The books are those the keyring remembers: there is nothing to accept");
  else
    till_shop_ask_role_async (self, owner ? TILL_STAFF_OWNER : TILL_STAFF_MANAGER, pin, cancellable,
                              on_accepting_allowed, g_steal_pointer (&task));
}

gboolean
till_shop_accept_books_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
