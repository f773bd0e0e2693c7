/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-listing.h"

#include <libsoup/soup.h>

#define PAGE_DEFAULT 10
#define PAGE_LARGEST 100

struct _TillSandboxListing
{
  TillSandboxCall *call;
  const char *table;
  const char *noun;
  TillSandboxFind find;
  GString *where;
  GPtrArray *texts;
  gint64 limit;
};

TillSandboxListing *
till_sandbox_listing_new (TillSandboxCall *call, const char *table, const char *noun, TillSandboxFind find)
{
  TillSandboxListing *self = g_new0 (TillSandboxListing, 1);

  self->call = call;
  self->table = table;
  self->noun = noun;
  self->find = find;
  self->where = g_string_new ("1");
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->limit = PAGE_DEFAULT;
  return self;
}

void
till_sandbox_listing_free (TillSandboxListing *self)
{
  if (self == NULL)
    return;

  g_string_free (self->where, TRUE);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

void
till_sandbox_listing_where (TillSandboxListing *self, const char *condition, ...)
{
  va_list texts;
  const char *text;

  g_string_append_printf (self->where, " AND (%s)", condition);
  va_start (texts, condition);
  while ((text = va_arg (texts, const char *)) != NULL)
    g_ptr_array_add (self->texts, g_strdup (text));
  va_end (texts);
}

gboolean
till_sandbox_listing_filter (TillSandboxListing *self, const char *column)
{
  const char *wanted = NULL;

  if (!till_sandbox_call_id (self->call, column, &wanted))
    return FALSE;
  if (wanted != NULL)
    {
      g_autofree char *condition = g_strdup_printf ("%s = ?", column);
      till_sandbox_listing_where (self, condition, wanted, NULL);
    }
  return TRUE;
}

static gboolean
filter_instant (TillSandboxListing *self, const char *path, const char *condition)
{
  gint64 instant = -1;

  if (!till_sandbox_call_integer (self->call, path, &instant))
    return FALSE;
  if (till_sandbox_call_has (self->call, path))
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, instant);
      till_sandbox_listing_where (self, condition, text, NULL);
    }
  return TRUE;
}

gboolean
till_sandbox_listing_filter_created (TillSandboxListing *self)
{
  if (till_sandbox_form_text (till_sandbox_form_at (self->call->params, "created")) != NULL)
    return filter_instant (self, "created", "created = ?");

  return filter_instant (self, "created.gt", "created > ?")
         && filter_instant (self, "created.gte", "created >= ?")
         && filter_instant (self, "created.lt", "created < ?")
         && filter_instant (self, "created.lte", "created <= ?");
}

static gboolean
read_limit (TillSandboxListing *self)
{
  if (!till_sandbox_call_integer (self->call, "limit", &self->limit))
    return FALSE;
  if (self->limit < 1 || self->limit > PAGE_LARGEST)
    return till_sandbox_call_fail (self->call, SOUP_STATUS_BAD_REQUEST, "parameter_invalid_integer", "limit",
                                   "Invalid limit: must be between 1 and %d.", PAGE_LARGEST);
  return TRUE;
}

/* The row number of the id in parameter @path, 0 if it was not sent. */
static gboolean
read_cursor (TillSandboxListing *self, const char *path, gint64 *seq)
{
  const char *id = NULL;

  if (!till_sandbox_call_id (self->call, path, &id) || id == NULL)
    return self->call->error == NULL;

  g_autofree char *sql = g_strdup_printf ("SELECT seq FROM %s WHERE id = ?", self->table);
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (self->call->database, sql, "s", id);
  if (row == NULL)
    return till_sandbox_call_missing (self->call, self->noun, path, id);
  *seq = sqlite3_column_int64 (row, 0);
  return TRUE;
}

/* The ids of the page and one more if there is more, in the order of the page; @last is the last row of the page. */
static GPtrArray *
select_ids (TillSandboxListing *self, gint64 after, gint64 before, gint64 *last)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql
      = g_strdup_printf ("SELECT id, seq FROM %s WHERE %s%s ORDER BY seq %s LIMIT %" G_GINT64_FORMAT,
                         self->table, self->where->str,
                         before > 0  ? " AND seq > ?"
                         : after > 0 ? " AND seq < ?"
                                     : "",
                         before > 0 ? "ASC" : "DESC", self->limit + 1);

  if (before > 0 || after > 0)
    g_ptr_array_add (self->texts, g_strdup_printf ("%" G_GINT64_FORMAT, before > 0 ? before : after));

  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select_array (self->call->database, sql, self->texts);
  if (row == NULL)
    return ids;
  do
    {
      g_ptr_array_add (ids, g_strdup (till_sandbox_database_text (row, 0)));
      if (ids->len <= self->limit)
        *last = sqlite3_column_int64 (row, 1);
    }
  while (till_sandbox_database_next (self->call->database, row));
  return ids;
}

static JsonObject *
render_page (
    TillSandboxListing *self, GPtrArray *ids, gboolean backwards, const char *object, const char *url)
{
  JsonObject *page = json_object_new ();
  JsonArray *data = json_array_new ();
  guint count = MIN (ids->len, (guint) self->limit);

  for (guint i = 0; i < count; i++)
    {
      JsonObject *found = self->find (self->call->database, ids->pdata[backwards ? count - 1 - i : i]);
      if (found != NULL)
        json_array_add_object_element (data, found);
    }
  json_object_set_string_member (page, "object", object);
  json_object_set_array_member (page, "data", data);
  json_object_set_boolean_member (page, "has_more", ids->len > count);
  json_object_set_string_member (page, "url", url);
  return page;
}

JsonObject *
till_sandbox_listing_page (TillSandboxListing *self, const char *url)
{
  gint64 after = 0;
  gint64 before = 0;
  gint64 last = 0;

  if (!read_limit (self) || !read_cursor (self, "starting_after", &after)
      || !read_cursor (self, "ending_before", &before))
    return NULL;
  if (after > 0 && before > 0)
    {
      till_sandbox_call_fail (self->call, SOUP_STATUS_BAD_REQUEST, NULL, "ending_before",
                              "You may only specify one of these parameters: starting_after, ending_before.");
      return NULL;
    }

  g_autoptr (GPtrArray) ids = select_ids (self, after, before, &last);
  return render_page (self, ids, before > 0, "list", url);
}

JsonObject *
till_sandbox_listing_search_page (TillSandboxListing *self, const char *url)
{
  gint64 after = 0;
  gint64 last = 0;

  if (!read_limit (self) || !till_sandbox_call_integer (self->call, "page", &after))
    return NULL;

  g_autoptr (GPtrArray) ids = select_ids (self, after, 0, &last);
  JsonObject *page = render_page (self, ids, FALSE, "search_result", url);
  g_autofree char *next = ids->len > self->limit ? g_strdup_printf ("%" G_GINT64_FORMAT, last) : NULL;
  json_object_set_string_member (page, "next_page", next);
  return page;
}
