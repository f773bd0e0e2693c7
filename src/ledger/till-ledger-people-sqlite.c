/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/till-ledger-people.h"
#include "ledger/till-ledger-sqlite.h"

#include "store/till-statement.h"

/* A member of the row's body; nothing of a body that was tampered with, which would end the whole search. */
#define MEMBER(name) "CASE WHEN json_valid (body) THEN json_extract (body, '$." name "') END"

/* Looking for the bytes first spares taking every body apart. */
#define NAMES_PERSON                                                                                         \
  "instr (body, ?1) > 0 AND CASE WHEN json_valid (body) THEN"                                                \
  " EXISTS (SELECT 1 FROM json_tree (body) WHERE type = 'text' AND atom = ?1) END"

/*
 * named: rows with the id; their attempts, and the refunds of these; the consents they name; sales whose last payment was
 * one of theirs.
 */
#define ABOUT                                                                                                \
  "WITH named AS (SELECT seq, attempt, body FROM ledger WHERE " NAMES_PERSON "),"                            \
  " charges AS (SELECT attempt FROM named WHERE attempt IS NOT NULL),"                                       \
  " attempts AS (SELECT attempt FROM charges UNION SELECT attempt FROM ledger"                               \
  "  WHERE kind = 'refund-intent' AND " MEMBER (                                                             \
      "of") " IN (SELECT attempt FROM charges)),"                                                            \
            " consents AS (SELECT " MEMBER (                                                                 \
                "consent") " AS id FROM named),"                                                             \
                           " payments AS (SELECT seq, sale, attempt FROM ledger WHERE sale IS NOT NULL AND " \
                           "(kind = 'tender'"                                                                \
                           "  OR (kind = 'charge-end' AND " MEMBER (                                         \
                               "status") " IS NOT 'declined'))),"                                            \
                                         " sales AS (SELECT sale FROM payments AS theirs WHERE attempt IN "  \
                                         "(SELECT attempt FROM charges)"                                     \
                                         "  AND NOT EXISTS (SELECT 1 FROM payments AS later WHERE "          \
                                         "later.sale = theirs.sale"                                          \
                                         "  AND later.seq > theirs.seq))"

GPtrArray *
till_ledger_sqlite_list_about (sqlite3 *db, const char *person, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db,
      ABOUT " SELECT " TILL_LEDGER_COLUMNS " FROM ledger WHERE seq IN (SELECT seq FROM named)"
            " OR attempt IN (SELECT attempt FROM attempts)"
            " OR (kind = 'consent' AND " MEMBER (
                "id") " IN (SELECT id FROM consents))"
                      " OR (sale IN (SELECT sale FROM sales) AND attempt IS NULL AND kind <> 'consent')"
                      " ORDER BY seq",
      error);

  if (statement == NULL)
    return NULL;
  till_statement_bind_text (statement, 1, person);
  return till_ledger_sqlite_collect (statement, error);
}

/* Whether @statement, of which ?1 is @person, gives a row. @statement: (transfer full) (nullable) */
static gboolean
has_row (TillStatement *statement, const char *person, gboolean *has, GError **error)
{
  g_autoptr (TillStatement) owned = statement;

  if (owned == NULL)
    return FALSE;
  till_statement_bind_text (owned, 1, person);
  return till_statement_step (owned, has, error);
}

gboolean
till_ledger_has_open_attempt (sqlite3 *db, const char *person, gboolean *has, GError **error)
{
  return has_row (
      till_statement_new (
          db,
          "WITH charges AS (SELECT attempt FROM ledger WHERE kind = 'charge-intent' AND " NAMES_PERSON ")"
          " SELECT 1 FROM ledger AS intent WHERE ((kind = 'charge-intent' AND attempt IN"
          " (SELECT attempt FROM charges)) OR (kind = 'refund-intent' AND " MEMBER (
              "of") " IN (SELECT attempt FROM charges))) AND NOT EXISTS (SELECT 1 FROM ledger AS ended"
                    " WHERE ended.kind IN ('charge-end', 'refund-end') AND ended.attempt ="
                    " intent.attempt) LIMIT 1",
          error),
      person, has, error);
}

gboolean
till_ledger_has_row_about (sqlite3 *db, const char *kind, const char *person, gboolean *has, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT 1 FROM ledger WHERE kind = ?2 AND " NAMES_PERSON " LIMIT 1", error);

  if (statement != NULL)
    till_statement_bind_text (statement, 2, kind);
  return has_row (g_steal_pointer (&statement), person, has, error);
}
