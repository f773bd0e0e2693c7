/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/till-ledger-sqlite.h"

#include "base/till-error.h"
#include "store/till-statement.h"

/* Scripts that have run somewhere are never changed; a new one is added behind them. */
static const char *const till_ledger_steps[] = {
  "CREATE TABLE ledger ("
  " seq INTEGER PRIMARY KEY,"
  " at_us INTEGER NOT NULL,"
  " kind TEXT NOT NULL,"
  " sale TEXT,"
  " attempt TEXT,"
  " body TEXT NOT NULL,"
  " previous TEXT NOT NULL,"
  " hash TEXT NOT NULL"
  ") STRICT;"

  "CREATE INDEX ledger_kind ON ledger (kind);"
  "CREATE INDEX ledger_sale ON ledger (sale) WHERE sale IS NOT NULL;"
  "CREATE INDEX ledger_attempt ON ledger (attempt) WHERE attempt IS NOT NULL;"
  "CREATE UNIQUE INDEX ledger_one_intent ON ledger (attempt) WHERE kind = 'charge-intent';"
  "CREATE UNIQUE INDEX ledger_one_end ON ledger (attempt) WHERE kind = 'charge-end';"

  "CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger"
  " BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;"
  "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger"
  " BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;"
  "CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger"
  " WHEN NEW.seq IS NOT (SELECT IFNULL (MAX (seq), 0) + 1 FROM ledger)"
  " BEGIN SELECT RAISE (ABORT, 'rows of the ledger are numbered without gaps'); END;",

  /* Charges and refunds share their ids: an attempt is one or the other. */
  "DROP INDEX ledger_one_intent;"
  "DROP INDEX ledger_one_end;"
  "CREATE UNIQUE INDEX ledger_one_intent ON ledger (attempt) WHERE kind IN ('charge-intent', "
  "'refund-intent');"
  "CREATE UNIQUE INDEX ledger_one_end ON ledger (attempt) WHERE kind IN ('charge-end', 'refund-end');"
  "CREATE INDEX ledger_at ON ledger (at_us);",
  NULL,
};

gboolean
till_ledger_sqlite_migrate (TillStore *store, GError **error)
{
  return till_store_migrate (store, "ledger", till_ledger_steps, error);
}

static TillLedgerRow *
till_ledger_sqlite_read_row (TillStatement *statement)
{
  TillLedgerRow *row = till_ledger_row_new ();

  row->seq = till_statement_get_int (statement, 0);
  row->at_us = till_statement_get_int (statement, 1);
  row->kind = till_statement_get_bytes (statement, 2);
  row->sale = till_statement_get_bytes (statement, 3);
  row->attempt = till_statement_get_bytes (statement, 4);
  row->body = till_statement_get_bytes (statement, 5);
  row->previous = till_statement_get_bytes (statement, 6);
  row->hash = till_statement_get_bytes (statement, 7);
  return row;
}

static gboolean
till_ledger_sqlite_number (sqlite3 *db, TillLedgerRow *row, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1", error);
  gboolean any;

  if (statement == NULL || !till_statement_step (statement, &any, error))
    return FALSE;
  row->seq = any ? till_statement_get_int (statement, 0) + 1 : 1;
  row->previous = any ? till_statement_get_bytes (statement, 1)
                      : g_bytes_new_static (TILL_LEDGER_HASH_START, TILL_LEDGER_HASH_LENGTH);
  return TRUE;
}

static char *
till_ledger_sqlite_text (GBytes *bytes)
{
  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

/* What an attempt's rows are called: those of a charge, and those of a refund. */
static const struct
{
  const char *intent;
  const char *end;
  const char *doubt;
} till_ledger_attempts[] = {
  { TILL_LEDGER_CHARGE_INTENT, TILL_LEDGER_CHARGE_END, TILL_LEDGER_CHARGE_DOUBT },
  { TILL_LEDGER_REFUND_INTENT, TILL_LEDGER_REFUND_END, TILL_LEDGER_REFUND_DOUBT },
};

/* What the ledger has of an attempt: the kinds of its intent and end, NULL without. */
typedef struct
{
  const char *intent;
  const char *end;
} TillLedgerAttempt;

static gboolean
till_ledger_sqlite_look_up (sqlite3 *db, GBytes *attempt, TillLedgerAttempt *found, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT kind FROM ledger WHERE attempt = CAST (? AS TEXT)", error);
  gboolean any;

  if (statement == NULL)
    return FALSE;
  till_statement_bind_bytes (statement, 1, attempt);
  while (till_statement_step (statement, &any, error))
    {
      if (!any)
        return TRUE;
      const char *kind = till_statement_get_text (statement, 0);
      for (guint i = 0; i < G_N_ELEMENTS (till_ledger_attempts); i++)
        {
          if (g_strcmp0 (kind, till_ledger_attempts[i].intent) == 0)
            found->intent = till_ledger_attempts[i].intent;
          if (g_strcmp0 (kind, till_ledger_attempts[i].end) == 0)
            found->end = till_ledger_attempts[i].end;
        }
    }
  return FALSE;
}

/* Before the insert, for words that name the attempt; the unique indexes say the same if this were wrong. */
static gboolean
till_ledger_sqlite_check_attempt (sqlite3 *db, const TillLedgerRow *row, GError **error)
{
  g_autofree char *kind = till_ledger_sqlite_text (row->kind);
  g_autofree char *attempt = till_ledger_sqlite_text (row->attempt);
  const char *intent = NULL;
  TillLedgerAttempt found = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (till_ledger_attempts); i++)
    if (g_str_equal (kind, till_ledger_attempts[i].intent) || g_str_equal (kind, till_ledger_attempts[i].end)
        || g_str_equal (kind, till_ledger_attempts[i].doubt))
      intent = till_ledger_attempts[i].intent;
  if (intent == NULL)
    return TRUE;

  if (!till_ledger_sqlite_look_up (db, row->attempt, &found, error))
    return FALSE;
  if (g_str_equal (kind, intent) && found.intent != NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_EXISTS, "the attempt %s has its %s already", attempt,
                 found.intent);
  else if (g_str_has_suffix (kind, "-end") && found.end != NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_EXISTS, "the attempt %s has its %s already", attempt,
                 found.end);
  else if (!g_str_equal (kind, intent) && g_strcmp0 (found.intent, intent) != 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED, "the attempt %s has no %s that a %s could follow",
                 attempt, intent, kind);
  else
    return TRUE;
  return FALSE;
}

static gboolean
till_ledger_sqlite_insert (sqlite3 *db, const TillLedgerRow *row, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db,
      "INSERT INTO ledger (" TILL_LEDGER_COLUMNS ") VALUES (?, ?, CAST (? AS TEXT), CAST (? AS TEXT),"
      " CAST (? AS TEXT), CAST (? AS TEXT), CAST (? AS TEXT), CAST (? AS TEXT))",
      error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_int (statement, 1, row->seq);
  till_statement_bind_int (statement, 2, row->at_us);
  till_statement_bind_bytes (statement, 3, row->kind);
  till_statement_bind_bytes (statement, 4, row->sale);
  till_statement_bind_bytes (statement, 5, row->attempt);
  till_statement_bind_bytes (statement, 6, row->body);
  till_statement_bind_bytes (statement, 7, row->previous);
  till_statement_bind_bytes (statement, 8, row->hash);
  return till_statement_execute (statement, error);
}

gboolean
till_ledger_sqlite_append (sqlite3 *db, TillLedgerRow *row, GError **error)
{
  char *hash;

  if (!till_ledger_sqlite_check_attempt (db, row, error) || !till_ledger_sqlite_number (db, row, error))
    return FALSE;
  hash = till_ledger_row_compute_hash (row);
  row->hash = g_bytes_new_take (hash, TILL_LEDGER_HASH_LENGTH);
  return till_ledger_sqlite_insert (db, row, error);
}

GPtrArray *
till_ledger_sqlite_collect (TillStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);
  gboolean any;

  while (till_statement_step (statement, &any, error))
    {
      g_autoptr (TillLedgerRow) row = NULL;
      TillLedgerEntry *entry;

      if (!any)
        return g_steal_pointer (&entries);
      row = till_ledger_sqlite_read_row (statement);
      entry = till_ledger_row_to_entry (row, error);
      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return NULL;
}

GPtrArray *
till_ledger_sqlite_list (sqlite3 *db, const TillLedgerFilter *filter, GError **error)
{
  const char *const values[] = { filter->kind, filter->sale, filter->attempt };
  const char *const columns[] = { "kind", "sale", "attempt" };
  g_autoptr (GString) sql
      = g_string_new ("SELECT * FROM (SELECT " TILL_LEDGER_COLUMNS " FROM ledger WHERE TRUE");
  g_autoptr (TillStatement) statement = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i] != NULL)
      g_string_append_printf (sql, " AND %s = ?%u", columns[i], i + 1);
  g_string_append (sql, " ORDER BY seq DESC LIMIT ?4) ORDER BY seq");
  statement = till_statement_new (db, sql->str, error);
  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i] != NULL)
      till_statement_bind_text (statement, (int) i + 1, values[i]);
  till_statement_bind_int (statement, 4, filter->limit > 0 ? (gint64) filter->limit : -1);
  return till_ledger_sqlite_collect (statement, error);
}

/* Rows matching @where, of which ?1 is @value and ?2 @kind. */
static GPtrArray *
till_ledger_sqlite_select (sqlite3 *db, const char *where, gint64 value, const char *kind, GError **error)
{
  g_autofree char *sql = g_strconcat ("SELECT " TILL_LEDGER_COLUMNS " FROM ledger WHERE ", where,
                                      kind != NULL ? " AND kind = ?2" : "", " ORDER BY seq", NULL);
  g_autoptr (TillStatement) statement = till_statement_new (db, sql, error);

  if (statement == NULL)
    return NULL;
  till_statement_bind_int (statement, 1, value);
  if (kind != NULL)
    till_statement_bind_text (statement, 2, kind);
  return till_ledger_sqlite_collect (statement, error);
}

GPtrArray *
till_ledger_sqlite_list_since (sqlite3 *db, gint64 seq, const char *kind, GError **error)
{
  return till_ledger_sqlite_select (db, "seq > ?1", seq, kind, error);
}

/* The plus keeps SQLite from looking for the first such row by walking over all before it. */
GPtrArray *
till_ledger_sqlite_list_from (sqlite3 *db, gint64 at_us, const char *kind, GError **error)
{
  return till_ledger_sqlite_select (db, "seq >= (SELECT MIN (+seq) FROM ledger WHERE at_us >= ?1)", at_us,
                                    kind, error);
}

#define TILL_LEDGER_OPEN                                                                                     \
  "SELECT %s FROM ledger AS intent WHERE kind IN ('charge-intent', 'refund-intent') AND NOT EXISTS"          \
  " (SELECT 1 FROM ledger AS ended WHERE ended.kind IN ('charge-end', 'refund-end')"                         \
  " AND ended.attempt = intent.attempt)"

static GPtrArray *
till_ledger_sqlite_run_list (sqlite3 *db, const char *sql, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, sql, error);

  return statement != NULL ? till_ledger_sqlite_collect (statement, error) : NULL;
}

GPtrArray *
till_ledger_sqlite_list_open_attempts (sqlite3 *db, GError **error)
{
  g_autofree char *sql = g_strdup_printf (TILL_LEDGER_OPEN " ORDER BY seq", TILL_LEDGER_COLUMNS);

  return till_ledger_sqlite_run_list (db, sql, error);
}

GPtrArray *
till_ledger_sqlite_list_open_rows (sqlite3 *db, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT " TILL_LEDGER_COLUMNS
                                          " FROM ledger WHERE attempt IN (" TILL_LEDGER_OPEN ") ORDER BY seq",
                                          "attempt");

  return till_ledger_sqlite_run_list (db, sql, error);
}

gboolean
till_ledger_sqlite_check (sqlite3 *db, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db,
                            "SELECT version FROM till_migration WHERE room = 'ledger'"
                            " AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'ledger')",
                            NULL);
  gboolean any = FALSE;

  if (statement == NULL || !till_statement_step (statement, &any, NULL) || !any)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "there is no ledger in it yet");
      return FALSE;
    }
  if (till_statement_get_int (statement, 0) > (gint64) G_N_ELEMENTS (till_ledger_steps) - 1)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED,
                           "the ledger was written by a newer program; install that one");
      return FALSE;
    }
  return TRUE;
}

gboolean
till_ledger_sqlite_read_end (sqlite3 *db, gint64 seq, gint64 *found, char **hash, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db, "SELECT seq, hash FROM ledger WHERE ?1 IN (0, seq) ORDER BY seq DESC LIMIT 1", error);
  gboolean any;

  if (statement == NULL)
    return FALSE;
  till_statement_bind_int (statement, 1, seq);
  if (!till_statement_step (statement, &any, error))
    return FALSE;
  *found = any ? till_statement_get_int (statement, 0) : 0;
  *hash = any ? g_strdup (till_statement_get_text (statement, 1)) : NULL;
  return TRUE;
}

gint64
till_ledger_sqlite_verify (sqlite3 *db, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT " TILL_LEDGER_COLUMNS " FROM ledger ORDER BY seq", error);
  g_autofree char *previous = g_strdup (TILL_LEDGER_HASH_START);
  gint64 right = 0;
  gboolean any;

  if (statement == NULL)
    return -1;
  while (till_statement_step (statement, &any, error))
    {
      g_autoptr (TillLedgerRow) row = NULL;

      if (!any)
        return right;
      row = till_ledger_sqlite_read_row (statement);
      if (!till_ledger_row_check (row, right + 1, previous, error))
        return right;
      right++;
      g_free (previous);
      previous = till_ledger_sqlite_text (row->hash);
    }
  g_prefix_error (error, "row %" G_GINT64_FORMAT " of the ledger can't be read: ", right + 1);
  return right > 0 ? right : -1;
}
