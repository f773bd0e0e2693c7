/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * TillStatement: one prepared statement, for use inside a #TillStoreFunc. Its functions turn SQLite's results into
 * #GError (%TILL_ERROR_CORRUPT, %TILL_ERROR_BUSY, %TILL_ERROR_EXISTS for a broken constraint, else
 * %TILL_ERROR_FAILED).
 */
typedef struct _TillStatement TillStatement;

TillStatement *till_statement_new (sqlite3 *db, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void till_statement_free (TillStatement *self);

/* Parameters count from 1. Text and blobs are copied, and wiped if secret; NULL binds NULL. */
void till_statement_bind_text (TillStatement *self, int index, const char *text);
void till_statement_bind_int (TillStatement *self, int index, gint64 value);
void till_statement_bind_bytes (TillStatement *self, int index, GBytes *bytes);

/* TRUE and *row TRUE: a row is there. TRUE and *row FALSE: no more. */
gboolean till_statement_step (TillStatement *self, gboolean *row, GError **error);
/* Steps a statement that gives no rows. */
gboolean till_statement_execute (TillStatement *self, GError **error);
void till_statement_reset (TillStatement *self);

/* Columns count from 0. (transfer none), valid until the next step; NULL for NULL. */
const char *till_statement_get_text (TillStatement *self, int column);
gint64 till_statement_get_int (TillStatement *self, int column);
/* (transfer full) (nullable) */
GBytes *till_statement_get_bytes (TillStatement *self, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillStatement, till_statement_free)

G_END_DECLS
