/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/till-ledger-anchor.h"

#include "base/till-error.h"
#include "ledger/till-ledger-row.h"
#include "ledger/till-ledger-sqlite.h"

#include <string.h>

/* Its name in the keyring, and what it begins with there. */
#define NAME   "books-end"
#define FORMAT "smiletill-books-1"

struct _TillLedgerAnchor
{
  GObject parent_instance;

  TillLedger *ledger;
  TillKeyring *keyring;
  gulong appended_handler;

  gboolean right;     /* the books were checked or accepted: what comes is remembered */
  gboolean wanted;    /* the last row may be another one than the keyring's */
  gboolean under_way; /* it is being remembered */
  GQueue waiting;     /* tasks that end when it is (element-type GTask) */
};

G_DEFINE_FINAL_TYPE (TillLedgerAnchor, till_ledger_anchor, G_TYPE_OBJECT)

/* A row as the keyring or the books have it. */
typedef struct
{
  gint64 seq; /* 0: none */
  char *hash; /* NULL: none */
} RowMark;

static void
row_mark_free (gpointer data)
{
  RowMark *mark = data;

  g_free (mark->hash);
  g_free (mark);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RowMark, row_mark_free)

static RowMark *
row_mark_new (gint64 seq)
{
  RowMark *mark = g_new0 (RowMark, 1);

  mark->seq = seq;
  return mark;
}

/* What the keyring holds; %TILL_ERROR_CORRUPT for what is no such note. */
static RowMark *
row_mark_parse (TillSecret *note, GError **error)
{
  g_auto (GStrv) words = g_strsplit (till_secret_get_data (note), " ", -1);
  g_autoptr (RowMark) mark = row_mark_new (0);

  if (g_strv_length (words) == 3 && g_str_equal (words[0], FORMAT)
      && g_ascii_string_to_signed (words[1], 10, 1, G_MAXINT64, &mark->seq, NULL)
      && strlen (words[2]) == TILL_LEDGER_HASH_LENGTH)
    {
      mark->hash = g_strdup (words[2]);
      return g_steal_pointer (&mark);
    }
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                       "what the keyring remembers of the books can't be read: whether they are whole is not "
                       "known");
  return NULL;
}

static TillSecret *
row_mark_format (const RowMark *mark)
{
  g_autofree char *note = g_strdup_printf (FORMAT " %" G_GINT64_FORMAT " %s", mark->seq, mark->hash);

  return till_secret_new (note, strlen (note));
}

/* The row numbered as in @data, or the last one if that is 0. */
static gpointer
read_mark_func (sqlite3 *db, gpointer data, GError **error)
{
  const RowMark *asked = data;
  g_autoptr (RowMark) found = row_mark_new (0);

  return till_ledger_sqlite_read_end (db, asked->seq, &found->seq, &found->hash, error)
             ? g_steal_pointer (&found)
             : NULL;
}

static void
read_mark_async (TillLedgerAnchor *self, gint64 seq, GAsyncReadyCallback callback, gpointer user_data)
{
  till_store_run_async (till_ledger_get_store (self->ledger), read_mark_func, row_mark_new (seq),
                        row_mark_free, row_mark_free, NULL, callback, user_data);
}

/* Remembering */

static void keep (TillLedgerAnchor *self);

/* A task that waits has this as its data where it can be cancelled: a source that holds the task until it is gone. */
static void
stop_listening (GTask *task)
{
  GSource *source = g_task_get_task_data (task);

  if (source != NULL)
    g_source_destroy (source);
}

/* @error: (nullable) */
static void
end_waiting (TillLedgerAnchor *self, const GError *error)
{
  GTask *task;

  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      stop_listening (task);
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

/* @error: (nullable) */
static void
end_keeping (TillLedgerAnchor *self, const GError *error)
{
  self->under_way = FALSE;
  if (error != NULL)
    {
      /* The next row is the next try. */
      g_warning ("the last row of the ledger can't be remembered in the keyring: %s", error->message);
      end_waiting (self, error);
    }
  else if (self->wanted)
    keep (self);
  else
    end_waiting (self, NULL);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillLedgerAnchor) self = user_data;
  g_autoptr (GError) error = NULL;

  till_keyring_store_finish (TILL_KEYRING (source), result, &error);
  end_keeping (self, error);
}

static void
on_last_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillLedgerAnchor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RowMark) last = till_store_run_finish (TILL_STORE (source), result, &error);
  g_autoptr (TillSecret) note = NULL;

  if (last == NULL || last->seq == 0)
    {
      end_keeping (self, error);
      return;
    }
  note = row_mark_format (last);
  till_keyring_store_async (self->keyring, NAME, note, NULL, on_kept, g_object_ref (self));
}

static void
keep (TillLedgerAnchor *self)
{
  self->wanted = FALSE;
  self->under_way = TRUE;
  read_mark_async (self, 0, on_last_read, g_object_ref (self));
}

static void
want (TillLedgerAnchor *self)
{
  if (!self->right)
    return;
  self->wanted = TRUE;
  if (!self->under_way)
    keep (self);
}

static void
on_appended (TillLedger *ledger, TillLedgerAnchor *self)
{
  want (self);
}

/* Whoever waits need not wait for a keyring that says nothing: what is under way goes on without them. */
static gboolean
on_wait_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  TillLedgerAnchor *self = g_task_get_source_object (task);

  if (g_queue_remove (&self->waiting, task))
    {
      g_task_return_error_if_cancelled (task);
      g_object_unref (task);
    }
  return G_SOURCE_REMOVE;
}

static void
listen (GTask *task, GCancellable *cancellable)
{
  GSource *source = g_cancellable_source_new (cancellable);

  g_task_set_task_data (task, source, (GDestroyNotify) g_source_unref);
  g_task_attach_source (task, source, G_SOURCE_FUNC (on_wait_cancelled));
}

void
till_ledger_anchor_flush_async (TillLedgerAnchor *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (TILL_IS_LEDGER_ANCHOR (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, till_ledger_anchor_flush_async);
  if (!self->right)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (cancellable != NULL)
    listen (task, cancellable);
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  want (self);
}

gboolean
till_ledger_anchor_flush_finish (TillLedgerAnchor *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Asking the keyring */

/* The task's data: what the keyring remembers, and who accepts the books. */
typedef struct
{
  RowMark *remembered; /* (nullable) */
  char *by;            /* (nullable) */
  TillLedgerEntry *row;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->remembered, row_mark_free);
  g_clear_pointer (&question->row, till_ledger_entry_unref);
  g_free (question->by);
  g_free (question);
}

static GTask *
question_new (TillLedgerAnchor *self,
              const char *by,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  g_task_set_check_cancellable (task, FALSE);
  question->by = g_strdup (by);
  g_task_set_task_data (task, question, question_free);
  return task;
}

/* Checking */

static void
return_right (GTask *task)
{
  TillLedgerAnchor *self = g_task_get_source_object (task);

  self->right = TRUE;
  want (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_end_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (RowMark) last = till_store_run_finish (TILL_STORE (source), result, &error);

  if (last == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_CORRUPT,
                             "the books end at row %" G_GINT64_FORMAT
                             ", the keyring remembers row %" G_GINT64_FORMAT
                             ": they were put back to an earlier state",
                             last->seq, question->remembered->seq);
}

static void
on_row_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillLedgerAnchor *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (RowMark) found = till_store_run_finish (TILL_STORE (source), result, &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else if (found->seq == 0)
    read_mark_async (self, 0, on_end_read, g_steal_pointer (&task));
  else if (g_strcmp0 (found->hash, question->remembered->hash) == 0)
    return_right (task);
  else
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_CORRUPT,
                             "row %" G_GINT64_FORMAT
                             " of the books is another one than the keyring remembers: their end was "
                             "written anew",
                             found->seq);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillLedgerAnchor *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillSecret) note = till_keyring_lookup_finish (TILL_KEYRING (source), result, &error);

  if (note != NULL)
    question->remembered = row_mark_parse (note, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (note == NULL)
    return_right (task);
  else
    read_mark_async (self, question->remembered->seq, on_row_read, g_steal_pointer (&task));
}

void
till_ledger_anchor_check_async (TillLedgerAnchor *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER_ANCHOR (self));

  task = question_new (self, NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_anchor_check_async);
  till_keyring_lookup_async (self->keyring, NAME, cancellable, on_looked_up, task);
}

gboolean
till_ledger_anchor_check_finish (TillLedgerAnchor *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Accepting */

static void
on_accepted_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;

  if (till_ledger_anchor_flush_finish (TILL_LEDGER_ANCHOR (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&question->row), (GDestroyNotify) till_ledger_entry_unref);
  else
    g_task_return_error (task, error);
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillLedgerAnchor *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;

  question->row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);
  if (question->row == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->right = TRUE;
  till_ledger_anchor_flush_async (self, NULL, on_accepted_kept, g_steal_pointer (&task));
}

static TillLedgerEntry *
make_acceptance (const Question *question)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "what", "books");
  json_object_set_string_member (body, "by", question->by);
  if (question->remembered != NULL)
    {
      json_object_set_int_member (body, "remembered", question->remembered->seq);
      json_object_set_string_member (body, "remembered_hash", question->remembered->hash);
    }
  return till_ledger_entry_new (TILL_LEDGER_RECOVERY, NULL, NULL, body);
}

static void
on_looked_up_to_accept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillLedgerAnchor *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillSecret) note = till_keyring_lookup_finish (TILL_KEYRING (source), result, &error);
  g_autoptr (TillLedgerEntry) row = NULL;

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* A note that can't be read is accepted too: the row then says that nothing was remembered. */
  if (note != NULL)
    question->remembered = row_mark_parse (note, NULL);
  row = make_acceptance (question);
  till_ledger_append_async (self->ledger, row, NULL, on_accepted, g_steal_pointer (&task));
}

void
till_ledger_anchor_accept_async (TillLedgerAnchor *self,
                                 const char *by,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER_ANCHOR (self) && by != NULL);

  task = question_new (self, by, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_anchor_accept_async);
  till_keyring_lookup_async (self->keyring, NAME, cancellable, on_looked_up_to_accept, task);
}

TillLedgerEntry *
till_ledger_anchor_accept_finish (TillLedgerAnchor *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The object */

static void
till_ledger_anchor_dispose (GObject *object)
{
  TillLedgerAnchor *self = TILL_LEDGER_ANCHOR (object);

  if (self->ledger != NULL)
    g_clear_signal_handler (&self->appended_handler, self->ledger);
  g_clear_object (&self->ledger);
  g_clear_object (&self->keyring);
  G_OBJECT_CLASS (till_ledger_anchor_parent_class)->dispose (object);
}

static void
till_ledger_anchor_class_init (TillLedgerAnchorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_ledger_anchor_dispose;
}

static void
till_ledger_anchor_init (TillLedgerAnchor *self)
{
  g_queue_init (&self->waiting);
}

TillLedgerAnchor *
till_ledger_anchor_new (TillLedger *ledger, TillKeyring *keyring)
{
  TillLedgerAnchor *self;

  g_return_val_if_fail (TILL_IS_LEDGER (ledger), NULL);
  g_return_val_if_fail (TILL_IS_KEYRING (keyring), NULL);

  self = g_object_new (TILL_TYPE_LEDGER_ANCHOR, NULL);
  self->ledger = g_object_ref (ledger);
  self->keyring = g_object_ref (keyring);
  self->appended_handler = g_signal_connect (ledger, "appended", G_CALLBACK (on_appended), self);
  return self;
}
