/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/till-ledger.h"

#include "base/till-error.h"
#include "ledger/till-ledger-body.h"
#include "ledger/till-ledger-news.h"
#include "ledger/till-ledger-sqlite.h"

#include <string.h>

/* The longest sale or attempt id, in bytes. */
#define TILL_LEDGER_MAX_ID 200

struct _TillLedger
{
  GObject parent_instance;

  TillStore *store;
  TillClock *clock; /* NULL when it only reads */
  TillLedgerNews *news;
};

G_DEFINE_FINAL_TYPE (TillLedger, till_ledger, G_TYPE_OBJECT)

static guint appended_signal;

/* What the store's thread works on for an append. */
typedef struct
{
  TillClock *clock;
  TillLedgerNews *news;
  GPtrArray *rows; /* of TillLedgerRow */
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

  g_clear_pointer (&self->news, till_ledger_news_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (till_ledger_parent_class)->dispose (object);
}

static void
till_ledger_class_init (TillLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_ledger_dispose;

  appended_signal
      = g_signal_new ("appended", TILL_TYPE_LEDGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
till_ledger_emit_appended (gpointer ledger)
{
  g_signal_emit (ledger, appended_signal, 0);
}

static void
till_ledger_init (TillLedger *self)
{
  self->news = till_ledger_news_new (self, till_ledger_emit_appended);
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

static gpointer
till_ledger_check_func (sqlite3 *db, gpointer data, GError **error)
{
  till_ledger_sqlite_check (db, error);
  return NULL;
}

TillLedger *
till_ledger_new_reading (TillStore *store, GError **error)
{
  g_autoptr (GError) failure = NULL;
  TillLedger *self;

  g_return_val_if_fail (TILL_IS_STORE (store), NULL);

  (void) till_store_run (store, till_ledger_check_func, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&failure), "%s: ", till_store_get_path (store));
      return NULL;
    }
  self = g_object_new (TILL_TYPE_LEDGER, NULL);
  self->store = g_object_ref (store);
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
  if ((g_str_has_prefix (entry->kind, "charge-") || g_str_has_prefix (entry->kind, "refund-"))
      && entry->attempt == NULL)
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
  g_clear_pointer (&append->news, till_ledger_news_unref);
  g_clear_pointer (&append->rows, g_ptr_array_unref);
  g_free (append);
}

/* The body is put into text here, in the caller's thread: the caller may share it with others of that thread. */
static TillLedgerRow *
till_ledger_row_of_entry (const TillLedgerEntry *entry, GError **error)
{
  TillLedgerRow *row;
  char *body;

  if (!till_ledger_check_entry (entry, error))
    return NULL;
  body = till_ledger_body_format (entry->body, error);
  if (body == NULL)
    return NULL;
  row = till_ledger_row_new ();
  row->kind = till_ledger_bytes (entry->kind);
  row->sale = till_ledger_bytes (entry->sale);
  row->attempt = till_ledger_bytes (entry->attempt);
  row->body = g_bytes_new_take (body, strlen (body));
  return row;
}

static gboolean
till_ledger_check_writing (TillLedger *self, GError **error)
{
  if (self->clock != NULL)
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED,
                       "the ledger was opened for reading: only the till that has it open writes to it");
  return FALSE;
}

static TillLedgerAppend *
till_ledger_append_new (TillLedger *self, TillLedgerEntry *const *entries, guint n_entries, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_row_free);
  TillLedgerAppend *append;

  if (!till_ledger_check_writing (self, error))
    return NULL;
  for (guint i = 0; i < n_entries; i++)
    {
      TillLedgerRow *row = till_ledger_row_of_entry (entries[i], error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  append = g_new0 (TillLedgerAppend, 1);
  append->clock = g_object_ref (self->clock);
  append->news = till_ledger_news_ref (self->news);
  append->rows = g_steal_pointer (&rows);
  return append;
}

/* On the store's thread. */
static TillLedgerEntry *
till_ledger_write_row (
    sqlite3 *db, TillLedgerRow *row, TillClock *clock, TillLedgerNews *news, GError **error)
{
  row->at_us = till_clock_utc (clock);
  if (!till_ledger_sqlite_append (db, row, error))
    return NULL;
  till_ledger_news_tell (news);
  return till_ledger_row_to_entry (row, error);
}

static gpointer
till_ledger_append_func (sqlite3 *db, gpointer data, GError **error)
{
  TillLedgerAppend *append = data;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);

  for (guint i = 0; i < append->rows->len; i++)
    {
      TillLedgerEntry *entry = till_ledger_write_row (db, g_ptr_array_index (append->rows, i), append->clock,
                                                      append->news, error);
      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}

TillLedgerEntry *
till_ledger_append_within (TillLedger *self, sqlite3 *db, const TillLedgerEntry *entry, GError **error)
{
  g_autoptr (TillLedgerRow) row = NULL;

  g_return_val_if_fail (TILL_IS_LEDGER (self) && entry != NULL, NULL);

  row = till_ledger_check_writing (self, error) ? till_ledger_row_of_entry (entry, error) : NULL;
  return row != NULL ? till_ledger_write_row (db, row, self->clock, self->news, error) : NULL;
}

TillStore *
till_ledger_get_store (TillLedger *self)
{
  g_return_val_if_fail (TILL_IS_LEDGER (self), NULL);

  return self->store;
}

static void
till_ledger_append_start (TillLedger *self, GTask *task, TillLedgerEntry *const *entries, guint n_entries)
{
  GError *error = NULL;
  TillLedgerAppend *append = till_ledger_append_new (self, entries, n_entries, &error);

  if (append != NULL)
    till_ledger_run (task, till_ledger_append_func, append, till_ledger_append_free,
                     (GDestroyNotify) g_ptr_array_unref);
  else
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
}

void
till_ledger_append_async (TillLedger *self,
                          TillLedgerEntry *entry,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER (self) && entry != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_append_async);
  till_ledger_append_start (self, task, &entry, 1);
}

TillLedgerEntry *
till_ledger_append_finish (TillLedger *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) entries = till_ledger_finish (self, result, error);

  return entries != NULL ? till_ledger_entry_ref (g_ptr_array_index (entries, 0)) : NULL;
}

void
till_ledger_append_all_async (TillLedger *self,
                              GPtrArray *entries,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER (self) && entries != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_append_all_async);
  till_ledger_append_start (self, task, (TillLedgerEntry *const *) entries->pdata, entries->len);
}

GPtrArray *
till_ledger_append_all_finish (TillLedger *self, GAsyncResult *result, GError **error)
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

/* Where a list begins, and of what. */
typedef struct
{
  gint64 start;
  char *kind; /* (nullable) */
} TillLedgerRange;

static TillLedgerRange *
till_ledger_range_new (gint64 start, const char *kind)
{
  TillLedgerRange *range = g_new0 (TillLedgerRange, 1);

  range->start = start;
  range->kind = g_strdup (kind);
  return range;
}

static void
till_ledger_range_free (gpointer data)
{
  TillLedgerRange *range = data;

  g_free (range->kind);
  g_free (range);
}

static gpointer
till_ledger_list_since_func (sqlite3 *db, gpointer data, GError **error)
{
  const TillLedgerRange *range = data;

  return till_ledger_sqlite_list_since (db, range->start, range->kind, error);
}

void
till_ledger_list_since_async (TillLedger *self,
                              gint64 seq,
                              const char *kind,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_list_since_async);
  till_ledger_run (task, till_ledger_list_since_func, till_ledger_range_new (seq, kind),
                   till_ledger_range_free, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
till_ledger_list_since_finish (TillLedger *self, GAsyncResult *result, GError **error)
{
  return till_ledger_finish (self, result, error);
}

static gpointer
till_ledger_list_from_func (sqlite3 *db, gpointer data, GError **error)
{
  const TillLedgerRange *range = data;

  return till_ledger_sqlite_list_from (db, range->start, range->kind, error);
}

void
till_ledger_list_from_async (TillLedger *self,
                             gint64 at_us,
                             const char *kind,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_list_from_async);
  till_ledger_run (task, till_ledger_list_from_func, till_ledger_range_new (at_us, kind),
                   till_ledger_range_free, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
till_ledger_list_from_finish (TillLedger *self, GAsyncResult *result, GError **error)
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

static gpointer
till_ledger_list_open_rows_func (sqlite3 *db, gpointer data, GError **error)
{
  return till_ledger_sqlite_list_open_rows (db, error);
}

void
till_ledger_list_open_rows_async (TillLedger *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_list_open_rows_async);
  till_ledger_run (task, till_ledger_list_open_rows_func, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
till_ledger_list_open_rows_finish (TillLedger *self, GAsyncResult *result, GError **error)
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
