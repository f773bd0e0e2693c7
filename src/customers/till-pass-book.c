/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-pass-book.h"

#include "base/till-error.h"
#include "customers/till-pass-book-sqlite.h"
#include "ledger/till-ledger-people.h"

#include <string.h>

struct _TillPassBook
{
  GObject parent_instance;

  TillStore *store;
  TillVault *vault;
  TillLedger *ledger;
  GMainContext *context; /* where "changed" is emitted */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillPassBook, till_pass_book, G_TYPE_OBJECT)

static void
till_pass_book_dispose (GObject *object)
{
  TillPassBook *self = TILL_PASS_BOOK (object);

  g_clear_object (&self->store);
  g_clear_object (&self->vault);
  g_clear_object (&self->ledger);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (till_pass_book_parent_class)->dispose (object);
}

static void
till_pass_book_class_init (TillPassBookClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_pass_book_dispose;

  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", TILL_TYPE_PASS_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
till_pass_book_init (TillPassBook *self)
{
  self->context = g_main_context_ref_thread_default ();
}

TillPassBook *
till_pass_book_new (TillStore *store, TillVault *vault, TillLedger *ledger, GError **error)
{
  g_return_val_if_fail (TILL_IS_STORE (store), NULL);
  g_return_val_if_fail (TILL_IS_VAULT (vault), NULL);
  g_return_val_if_fail (TILL_IS_LEDGER (ledger), NULL);

  if (!till_pass_book_sqlite_migrate (store, error))
    return NULL;

  TillPassBook *self = g_object_new (TILL_TYPE_PASS_BOOK, NULL);
  self->store = g_object_ref (store);
  self->vault = g_object_ref (vault);
  self->ledger = g_object_ref (ledger);
  return self;
}

static gboolean
till_pass_book_emit_changed (gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
till_pass_book_tell_change (TillPassBook *self)
{
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, till_pass_book_emit_changed,
                              g_object_ref (self), g_object_unref);
}

/* A step's failure ends the whole. @error: (transfer full) (nullable); TRUE if it is one. */
static gboolean
till_pass_book_fail (GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  return error != NULL;
}

/* Issuing */

typedef struct
{
  char *id;
  gint64 expires_day;
} TillPassIssue;

static void
till_pass_issue_free (gpointer data)
{
  TillPassIssue *issue = data;

  g_free (issue->id);
  g_free (issue);
}

static gpointer
till_pass_book_do_issue (sqlite3 *db, gpointer data, GError **error)
{
  const TillPassIssue *issue = data;

  till_pass_book_sqlite_insert (db, issue->id, issue->expires_day, error);
  return NULL;
}

static void
till_pass_book_on_issued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (till_pass_book_fail (task, error))
    return;
  till_pass_book_tell_change (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

static void
till_pass_book_on_issue_journalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillPassBook *self = g_task_get_source_object (task);
  const TillFacePass *pass = g_task_get_task_data (task);
  TillPassIssue *issue;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_append_all_finish (TILL_LEDGER (source), result, &error);

  if (till_pass_book_fail (task, error))
    return;
  issue = g_new0 (TillPassIssue, 1);
  issue->id = g_strdup (till_face_pass_get_id (pass));
  issue->expires_day = till_face_pass_get_expires_day (pass);
  till_store_run_async (self->store, till_pass_book_do_issue, issue, till_pass_issue_free, NULL, NULL,
                        till_pass_book_on_issued, g_steal_pointer (&task));
}

static gboolean
till_pass_book_check_consent (const TillFacePass *pass, JsonObject *consent, GError **error)
{
  const char *id = json_object_get_string_member_with_default (consent, "id", NULL);
  const char *purpose = json_object_get_string_member_with_default (consent, "purpose", NULL);
  const char *who = json_object_get_string_member_with_default (consent, "customer", NULL);

  if (g_strcmp0 (id, till_face_pass_get_consent (pass)) == 0 && g_strcmp0 (purpose, "pass") == 0
      && g_strcmp0 (who, till_face_pass_get_id (pass)) == 0)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
               "The consent is not that of pass %s to putting a face on it: ask its holder for it",
               till_face_pass_get_number (pass));
  return FALSE;
}

static GPtrArray *
till_pass_book_make_issue_rows (const TillFacePass *pass, JsonObject *consent)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "pass", till_face_pass_get_id (pass));
  json_object_set_int_member (body, "expires", till_face_pass_get_expires_day (pass));
  g_ptr_array_add (rows, till_ledger_entry_new (TILL_LEDGER_CONSENT, NULL, NULL, json_object_ref (consent)));
  g_ptr_array_add (rows, till_ledger_entry_new (TILL_LEDGER_PASS_ISSUE, NULL, NULL, body));
  return rows;
}

void
till_pass_book_issue_async (TillPassBook *self,
                            TillFacePass *pass,
                            JsonObject *own_consent,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (TILL_IS_PASS_BOOK (self));
  g_return_if_fail (pass != NULL && own_consent != NULL);

  g_autoptr (JsonObject) consent = own_consent;
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, till_pass_book_issue_async);
  g_task_set_task_data (task, till_face_pass_ref (pass), (GDestroyNotify) till_face_pass_unref);
  till_pass_book_check_consent (pass, consent, &error);
  if (till_pass_book_fail (task, error) || g_task_return_error_if_cancelled (task))
    return;

  /* From here on it is carried through: what the ledger holds can't be cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_autoptr (GPtrArray) rows = till_pass_book_make_issue_rows (pass, consent);
  till_ledger_append_all_async (self->ledger, rows, NULL, till_pass_book_on_issue_journalled,
                                g_object_ref (task));
}

gboolean
till_pass_book_issue_finish (TillPassBook *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Checking */

typedef struct
{
  TillFacePass *pass;
  gint64 now_us;
} TillPassCheck;

static void
till_pass_check_free (gpointer data)
{
  TillPassCheck *check = data;

  g_clear_pointer (&check->pass, till_face_pass_unref);
  g_free (check);
}

/*
 * The ledger has its say too: of a revocation it hears first, so a till that dies before the table has it does not bring
 * the pass back, and neither does a table that somebody altered.
 */
static gpointer
till_pass_book_do_check (sqlite3 *db, gpointer data, GError **error)
{
  const TillPassCheck *check = data;
  const char *id = till_face_pass_get_id (check->pass);
  const char *number = till_face_pass_get_number (check->pass);
  g_autoptr (GPtrArray) rows = till_pass_book_sqlite_select (db, id, error);
  const TillPassRow *row = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  gboolean revoked;

  if (rows == NULL || !till_ledger_has_row_about (db, TILL_LEDGER_PASS_REVOKE, id, &revoked, error))
    return NULL;
  if (row == NULL)
    g_set_error (error, TILL_PASS_ERROR, TILL_PASS_ERROR_UNKNOWN,
                 "Face pass %s is right, but not in this till’s list: issue another one", number);
  else if (revoked || row->revoked_us != 0)
    g_set_error (error, TILL_PASS_ERROR, TILL_PASS_ERROR_REVOKED, "Face pass %s was revoked", number);
  else if (till_face_pass_day_of (check->now_us) > till_face_pass_get_expires_day (check->pass))
    g_set_error (error, TILL_PASS_ERROR, TILL_PASS_ERROR_EXPIRED, "Face pass %s has expired", number);
  return NULL;
}

static void
till_pass_book_on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillFacePass *pass = g_task_get_task_data (task);
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (till_pass_book_fail (task, error))
    return;
  if (g_task_get_source_tag (task) == till_pass_book_check_async)
    g_task_return_pointer (task, till_face_pass_ref (pass), (GDestroyNotify) till_face_pass_unref);
  else
    g_task_return_boolean (task, TRUE);
}

/* @pass: (transfer full). */
static void
till_pass_book_look_up (GTask *task, TillFacePass *pass, gint64 now_us)
{
  TillPassBook *self = g_task_get_source_object (task);
  TillPassCheck *check = g_new0 (TillPassCheck, 1);

  g_task_set_task_data (task, pass, (GDestroyNotify) till_face_pass_unref);
  check->pass = till_face_pass_ref (pass);
  check->now_us = now_us;
  till_store_run_async (self->store, till_pass_book_do_check, check, till_pass_check_free, NULL,
                        g_task_get_cancellable (task), till_pass_book_on_checked, g_object_ref (task));
}

void
till_pass_book_check_async (TillPassBook *self,
                            const char *text,
                            gint64 now_us,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (TILL_IS_PASS_BOOK (self));
  g_return_if_fail (text != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  TillFacePass *pass = till_face_pass_read (text, self->vault, now_us, &error);

  g_task_set_source_tag (task, till_pass_book_check_async);
  if (!till_pass_book_fail (task, error))
    till_pass_book_look_up (task, pass, now_us);
}

TillFacePass *
till_pass_book_check_finish (TillPassBook *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
till_pass_book_confirm_async (TillPassBook *self,
                              TillFacePass *pass,
                              gint64 now_us,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (TILL_IS_PASS_BOOK (self));
  g_return_if_fail (pass != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, till_pass_book_confirm_async);
  till_pass_book_look_up (task, till_face_pass_ref (pass), now_us);
}

gboolean
till_pass_book_confirm_finish (TillPassBook *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Revoking */

typedef struct
{
  char *words; /* the id or number that was given */
  char *id;    /* NULL until the pass is found */
  gint64 revoked_us;
  JsonObject *extra;
  TillLedgerEntry *row;
} TillPassRevocation;

static void
till_pass_revocation_free (gpointer data)
{
  TillPassRevocation *revocation = data;

  g_clear_pointer (&revocation->extra, json_object_unref);
  g_clear_pointer (&revocation->row, till_ledger_entry_unref);
  g_free (revocation->words);
  g_free (revocation->id);
  g_free (revocation);
}

/* The letters alone, in capitals (transfer full). */
static char *
till_pass_book_bare (const char *number)
{
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *letter = number; *letter != '\0'; letter++)
    if (!g_ascii_isspace (*letter) && *letter != '-')
      g_string_append_c (bare, g_ascii_toupper (*letter));
  return g_strdup (bare->str);
}

static gboolean
till_pass_book_is_named (const TillPassRow *row, const char *words, const char *bare)
{
  g_autofree char *number = till_pass_book_bare (row->number != NULL ? row->number : "");

  return strcmp (row->id, words) == 0 || (*number != '\0' && strcmp (number, bare) == 0);
}

/* Id of the one pass that is meant; the letters of a number are so many that two of them are alike once in an age. */
static gpointer
till_pass_book_do_find (sqlite3 *db, gpointer data, GError **error)
{
  TillPassRevocation *revocation = data;
  g_autoptr (GPtrArray) rows = till_pass_book_sqlite_select (db, NULL, error);
  g_autofree char *bare = till_pass_book_bare (revocation->words);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const TillPassRow *row = g_ptr_array_index (rows, i);

      if (!till_pass_book_is_named (row, revocation->words, bare))
        continue;
      if (revocation->id != NULL)
        {
          g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                       "Two face passes have the number %s: name the id of the one to be revoked",
                       revocation->words);
          return NULL;
        }
      revocation->id = g_strdup (row->id);
      revocation->revoked_us = row->revoked_us;
    }
  if (rows != NULL && revocation->id == NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                 "This till issued no face pass %s: look at the number again", revocation->words);
  return NULL;
}

static gpointer
till_pass_book_do_revoke (sqlite3 *db, gpointer data, GError **error)
{
  const TillPassRevocation *revocation = data;

  till_pass_book_sqlite_revoke (db, revocation->id, revocation->revoked_us, error);
  return NULL;
}

static void
till_pass_book_on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillPassRevocation *revocation = g_task_get_task_data (task);
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (till_pass_book_fail (task, error))
    return;
  till_pass_book_tell_change (g_task_get_source_object (task));
  g_task_return_pointer (task, g_steal_pointer (&revocation->row), (GDestroyNotify) till_ledger_entry_unref);
}

/* The ledger says so: now the pass is refused. */
static void
till_pass_book_note_revoked (GTask *task, TillLedgerEntry *row)
{
  TillPassBook *self = g_task_get_source_object (task);
  TillPassRevocation *revocation = g_task_get_task_data (task);

  revocation->row = row;
  revocation->revoked_us = row->at_us;
  till_store_run_async (self->store, till_pass_book_do_revoke, revocation, NULL, NULL, NULL,
                        till_pass_book_on_revoked, g_object_ref (task));
}

static void
till_pass_book_on_revocation_journalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TillLedgerEntry *row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (!till_pass_book_fail (task, error))
    till_pass_book_note_revoked (task, row);
}

/* The row of a pass that was revoked before, or whose revocation a former process did not live to note. */
static TillLedgerEntry *
till_pass_book_find_row (GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    {
      TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (row->body, "pass", NULL), id) == 0)
        return till_ledger_entry_ref (row);
    }
  return NULL;
}

static void
till_pass_book_on_revocations (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillPassBook *self = g_task_get_source_object (task);
  TillPassRevocation *revocation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (till_pass_book_fail (task, error))
    return;

  TillLedgerEntry *former = till_pass_book_find_row (rows, revocation->id);
  if (former != NULL)
    {
      till_pass_book_note_revoked (task, former);
      return;
    }
  json_object_set_string_member (revocation->extra, "pass", revocation->id);
  g_autoptr (TillLedgerEntry) row
      = till_ledger_entry_new (TILL_LEDGER_PASS_REVOKE, NULL, NULL, json_object_ref (revocation->extra));
  till_ledger_append_async (self->ledger, row, NULL, till_pass_book_on_revocation_journalled,
                            g_steal_pointer (&task));
}

static void
till_pass_book_on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillPassBook *self = g_task_get_source_object (task);
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (till_pass_book_fail (task, error))
    return;
  g_task_set_check_cancellable (task, FALSE);
  till_ledger_list_async (self->ledger, TILL_LEDGER_PASS_REVOKE, NULL, NULL, 0, NULL,
                          till_pass_book_on_revocations, g_steal_pointer (&task));
}

void
till_pass_book_revoke_async (TillPassBook *self,
                             const char *pass,
                             JsonObject *extra,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (TILL_IS_PASS_BOOK (self));
  g_return_if_fail (pass != NULL);

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  TillPassRevocation *revocation = g_new0 (TillPassRevocation, 1);

  g_task_set_source_tag (task, till_pass_book_revoke_async);
  revocation->words = g_strdup (pass);
  revocation->extra = extra != NULL ? extra : json_object_new ();
  g_task_set_task_data (task, revocation, till_pass_revocation_free);
  till_store_run_async (self->store, till_pass_book_do_find, revocation, NULL, NULL, cancellable,
                        till_pass_book_on_found, task);
}

TillLedgerEntry *
till_pass_book_revoke_finish (TillPassBook *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Listing */

static gpointer
till_pass_book_do_list (sqlite3 *db, gpointer data, GError **error)
{
  return till_pass_book_sqlite_select (db, NULL, error);
}

static void
till_pass_book_on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *rows = till_store_run_finish (TILL_STORE (source), result, &error);

  if (!till_pass_book_fail (task, error))
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

void
till_pass_book_list_async (TillPassBook *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (TILL_IS_PASS_BOOK (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, till_pass_book_list_async);
  till_store_run_async (self->store, till_pass_book_do_list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                        cancellable, till_pass_book_on_listed, task);
}

GPtrArray *
till_pass_book_list_finish (TillPassBook *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
