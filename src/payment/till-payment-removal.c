/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "ledger/till-ledger-people.h"
#include "payment/till-payer-removal-sqlite.h"
#include "payment/till-payer-seal.h"
#include "payment/till-payment-journal.h"
#include "payment/till-payment-private.h"

#include <string.h>

/* What the store's thread and a round share; each has it in turn. */
typedef struct
{
  TillLedger *ledger; /* unowned: the task keeps it */
  TillVault *vault;   /* (nullable) */
  TillPayerRemoval *wish;
  TillSecret *payer;
} Removal;

static Removal *
removal_new (TillPayment *self)
{
  Removal *removal = g_new0 (Removal, 1);
  TillVault *vault = till_payment_get_vault (self);

  removal->ledger = till_payment_get_ledger (self);
  removal->vault = vault != NULL ? g_object_ref (vault) : NULL;
  return removal;
}

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_clear_object (&removal->vault);
  g_clear_pointer (&removal->wish, till_payer_removal_free);
  g_clear_pointer (&removal->payer, till_secret_unref);
  g_free (removal);
}

static TillStore *
get_store (TillPayment *self)
{
  return till_ledger_get_store (till_payment_get_ledger (self));
}

/* One round: every wish that is due */

typedef struct
{
  GPtrArray *due; /* of Removal, newest first: the end is next */
} Round;

static void ask_next (GTask *task);

static void
round_free (gpointer data)
{
  Round *round = data;

  g_clear_pointer (&round->due, g_ptr_array_unref);
  g_free (round);
}

static gpointer
count_func (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) wishes = till_payer_removal_sqlite_list (db, error);
  int *count = wishes != NULL ? g_new (int, 1) : NULL;

  if (count != NULL)
    *count = (int) wishes->len;
  return count;
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree int *count = till_store_run_finish (TILL_STORE (source), result, &error);

  if (count == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  till_payment_set_removals (g_task_get_source_object (task), *count);
  g_task_return_int (task, *count);
}

/* @task: (transfer full) */
static void
end_round (GTask *task)
{
  till_store_run_async (get_store (g_task_get_source_object (task)), count_func, NULL, NULL, g_free, NULL,
                        on_counted, task);
}

/* The row, and nothing left of the wish; another round may have done it meanwhile. */
static gpointer
write_removed_func (sqlite3 *db, gpointer data, GError **error)
{
  const Removal *removal = data;
  const TillPayerRemoval *wish = removal->wish;
  g_autoptr (TillLedgerEntry) row = NULL;
  g_autoptr (TillLedgerEntry) written = NULL;
  JsonObject *body = NULL;
  gboolean had = FALSE;

  if (!till_payer_removal_sqlite_delete (db, wish->id, &had, error)
      || !till_payer_destroy_key (db, wish->id, error))
    return NULL;
  if (!had)
    return GINT_TO_POINTER (TRUE);
  body = json_object_new ();
  json_object_set_string_member (body, "customer", wish->person);
  if (wish->provider != NULL)
    json_object_set_string_member (body, "provider", wish->provider);
  if (wish->account != NULL)
    json_object_set_string_member (body, "provider_account", wish->account);
  row = till_ledger_entry_new (TILL_LEDGER_PAYER_REMOVED, NULL, NULL, body);
  written = till_ledger_append_within (removal->ledger, db, row, error);
  return GINT_TO_POINTER (written != NULL);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (till_store_run_finish (TILL_STORE (source), result, &error) != NULL)
    {
      ask_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

typedef struct
{
  GTask *task;
  Removal *removal;
} Asking;

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  GTask *task = asking->task;
  Removal *removal = asking->removal;
  g_autoptr (GError) error = NULL;

  g_free (asking);
  if (till_provider_remove_payer_finish (TILL_PROVIDER (source), result, &error))
    {
      till_store_run_async (get_store (g_task_get_source_object (task)), write_removed_func, removal,
                            removal_free, NULL, NULL, on_written, task);
      return;
    }
  g_message ("the payment provider did not remove a payer yet: %s", error->message);
  removal_free (removal);
  if (g_error_matches (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE))
    end_round (task);
  else
    ask_next (task);
}

static gboolean
is_of_provider (const TillPayerRemoval *wish, TillProvider *provider)
{
  return provider != NULL
         && (wish->provider == NULL
             || (g_strcmp0 (wish->provider, till_provider_get_name (provider)) == 0
                 && g_strcmp0 (wish->account, till_provider_get_account (provider)) == 0));
}

/* @task: (transfer full) */
static void
ask_next (GTask *task)
{
  Round *round = g_task_get_task_data (task);
  TillProvider *provider = till_payment_get_provider (g_task_get_source_object (task));

  while (round->due->len > 0)
    {
      Removal *removal = g_ptr_array_steal_index (round->due, round->due->len - 1);
      Asking *asking = NULL;

      if (!is_of_provider (removal->wish, provider))
        {
          removal_free (removal);
          continue;
        }
      asking = g_new0 (Asking, 1);
      asking->task = task;
      asking->removal = removal;
      till_provider_remove_payer_async (provider, till_secret_get_data (removal->payer),
                                        g_task_get_cancellable (task), on_removed, asking);
      return;
    }
  end_round (task);
}

/* *@payer: NULL where @wish is not due. */
static gboolean
read_payer (
    sqlite3 *db, const Removal *common, const TillPayerRemoval *wish, TillSecret **payer, GError **error)
{
  gboolean gone = FALSE;
  gboolean open = FALSE;

  if (!till_payment_is_gone (db, wish->person, &gone, error)
      || !till_ledger_has_open_attempt (db, wish->person, &open, error))
    return FALSE;
  if (!gone || open)
    return TRUE;
  *payer = till_payer_unseal (common->vault, db, wish->id, wish->sealed, error);
  return *payer != NULL;
}

/* (element-type Removal) (transfer full) */
static gpointer
list_due_func (sqlite3 *db, gpointer data, GError **error)
{
  const Removal *common = data;
  g_autoptr (GPtrArray) wishes = till_payer_removal_sqlite_list (db, error);
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (removal_free);

  while (wishes != NULL && wishes->len > 0)
    {
      TillPayerRemoval *wish = g_ptr_array_index (wishes, wishes->len - 1);
      TillSecret *payer = NULL;
      Removal *removal = NULL;

      if (!read_payer (db, common, wish, &payer, error))
        return NULL;
      if (payer != NULL)
        {
          removal = g_new0 (Removal, 1);
          removal->ledger = common->ledger;
          removal->payer = payer;
          removal->wish = g_ptr_array_steal_index (wishes, wishes->len - 1);
          g_ptr_array_add (due, removal);
        }
      else
        g_ptr_array_remove_index (wishes, wishes->len - 1);
    }
  return wishes != NULL ? g_steal_pointer (&due) : NULL;
}

static void
on_due_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Round *round = g_task_get_task_data (task);
  GError *error = NULL;

  round->due = till_store_run_finish (TILL_STORE (source), result, &error);
  if (round->due != NULL)
    {
      ask_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
till_payment_send_removals_async (TillPayment *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  TillVault *vault = till_payment_get_vault (self);

  g_task_set_source_tag (task, till_payment_send_removals_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_new0 (Round, 1), round_free);
  if (vault == NULL)
    g_task_return_int (task, 0);
  else if (!till_vault_is_open (vault) || till_payment_get_provider (self) == NULL)
    end_round (g_steal_pointer (&task));
  else
    till_store_run_async (get_store (self), list_due_func, removal_new (self), removal_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, on_due_listed, g_steal_pointer (&task));
}

int
till_payment_send_removals_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}

/* A new wish */

static gpointer
keep_func (sqlite3 *db, gpointer data, GError **error)
{
  Removal *removal = data;
  TillPayerRemoval *wish = removal->wish;

  wish->sealed = till_payer_seal (removal->vault, db, wish->id, till_secret_get_data (removal->payer), error);
  return GINT_TO_POINTER (wish->sealed != NULL && till_payer_removal_sqlite_insert (db, wish, error));
}

static gpointer
is_waiting_func (sqlite3 *db, gpointer data, GError **error)
{
  gboolean has = FALSE;

  if (!till_payer_removal_sqlite_has (db, data, &has, error))
    return NULL;
  return GINT_TO_POINTER (has ? 1 : 2);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  int found = GPOINTER_TO_INT (till_store_run_finish (TILL_STORE (source), result, &error));

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, found);
}

static void
on_round_over (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillPayment *self = TILL_PAYMENT (source);
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  /* The wish is kept, whatever became of this try. */
  if (till_payment_send_removals_finish (self, result, &error) < 0)
    g_warning ("payers that are to be removed can't be read: %s", error->message);
  till_store_run_async (get_store (self), is_waiting_func, g_strdup (g_task_get_task_data (task)), g_free,
                        NULL, NULL, on_looked, task);
}

static void
on_wish_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (till_store_run_finish (TILL_STORE (source), result, &error) != NULL)
    {
      till_payment_send_removals_async (g_task_get_source_object (task), g_task_get_cancellable (task),
                                        on_round_over, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static TillPayerRemoval *
wish_new (const char *person, TillProvider *provider)
{
  TillPayerRemoval *wish = till_payer_removal_new ();

  wish->id = till_id_new ("removal");
  wish->person = g_strdup (person);
  wish->provider = provider != NULL ? g_strdup (till_provider_get_name (provider)) : NULL;
  wish->account = provider != NULL ? g_strdup (till_provider_get_account (provider)) : NULL;
  return wish;
}

void
till_payment_remove_payer_async (TillPayment *self,
                                 const char *person,
                                 const char *payer,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self) && person != NULL && payer != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  TillVault *vault = till_payment_get_vault (self);
  Removal *removal = NULL;

  g_task_set_source_tag (task, till_payment_remove_payer_async);
  g_task_set_check_cancellable (task, FALSE);
  if (vault == NULL || !till_vault_is_open (vault))
    {
      g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_LOCKED,
                               "the keyring is locked: unlock it, so that the payment provider can be told "
                               "whom to forget");
      return;
    }
  removal = removal_new (self);
  removal->wish = wish_new (person, till_payment_get_provider (self));
  removal->payer = till_secret_new (payer, strlen (payer));
  g_task_set_task_data (task, g_strdup (removal->wish->id), g_free);
  till_store_run_async (get_store (self), keep_func, removal, removal_free, NULL, NULL, on_wish_kept,
                        g_steal_pointer (&task));
}

gboolean
till_payment_remove_payer_finish (TillPayment *self, GAsyncResult *result, gboolean *removed, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  gssize found = g_task_propagate_int (G_TASK (result), error);
  if (found < 0)
    return FALSE;
  if (removed != NULL)
    *removed = found == 2;
  return TRUE;
}
