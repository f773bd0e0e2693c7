/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-search.h"

#include <libsoup/soup.h>
#include <string.h>

#define CLAUSES_MOST 10

typedef struct
{
  gboolean negated;
  char *field;
  char *key;      /* of metadata[…]; nullable */
  char *operator; /* as SQL has it */
  char *value;
  gboolean quoted;
} Clause;

static void
clause_clear (Clause *clause)
{
  g_free (clause->field);
  g_free (clause->key);
  g_free (clause->operator);
  g_free (clause->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Clause, clause_clear)

static void
skip_spaces (const char **at)
{
  *at += strspn (*at, " \t");
}

/* 'it\'s' or "it's", up to and with the closing quote (transfer full); %NULL if @at stands on no such thing. */
static char *
read_quoted (const char **at)
{
  char quote = **at;
  g_autoptr (GString) text = g_string_new (NULL);

  if (quote != '\'' && quote != '"')
    return NULL;

  for (const char *next = *at + 1; *next != '\0'; next++)
    {
      if (*next == quote)
        {
          *at = next + 1;
          return g_string_free (g_steal_pointer (&text), FALSE);
        }
      if (*next == '\\' && next[1] != '\0')
        next++;
      g_string_append_c (text, *next);
    }
  return NULL;
}

static gboolean
read_field (const char **at, Clause *clause)
{
  gsize length = strspn (*at, "abcdefghijklmnopqrstuvwxyz_");

  clause->field = g_strndup (*at, length);
  *at += length;
  if (**at == '[')
    {
      (*at)++;
      clause->key = read_quoted (at);
      if (clause->key == NULL || **at != ']')
        return FALSE;
      (*at)++;
    }
  return length > 0 && (clause->key != NULL) == g_str_equal (clause->field, "metadata");
}

static gboolean
read_operator (const char **at, Clause *clause)
{
  static const char *const operators[][2]
      = { { ":", "=" }, { ">=", ">=" }, { "<=", "<=" }, { ">", ">" }, { "<", "<" } };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_has_prefix (*at, operators[i][0]))
      {
        *at += strlen (operators[i][0]);
        clause->operator= g_strdup (operators[i][1]);
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_clause (const char **at, Clause *clause)
{
  skip_spaces (at);
  clause->negated = **at == '-';
  if (clause->negated)
    (*at)++;
  if (!read_field (at, clause))
    return FALSE;
  skip_spaces (at);
  if (!read_operator (at, clause))
    return FALSE;

  skip_spaces (at);
  clause->value = read_quoted (at);
  clause->quoted = clause->value != NULL;
  if (clause->value == NULL)
    {
      gsize length = strcspn (*at, " \t'\"");
      clause->value = g_strndup (*at, length);
      *at += length;
    }
  skip_spaces (at);
  return clause->quoted || *clause->value != '\0';
}

static gboolean
apply_clause (TillSandboxListing *listing, const Clause *clause)
{
  static const char *const numbers[] = { "amount", "created", NULL };
  static const char *const words[] = { "currency", "customer", "status", NULL };
  const char *not_ = clause->negated ? "NOT " : "";
  gboolean equals = g_str_equal (clause->operator, "=");

  if (clause->key != NULL && equals && clause->quoted)
    {
      g_autofree char *condition = g_strdup_printf (
          "%sEXISTS (SELECT 1 FROM json_each (metadata) AS pair WHERE pair.key = ? AND pair.value = ?)",
          not_);
      till_sandbox_listing_where (listing, condition, clause->key, clause->value, NULL);
      return TRUE;
    }

  gboolean number = g_strv_contains (numbers, clause->field);
  if (clause->key != NULL
      || (!number && !(g_strv_contains (words, clause->field) && equals && clause->quoted))
      || (number && !g_ascii_string_to_signed (clause->value, 10, G_MININT64, G_MAXINT64, NULL, NULL)))
    return FALSE;

  g_autofree char *condition
      = g_strdup_printf ("%s(ifnull (%s, '') %s ?)", not_, clause->field, clause->operator);
  g_autofree char *numeric
      = g_strdup_printf ("%s(%s %s CAST (? AS INTEGER))", not_, clause->field, clause->operator);
  till_sandbox_listing_where (listing, number ? numeric : condition, clause->value, NULL);
  return TRUE;
}

static gboolean
refuse (TillSandboxCall *call)
{
  return till_sandbox_call_fail (
      call, SOUP_STATUS_BAD_REQUEST, NULL, "query",
      "We were unable to parse your search query. The sandbox understands up to %d clauses "
      "joined by AND, as: metadata['order_id']:'6735' AND amount>1000 AND status:'succeeded'.",
      CLAUSES_MOST);
}

gboolean
till_sandbox_search_narrow (TillSandboxCall *call, TillSandboxListing *listing, const char *query)
{
  const char *at = query;

  for (guint i = 0; i < CLAUSES_MOST; i++)
    {
      g_auto (Clause) clause = { 0 };

      if (!read_clause (&at, &clause) || !apply_clause (listing, &clause))
        return refuse (call);
      if (*at == '\0')
        return TRUE;
      if (!g_str_has_prefix (at, "AND ") && !g_str_has_prefix (at, "and "))
        return refuse (call);
      at += strlen ("AND ");
    }
  return refuse (call);
}
