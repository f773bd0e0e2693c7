/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-private.h"

#include "base/till-error.h"
#include "shop/till-shop-erasure-private.h"

#include <string.h>

/* In the keyring: an id a line. */
#define NAME "departed"

/* Keeping who left */

/* (transfer full) (nullable) */
static TillSecret *
make_list (GHashTable *ids)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_string_append_printf (text, "%s\n", (const char *) id);
  return text->len > 0 ? till_secret_new (text->str, text->len) : NULL;
}

static void
add_list (GHashTable *ids, const TillSecret *list)
{
  g_auto (GStrv) lines = list != NULL ? g_strsplit (till_secret_get_data (list), "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_hash_table_add (ids, g_strdup (lines[i]));
}

static void
add_rows (GHashTable *ids, GPtrArray *rows, const char *member)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);
      const char *id = json_object_get_string_member_with_default (row->body, member, NULL);

      if (id != NULL)
        g_hash_table_add (ids, g_strdup (id));
    }
}

/* The last step, or one that failed: the next erasure, and the next start, try it anew. */
static void
end_remembering (GTask *task, GError *error)
{
  TillShop *self = g_task_get_source_object (task);

  self->remembering = FALSE;
  if (self->remember_again && error == NULL)
    {
      self->remember_again = FALSE;
      till_shop_remember_departed (self);
    }
  if (error == NULL)
    return;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("the keyring can't keep who left, so that older books would bring them back: %s",
               error->message);
  g_error_free (error);
}

static void
on_departed_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  till_keyring_store_finish (TILL_KEYRING (source), result, &error);
  end_remembering (task, error);
}

static void
on_departed_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  GHashTable *ids = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillSecret) kept = till_keyring_lookup_finish (TILL_KEYRING (source), result, &error);
  g_autoptr (GHashTable) before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_list (before, kept);
  add_list (ids, kept);
  g_autoptr (TillSecret) list = make_list (ids);
  if (error != NULL || g_hash_table_size (ids) == g_hash_table_size (before))
    end_remembering (task, error);
  else
    till_keyring_store_async (self->keyring, NAME, list, self->closing, on_departed_kept,
                              g_steal_pointer (&task));
}

static void
on_revocations_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      end_remembering (task, error);
      return;
    }
  add_rows (g_task_get_task_data (task), rows, "pass");
  till_keyring_lookup_async (self->keyring, NAME, self->closing, on_departed_read, g_steal_pointer (&task));
}

static void
on_erasures_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      end_remembering (task, error);
      return;
    }
  add_rows (g_task_get_task_data (task), rows, "customer");
  till_ledger_list_async (self->ledger, TILL_LEDGER_PASS_REVOKE, NULL, NULL, 0, self->closing,
                          on_revocations_listed, g_steal_pointer (&task));
}

void
till_shop_remember_departed (TillShop *self)
{
  g_autoptr (GTask) task = NULL;

  if (!self->books_checked || g_cancellable_is_cancelled (self->closing))
    return;
  if (self->remembering)
    {
      self->remember_again = TRUE;
      return;
    }
  self->remembering = TRUE;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                        (GDestroyNotify) g_hash_table_unref);
  till_ledger_list_async (self->ledger, TILL_LEDGER_ERASURE, NULL, NULL, 0, self->closing, on_erasures_listed,
                          g_steal_pointer (&task));
}

/* Seeing those off whom older books bring back */

static void dismiss_next (GTask *task);

static JsonObject *
make_reason (void)
{
  JsonObject *reason = json_object_new ();

  json_object_set_string_member (reason, "by", "till");
  json_object_set_string_member (reason, "why", "older-books");
  return reason;
}

/* @task: (transfer full). Whoever is not in these books, or has left there too, is gone. */
static void
end_dismissal (GTask *task, gboolean done, GError *error)
{
  if (done || g_error_matches (error, TILL_ERROR, TILL_ERROR_NOT_FOUND)
      || g_error_matches (error, TILL_ERROR, TILL_ERROR_EXISTS))
    {
      g_clear_error (&error);
      dismiss_next (task);
      return;
    }
  g_prefix_error (&error,
                  "These books bring somebody back who had left, and who can’t be erased again just now: ");
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
on_erased_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row = till_customers_erase_finish (TILL_CUSTOMERS (source), result, &error);

  end_dismissal (user_data, row != NULL, error);
}

static void
on_revoked_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row = till_pass_book_revoke_finish (TILL_PASS_BOOK (source), result, &error);

  end_dismissal (user_data, row != NULL, error);
}

/* @task: (transfer full) */
static void
dismiss_next (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);
  GQueue *ids = g_task_get_task_data (task);
  g_autofree char *id = g_queue_pop_head (ids);

  if (id == NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else if (till_shop_is_pass (id))
    till_pass_book_revoke_async (self->passes, id, make_reason (), NULL, on_revoked_again, task);
  else
    till_customers_erase_async (self->customers, id, make_reason (), NULL, on_erased_again, task);
}

static void
free_ids (gpointer ids)
{
  g_queue_free_full (ids, g_free);
}

static void
on_departed_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (TillSecret) kept = till_keyring_lookup_finish (TILL_KEYRING (source), result, &error);
  g_auto (GStrv) lines = kept != NULL ? g_strsplit (till_secret_get_data (kept), "\n", -1) : NULL;
  GQueue *ids = g_queue_new ();

  g_task_set_task_data (task, ids, free_ids);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_queue_push_tail (ids, g_strdup (lines[i]));
  if (error != NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
  else
    dismiss_next (task);
}

void
till_shop_dismiss_departed_async (TillShop *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  till_keyring_lookup_async (self->keyring, NAME, cancellable, on_departed_found,
                             g_task_new (self, cancellable, callback, user_data));
}

gboolean
till_shop_dismiss_departed_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
