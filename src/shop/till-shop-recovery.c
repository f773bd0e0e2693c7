/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "shop/till-shop-custody.h"
#include "shop/till-shop-private.h"
#include "vault/till-recovery-phrase.h"

/* The owner's recovery phrase: made, shown to have been written down, and used. */

gboolean
till_shop_has_recovery (TillShop *self)
{
  return self->vault != NULL && till_vault_has_recovery (self->vault);
}

/* (transfer full); NULL with @task ended. */
static TillSecret *
parse (GTask *task, const char *typed)
{
  g_autoptr (GError) error = NULL;
  TillSecret *phrase = till_recovery_phrase_parse (typed, &error);

  if (phrase == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  return phrase;
}

/* Whose PIN it takes: who has none can't be asked for it. */
static TillStaffRole
get_asked_role (TillShop *self)
{
  return till_staff_is_set (self->staff, TILL_STAFF_OWNER) ? TILL_STAFF_OWNER : TILL_STAFF_MANAGER;
}

static gboolean
is_any_set (TillShop *self)
{
  return till_staff_is_set (self->staff, get_asked_role (self));
}

/* Making */

static void
make (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);

  if (!till_vault_is_open (self->vault))
    {
      const GError *trouble = till_shop_get_custody_trouble (self);

      g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_LOCKED, "There is no key to recover yet: %s",
                               trouble != NULL ? trouble->message : "the keyring is not open");
      return;
    }
  g_clear_pointer (&self->new_phrase, till_secret_unref);
  self->new_phrase = till_recovery_phrase_new ();
  g_task_return_pointer (task, till_secret_ref (self->new_phrase), (GDestroyNotify) till_secret_unref);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (till_shop_ask_role_finish (TILL_SHOP (source), result, &error))
    make (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_make_recovery_async (TillShop *self,
                               const char *pin,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (is_any_set (self))
    till_shop_ask_role_async (self, get_asked_role (self), pin, cancellable, on_asked,
                              g_steal_pointer (&task));
  else
    make (task);
}

TillSecret *
till_shop_make_recovery_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Confirming: whoever has a phrase can open what the shop keeps, so the books say that there is another one */

static void
on_set_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (row != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_prefix_error (&error, "The phrase is in force, but the ledger could not say so: ");
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
write_set (GTask *task)
{
  static const char *const names[] = {
    [TILL_STAFF_MANAGER] = TILL_SHOP_BY_MANAGER,
    [TILL_STAFF_OWNER] = TILL_SHOP_BY_OWNER,
  };
  TillShop *self = g_task_get_source_object (task);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "what", "phrase");
  if (is_any_set (self))
    json_object_set_string_member (body, "by", names[get_asked_role (self)]);
  g_autoptr (TillLedgerEntry) row = till_ledger_entry_new (TILL_LEDGER_RECOVERY, NULL, NULL, body);
  till_ledger_append_async (self->ledger, row, NULL, on_set_written, task);
}

static void
on_recovery_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!till_vault_set_recovery_finish (TILL_VAULT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_pointer (&self->new_phrase, till_secret_unref);
  till_shop_tell_custody (self);
  write_set (g_steal_pointer (&task));
}

void
till_shop_confirm_recovery_async (TillShop *self,
                                  const char *typed,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (TillSecret) phrase = parse (task, typed);

  if (phrase == NULL)
    return;
  if (self->new_phrase == NULL)
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                             "No recovery phrase was made since the till was started: make one first");
  else if (!till_secret_equal (phrase, self->new_phrase))
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_REFUSED,
                             "This is not the phrase that was just made: compare it word by word with what "
                             "you wrote down");
  else
    till_vault_set_recovery_async (self->vault, phrase, cancellable, on_recovery_set,
                                   g_steal_pointer (&task));
}

gboolean
till_shop_confirm_recovery_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Checking */

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (till_vault_check_recovery_finish (TILL_VAULT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_check_recovery_async (TillShop *self,
                                const char *typed,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (TillSecret) phrase = parse (task, typed);

  if (phrase != NULL)
    till_vault_check_recovery_async (self->vault, phrase, cancellable, on_checked, g_steal_pointer (&task));
}

gboolean
till_shop_check_recovery_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Recovering: what is open is told once the books say how it came to be */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (row != NULL)
    till_shop_open_custody (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_recovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!till_vault_recover_finish (TILL_VAULT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "what", "keys");
  json_object_set_string_member (body, "by", "phrase");
  g_autoptr (TillLedgerEntry) row = till_ledger_entry_new (TILL_LEDGER_RECOVERY, NULL, NULL, body);
  till_shop_on_vault_open (self);
  till_ledger_append_async (self->ledger, row, NULL, on_written, g_steal_pointer (&task));
}

void
till_shop_recover_async (TillShop *self,
                         const char *typed,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (TillSecret) phrase = parse (task, typed);

  if (phrase != NULL)
    till_vault_recover_async (self->vault, phrase, cancellable, on_recovered, g_steal_pointer (&task));
}

gboolean
till_shop_recover_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
