/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment-journal.h"

#include "base/till-error.h"
#include "ledger/till-ledger-body.h"
#include "payment/till-payer-seal.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

#include <string.h>

/* A row whose body is text, so that the store's thread shares nothing with anybody. */
typedef struct
{
  TillLedgerEntry *row; /* its body unused */
  char *body;
} Draft;

/* What the store's thread works on. */
typedef struct
{
  TillLedger
      *ledger;       /* unowned: the task keeps it, so that the store's thread never has the last reference */
  TillVault *vault;  /* (nullable) */
  TillSecret *payer; /* (nullable) of the one draft, to be sealed */
  GPtrArray *drafts;
} Writing;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  till_ledger_entry_unref (draft->row);
  g_free (draft->body);
  g_free (draft);
}

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_clear_object (&writing->vault);
  g_clear_pointer (&writing->payer, till_secret_unref);
  g_ptr_array_unref (writing->drafts);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

static Writing *
writing_new (TillPayment *self)
{
  Writing *writing = g_new0 (Writing, 1);
  TillVault *vault = till_payment_get_vault (self);

  writing->ledger = till_payment_get_ledger (self);
  writing->vault = vault != NULL ? g_object_ref (vault) : NULL;
  writing->drafts = g_ptr_array_new_with_free_func (draft_free);
  return writing;
}

static gboolean
add_draft (Writing *writing, const TillLedgerEntry *row, GError **error)
{
  char *body = till_ledger_body_format (row->body, error);
  Draft *draft;

  if (body == NULL)
    return FALSE;
  draft = g_new0 (Draft, 1);
  draft->row = till_ledger_entry_new (row->kind, row->sale, row->attempt, NULL);
  draft->body = body;
  g_ptr_array_add (writing->drafts, draft);
  return TRUE;
}

/* On the store's thread */

static gboolean
seal_payer (sqlite3 *db, const Writing *writing, const char *attempt, JsonObject *body, GError **error)
{
  g_autoptr (GBytes) sealed = NULL;
  g_autofree char *text = NULL;

  if (writing->payer == NULL)
    return TRUE;
  sealed = till_payer_seal (writing->vault, db, attempt, till_secret_get_data (writing->payer), error);
  if (sealed == NULL)
    return FALSE;
  text = g_base64_encode (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  json_object_set_string_member (body, TILL_PAYMENT_PAYER_SEALED, text);
  return TRUE;
}

static TillLedgerEntry *
write_draft (sqlite3 *db, const Writing *writing, const Draft *draft, GError **error)
{
  g_autoptr (JsonNode) body = json_from_string (draft->body, error);
  g_autoptr (TillLedgerEntry) row = NULL;

  if (body == NULL || !seal_payer (db, writing, draft->row->attempt, json_node_get_object (body), error))
    return NULL;
  row = till_ledger_entry_new (draft->row->kind, draft->row->sale, draft->row->attempt,
                               json_node_dup_object (body));
  if (writing->vault != NULL && till_payment_is_end (row)
      && !till_payer_destroy_key (db, row->attempt, error))
    return NULL;
  return till_ledger_append_within (writing->ledger, db, row, error);
}

static gpointer
write_func (sqlite3 *db, gpointer data, GError **error)
{
  const Writing *writing = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);

  for (guint i = 0; i < writing->drafts->len; i++)
    {
      TillLedgerEntry *row = write_draft (db, writing, g_ptr_array_index (writing->drafts, i), error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

/* Appending */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *rows = till_store_run_finish (TILL_STORE (source), result, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* @task: (transfer full) @writing: (transfer full) */
static void
start (GTask *task, Writing *writing)
{
  till_store_run_async (till_ledger_get_store (writing->ledger), write_func, writing, writing_free,
                        (GDestroyNotify) g_ptr_array_unref, NULL, on_written, task);
}

void
till_payment_journal_intent_async (TillPayment *self,
                                   const TillLedgerEntry *intent,
                                   const char *payer,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (Writing) writing = writing_new (self);
  GError *error = NULL;

  g_task_set_source_tag (task, till_payment_journal_intent_async);
  if (!add_draft (writing, intent, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (payer != NULL && writing->vault != NULL)
    writing->payer = till_secret_new (payer, strlen (payer));
  start (g_steal_pointer (&task), g_steal_pointer (&writing));
}

static TillLedgerEntry *
finish_one (GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) rows = g_task_propagate_pointer (G_TASK (result), error);

  return rows != NULL ? till_ledger_entry_ref (g_ptr_array_index (rows, 0)) : NULL;
}

TillLedgerEntry *
till_payment_journal_intent_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  return finish_one (result, error);
}

void
till_payment_journal_rows_async (TillPayment *self,
                                 GPtrArray *rows,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (Writing) writing = writing_new (self);
  GError *error = NULL;

  g_task_set_source_tag (task, till_payment_journal_rows_async);
  for (guint i = 0; i < rows->len; i++)
    if (!add_draft (writing, g_ptr_array_index (rows, i), &error))
      {
        g_task_return_error (task, error);
        return;
      }
  start (g_steal_pointer (&task), g_steal_pointer (&writing));
}

GPtrArray *
till_payment_journal_rows_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
till_payment_journal_row_async (TillPayment *self,
                                TillLedgerEntry *row,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_ptr_array_add (rows, row);
  till_payment_journal_rows_async (self, rows, callback, user_data);
}

TillLedgerEntry *
till_payment_journal_row_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  return finish_one (result, error);
}

/* Reading the payer */

gboolean
till_payment_has_sealed_payer (const TillLedgerEntry *intent)
{
  return till_payment_get_text (intent, TILL_PAYMENT_PAYER_SEALED) != NULL;
}

typedef struct
{
  TillVault *vault;
  char *attempt;
  GBytes *sealed;
} Unsealing;

static void
unsealing_free (gpointer data)
{
  Unsealing *unsealing = data;

  g_object_unref (unsealing->vault);
  g_bytes_unref (unsealing->sealed);
  g_free (unsealing->attempt);
  g_free (unsealing);
}

static gpointer
unseal_func (sqlite3 *db, gpointer data, GError **error)
{
  const Unsealing *unsealing = data;

  return till_payer_unseal (unsealing->vault, db, unsealing->attempt, unsealing->sealed, error);
}

static void
on_unsealed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TillSecret *payer = till_store_run_finish (TILL_STORE (source), result, &error);

  if (g_error_matches (error, TILL_ERROR, TILL_ERROR_NOT_FOUND)
      || g_error_matches (error, TILL_ERROR, TILL_ERROR_CORRUPT))
    {
      g_message ("the payer of an open attempt can't be read (%s): it is looked for without", error->message);
      g_clear_error (&error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, payer, (GDestroyNotify) till_secret_unref);
}

void
till_payment_unseal_payer_async (TillPayment *self,
                                 const TillLedgerEntry *intent,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  TillVault *vault = till_payment_get_vault (self);
  Unsealing *unsealing = NULL;
  guchar *sealed = NULL;
  gsize size = 0;

  g_task_set_source_tag (task, till_payment_unseal_payer_async);
  if (vault == NULL)
    {
      g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_LOCKED, "the keys of this till are not open");
      return;
    }
  sealed = g_base64_decode (till_payment_get_text (intent, TILL_PAYMENT_PAYER_SEALED), &size);
  unsealing = g_new0 (Unsealing, 1);
  unsealing->vault = g_object_ref (vault);
  unsealing->attempt = g_strdup (intent->attempt);
  unsealing->sealed = g_bytes_new_take (sealed, size);
  till_store_run_async (till_ledger_get_store (till_payment_get_ledger (self)), unseal_func, unsealing,
                        unsealing_free, (GDestroyNotify) till_secret_unref, NULL, on_unsealed,
                        g_steal_pointer (&task));
}

TillSecret *
till_payment_unseal_payer_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
