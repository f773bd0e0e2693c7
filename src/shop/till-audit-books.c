/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-audit-books.h"

const char *
till_audit_books_text (const TillLedgerEntry *row, const char *member)
{
  JsonNode *node = json_object_get_member (row->body, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                          : NULL;
}

gint64
till_audit_books_number (const TillLedgerEntry *row, const char *member)
{
  JsonNode *node = json_object_get_member (row->body, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

/* The first row of a name counts: a second one can't take its place. */
static void
note (GHashTable *table, const char *name, TillLedgerEntry *row)
{
  if (name != NULL && !g_hash_table_contains (table, name))
    g_hash_table_insert (table, (gpointer) name, row);
}

static void
note_consent (TillAuditBooks *self, TillLedgerEntry *row)
{
  const char *purpose = till_audit_books_text (row, "purpose");

  note (self->consents, till_audit_books_text (row, "id"), row);
  if (g_strcmp0 (purpose, "enrolment") == 0 || g_strcmp0 (purpose, "pass") == 0)
    note (self->agreed, till_audit_books_text (row, "customer"), row);
}

static void
note_row (TillAuditBooks *self, TillLedgerEntry *row)
{
  const struct
  {
    const char *kind;
    const char *member;
    GHashTable *table;
  } tables[] = {
    { TILL_LEDGER_WORDING, "hash", self->wordings },       { TILL_LEDGER_TILL_KEY, "key", self->keys },
    { TILL_LEDGER_ENROLMENT, "customer", self->enrolled }, { TILL_LEDGER_ERASURE, "customer", self->erased },
    { TILL_LEDGER_PASS_ISSUE, "pass", self->issued },      { TILL_LEDGER_PASS_REVOKE, "pass", self->revoked },
  };

  if (g_str_equal (row->kind, TILL_LEDGER_CONSENT))
    note_consent (self, row);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_str_equal (row->kind, tables[i].kind))
      note (tables[i].table, till_audit_books_text (row, tables[i].member), row);
}

TillAuditBooks *
till_audit_books_new (GPtrArray *rows)
{
  TillAuditBooks *self = g_new0 (TillAuditBooks, 1);
  GHashTable **tables[] = { &self->consents, &self->wordings, &self->keys,   &self->enrolled,
                            &self->agreed,   &self->erased,   &self->issued, &self->revoked };

  self->rows = rows;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    *tables[i] = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < rows->len; i++)
    note_row (self, g_ptr_array_index (rows, i));
  return self;
}

void
till_audit_books_free (TillAuditBooks *self)
{
  GHashTable *tables[] = { self->consents, self->wordings, self->keys,   self->enrolled,
                           self->agreed,   self->erased,   self->issued, self->revoked };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_hash_table_unref (tables[i]);
  g_ptr_array_unref (self->rows);
  g_free (self);
}
