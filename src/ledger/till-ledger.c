/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/till-ledger.h"

#include "base/till-error.h"
#include "ledger/till-ledger-body.h"
#include "ledger/till-ledger-sqlite.h"

#include <string.h>

/* The longest sale or attempt id, in bytes. */
#define TILL_LEDGER_MAX_ID 200

struct _TillLedger
{
  GObject parent_instance;

  TillStore *store;
  TillClock *clock;
};

G_DEFINE_FINAL_TYPE (TillLedger, till_ledger, G_TYPE_OBJECT)

/* What the store's thread works on for an append. */
typedef struct
{
  TillClock *clock;
  TillLedgerRow *row;
} TillLedgerAppend;

/* What a verification found: an error does not keep the count from being told. */
typedef struct
{
  gint64 right;
  GError *error;
} TillLedgerVerdict;

static void
till_ledger_dispose (GObject *object)
{
  TillLedger *self = TILL_LEDGER (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (till_ledger_parent_class)->dispose (object);
}

static void
till_ledger_class_init (TillLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_ledger_dispose;
}

static void
till_ledger_init (TillLedger *self)
{
}

TillLedger *
till_ledger_new (TillStore *store, TillClock *clock, GError **error)
{
  TillLedger *self;

  g_return_val_if_fail (TILL_IS_STORE (store), NULL);
  g_return_val_if_fail (TILL_IS_CLOCK (clock), NULL);

  if (!till_ledger_sqlite_migrate (store, error))
    return NULL;
  self = g_object_new (TILL_TYPE_LEDGER, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  return self;
}

/* Hands the store's answer on to the caller's task. */
static void
till_ledger_on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer value = till_store_run_finish (TILL_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, g_task_get_task_data (task));
}

/* @value_free is also what frees a value nobody fetched. */
static void
till_ledger_run (
    GTask *task, TillStoreFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify value_free)
{
  TillLedger *self = g_task_get_source_object (task);

  /* The store has decided already whether cancelling came in time. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, (gpointer) value_free, NULL);
  till_store_run_async (self->store, func, data, data_free, value_free, g_task_get_cancellable (task),
                        till_ledger_on_stored, task);
}

static gpointer
till_ledger_finish (TillLedger *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Append */

static gboolean
till_ledger_check_id (const char *what, const char *id, GError **error)
{
  if (id == NULL || (*id != '\0' && strlen (id) <= TILL_LEDGER_MAX_ID && g_utf8_validate (id, -1, NULL)))
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "the %s of a ledger row must be 1 to %d bytes of UTF-8",
               what, TILL_LEDGER_MAX_ID);
  return FALSE;
}

static gboolean
till_ledger_check_entry (const TillLedgerEntry *entry, GError **error)
{
  if (!till_ledger_kind_is_known (entry->kind))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "the ledger knows no rows of kind \"%s\"",
                   entry->kind);
      return FALSE;
    }
  if (g_str_has_prefix (entry->kind, "charge-") && entry->attempt == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "a %s needs the id of its attempt", entry->kind);
      return FALSE;
    }
  return till_ledger_check_id ("sale", entry->sale, error)
         && till_ledger_check_id ("attempt", entry->attempt, error);
}

static GBytes *
till_ledger_bytes (const char *text)
{
  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

static void
till_ledger_append_free (gpointer data)
{
  TillLedgerAppend *append = data;

  g_clear_object (&append->clock);
  g_clear_pointer (&append->row, till_ledger_row_free);
  g_free (append);
}

/* The body is put into text here, in the caller's thread: the caller may share it with others of that thread. */
static TillLedgerAppend *
till_ledger_append_new (TillLedger *self, const TillLedgerEntry *entry, GError **error)
{
  TillLedgerAppend *append;
  char *body;

  if (!till_ledger_check_entry (entry, error))
    return NULL;
  body = till_ledger_body_format (entry->body, error);
  if (body == NULL)
    return NULL;
  append = g_new0 (TillLedgerAppend, 1);
  append->clock = g_object_ref (self->clock);
  append->row = till_ledger_row_new ();
  append->row->kind = till_ledger_bytes (entry->kind);
  append->row->sale = till_ledger_bytes (entry->sale);
  append->row->attempt = till_ledger_bytes (entry->attempt);
  append->row->body = g_bytes_new_take (body, strlen (body));
  return append;
}

static gpointer
till_ledger_append_func (sqlite3 *db, gpointer data, GError **error)
{
  TillLedgerAppend *append = data;

  append->row->at_us = till_clock_utc (append->clock);
  if (!till_ledger_sqlite_append (db, append->row, error))
    return NULL;
  return till_ledger_row_to_entry (append->row, error);
}

void
till_ledger_append_async (TillLedger *self,
                          TillLedgerEntry *entry,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  TillLedgerAppend *append;
  GError *error = NULL;
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER (self) && entry != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_append_async);
  append = till_ledger_append_new (self, entry, &error);
  if (append != NULL)
    till_ledger_run (task, till_ledger_append_func, append, till_ledger_append_free,
                     (GDestroyNotify) till_ledger_entry_unref);
  else
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
}

TillLedgerEntry *
till_ledger_append_finish (TillLedger *self, GAsyncResult *result, GError **error)
{
  return till_ledger_finish (self, result, error);
}

/* List */

static void
till_ledger_filter_free (gpointer data)
{
  TillLedgerFilter *filter = data;

  g_free (filter->kind);
  g_free (filter->sale);
  g_free (filter->attempt);
  g_free (filter);
}

static gpointer
till_ledger_list_func (sqlite3 *db, gpointer data, GError **error)
{
  return till_ledger_sqlite_list (db, data, error);
}

void
till_ledger_list_async (TillLedger *self,
                        const char *kind,
                        const char *sale,
                        const char *attempt,
                        guint limit,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  TillLedgerFilter *filter;
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER (self));

  filter = g_new0 (TillLedgerFilter, 1);
  filter->kind = g_strdup (kind);
  filter->sale = g_strdup (sale);
  filter->attempt = g_strdup (attempt);
  filter->limit = limit;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_list_async);
  till_ledger_run (task, till_ledger_list_func, filter, till_ledger_filter_free,
                   (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
till_ledger_list_finish (TillLedger *self, GAsyncResult *result, GError **error)
{
  return till_ledger_finish (self, result, error);
}

static gpointer
till_ledger_list_open_attempts_func (sqlite3 *db, gpointer data, GError **error)
{
  return till_ledger_sqlite_list_open_attempts (db, error);
}

void
till_ledger_list_open_attempts_async (TillLedger *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_list_open_attempts_async);
  till_ledger_run (task, till_ledger_list_open_attempts_func, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
till_ledger_list_open_attempts_finish (TillLedger *self, GAsyncResult *result, GError **error)
{
  return till_ledger_finish (self, result, error);
}

/* Verify */

static void
till_ledger_verdict_free (gpointer data)
{
  TillLedgerVerdict *verdict = data;

  g_clear_error (&verdict->error);
  g_free (verdict);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillLedgerVerdict, till_ledger_verdict_free)

static gpointer
till_ledger_verify_func (sqlite3 *db, gpointer data, GError **error)
{
  TillLedgerVerdict *verdict = g_new0 (TillLedgerVerdict, 1);

  verdict->right = till_ledger_sqlite_verify (db, &verdict->error);
  return verdict;
}

void
till_ledger_verify_async (TillLedger *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_verify_async);
  till_ledger_run (task, till_ledger_verify_func, NULL, NULL, till_ledger_verdict_free);
}

gint64
till_ledger_verify_finish (TillLedger *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TillLedgerVerdict) verdict = till_ledger_finish (self, result, error);

  if (verdict == NULL)
    return -1;
  if (verdict->error != NULL)
    g_propagate_error (error, g_steal_pointer (&verdict->error));
  return verdict->right;
}
