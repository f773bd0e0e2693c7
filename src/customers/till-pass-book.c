/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-pass-book.h"

#include "base/till-error.h"
#include "customers/till-consent-journal.h"
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
  g_return_val_if_fail (TILL_IS_LEDGER (ledger) && till_ledger_get_store (ledger) == store, NULL);

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
  TillLedger *ledger;
  TillFacePass *pass;
  JsonObject *consent;
} TillPassIssue;

static void
till_pass_issue_free (gpointer data)
{
  TillPassIssue *issue = data;

  g_object_unref (issue->ledger);
  till_face_pass_unref (issue->pass);
  json_object_unref (issue->consent);
  g_free (issue);
}

/* The pass, its consent and the ledger's row of it: all or nothing. */
static gpointer
till_pass_book_do_issue (sqlite3 *db, gpointer data, GError **error)
{
  const TillPassIssue *issue = data;
  const char *id = till_face_pass_get_id (issue->pass);
  gint64 expires_day = till_face_pass_get_expires_day (issue->pass);
  JsonObject *body;

  if (!till_pass_book_sqlite_insert (db, id, expires_day, error))
    return NULL;
  g_autoptr (TillLedgerEntry) consent
      = till_consent_write_within (issue->ledger, db, NULL, issue->consent, error);
  if (consent == NULL)
    return NULL;

  body = json_object_new ();
  json_object_set_string_member (body, "pass", id);
  json_object_set_int_member (body, "expires", expires_day);
  json_object_set_string_member (body, "consent", till_face_pass_get_consent (issue->pass));
  g_autoptr (TillLedgerEntry) entry = till_ledger_entry_new (TILL_LEDGER_PASS_ISSUE, NULL, NULL, body);
  g_autoptr (TillLedgerEntry) row = till_ledger_append_within (issue->ledger, db, entry, error);
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
  till_pass_book_check_consent (pass, consent, &error);
  if (till_pass_book_fail (task, error) || g_task_return_error_if_cancelled (task))
    return;

  TillPassIssue *issue = g_new0 (TillPassIssue, 1);
  issue->ledger = g_object_ref (self->ledger);
  issue->pass = till_face_pass_ref (pass);
  issue->consent = g_steal_pointer (&consent);
  g_task_set_check_cancellable (task, FALSE);
  till_store_run_async (self->store, till_pass_book_do_issue, issue, till_pass_issue_free, NULL, NULL,
                        till_pass_book_on_issued, g_steal_pointer (&task));
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

/* The ledger has its say too: a table that somebody altered does not bring a revoked pass back. */
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
  TillLedger *ledger;
  char *words; /* the id or number that was given */
  JsonObject *extra;
} TillPassRevocation;

static void
till_pass_revocation_free (gpointer data)
{
  TillPassRevocation *revocation = data;

  g_object_unref (revocation->ledger);
  json_object_unref (revocation->extra);
  g_free (revocation->words);
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

/* Id of the one pass that is meant (transfer full). Two numbers are alike once in an age. */
static char *
till_pass_book_find (sqlite3 *db, const char *words, GError **error)
{
  g_autoptr (GPtrArray) rows = till_pass_book_sqlite_select (db, NULL, error);
  g_autofree char *bare = till_pass_book_bare (words);
  const TillPassRow *found = NULL;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const TillPassRow *row = g_ptr_array_index (rows, i);

      if (!till_pass_book_is_named (row, words, bare))
        continue;
      if (found != NULL)
        {
          g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                       "Two face passes have the number %s: name the id of the one to be revoked", words);
          return NULL;
        }
      found = row;
    }
  if (found == NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                 "This till issued no face pass %s: look at the number again", words);
  return found != NULL ? g_strdup (found->id) : NULL;
}

/* The ledger's row and the table's mark: both or neither. */
static gpointer
till_pass_book_do_revoke (sqlite3 *db, gpointer data, GError **error)
{
  const TillPassRevocation *revocation = data;
  g_autofree char *id = till_pass_book_find (db, revocation->words, error);
  gboolean revoked;

  if (id == NULL || !till_ledger_has_row_about (db, TILL_LEDGER_PASS_REVOKE, id, &revoked, error) || revoked)
    return NULL;

  json_object_set_string_member (revocation->extra, "pass", id);
  g_autoptr (TillLedgerEntry) entry
      = till_ledger_entry_new (TILL_LEDGER_PASS_REVOKE, NULL, NULL, json_object_ref (revocation->extra));
  g_autoptr (TillLedgerEntry) row = till_ledger_append_within (revocation->ledger, db, entry, error);
  if (row == NULL || !till_pass_book_sqlite_revoke (db, id, row->at_us, error))
    return NULL;
  return g_steal_pointer (&row);
}

static void
till_pass_book_on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TillLedgerEntry *row = till_store_run_finish (TILL_STORE (source), result, &error);

  if (till_pass_book_fail (task, error))
    return;
  if (row == NULL)
    {
      g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_EXISTS, "The face pass was revoked already");
      return;
    }
  till_pass_book_tell_change (g_task_get_source_object (task));
  g_task_return_pointer (task, row, (GDestroyNotify) till_ledger_entry_unref);
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
  revocation->ledger = g_object_ref (self->ledger);
  revocation->words = g_strdup (pass);
  revocation->extra = extra != NULL ? extra : json_object_new ();
  till_store_run_async (self->store, till_pass_book_do_revoke, revocation, till_pass_revocation_free,
                        (GDestroyNotify) till_ledger_entry_unref, cancellable, till_pass_book_on_revoked,
                        task);
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
