/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-form.h"

#include <string.h>

#include "base/till-error.h"

struct _TillSandboxForm
{
  char *name;
  char *text;
  GPtrArray *children;
  guint fields; /* counted at the root alone */
};

static TillSandboxForm *
till_sandbox_form_node (const char *name)
{
  TillSandboxForm *node = g_new0 (TillSandboxForm, 1);

  node->name = g_strdup (name);
  return node;
}

TillSandboxForm *
till_sandbox_form_new (void)
{
  return till_sandbox_form_node ("");
}

void
till_sandbox_form_free (TillSandboxForm *form)
{
  if (form == NULL)
    return;

  /* Card numbers pass through here. */
  if (form->text != NULL)
    explicit_bzero (form->text, strlen (form->text));
  g_clear_pointer (&form->children, g_ptr_array_unref);
  g_free (form->text);
  g_free (form->name);
  g_free (form);
}

static int
hex_pair (const char *at, const char *end)
{
  if (end - at < 3)
    return -1;

  int high = g_ascii_xdigit_value (at[1]);
  int low = g_ascii_xdigit_value (at[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static char *
unescape (const char *from, const char *end, GError **error)
{
  g_autoptr (GString) plain = g_string_sized_new ((gsize) (end - from));

  for (const char *at = from; at < end; at++)
    {
      int byte = *at == '+' ? ' ' : (guchar) *at;

      if (*at == '%')
        {
          byte = hex_pair (at, end);
          at += 2;
        }
      if (byte <= 0)
        {
          g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                               "The request has a bad %-escape or a zero byte; encode it as a form.");
          return NULL;
        }
      g_string_append_c (plain, (char) byte);
    }

  if (!g_utf8_validate (plain->str, (gssize) plain->len, NULL))
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                           "The request is not UTF-8; encode it as UTF-8.");
      return NULL;
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* "a[b][]" to "a", "b", ""; %NULL if the brackets don't match. */
static GStrv
split_brackets (const char *name)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  gsize first_length = strcspn (name, "[");
  g_autofree char *first = g_strndup (name, first_length);
  const char *bracket = name + first_length;
  guint depth = 1;

  if (*first == '\0' || strpbrk (first, "].") != NULL)
    return NULL;
  g_strv_builder_add (parts, first);

  while (*bracket != '\0')
    {
      const char *close = *bracket == '[' ? strchr (bracket, ']') : NULL;
      if (close == NULL || ++depth > TILL_SANDBOX_FORM_DEPTH)
        return NULL;

      g_autofree char *part = g_strndup (bracket + 1, (gsize) (close - bracket - 1));
      if (strchr (part, '[') != NULL)
        return NULL;
      g_strv_builder_add (parts, part);
      bracket = close + 1;
    }
  return g_strv_builder_end (parts);
}

static TillSandboxForm *
child_named (const TillSandboxForm *form, const char *name)
{
  for (guint i = 0; form->children != NULL && i < form->children->len; i++)
    {
      TillSandboxForm *child = form->children->pdata[i];
      if (g_str_equal (child->name, name))
        return child;
    }
  return NULL;
}

/* The child to go on in, made if need be; %NULL if @form is a text. */
static TillSandboxForm *
descend (TillSandboxForm *form, const char *name)
{
  g_autofree char *index = NULL;

  if (form->text != NULL)
    return NULL;
  if (form->children == NULL)
    form->children = g_ptr_array_new_with_free_func ((GDestroyNotify) till_sandbox_form_free);
  if (*name == '\0')
    name = index = g_strdup_printf ("%u", form->children->len);

  TillSandboxForm *child = child_named (form, name);
  if (child == NULL)
    {
      child = till_sandbox_form_node (name);
      g_ptr_array_add (form->children, child);
    }
  return child;
}

static gboolean
add_field (TillSandboxForm *form, const char *name, const char *text, GError **error)
{
  g_auto (GStrv) parts = split_brackets (name);
  TillSandboxForm *node = form;

  if (parts == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "Invalid parameter name: %.100s; write it as name[part][part], at most %d deep.", name,
                   TILL_SANDBOX_FORM_DEPTH);
      return FALSE;
    }
  if (++form->fields > TILL_SANDBOX_FORM_FIELDS)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "The request has more than %d parameters.",
                   TILL_SANDBOX_FORM_FIELDS);
      return FALSE;
    }

  for (guint i = 0; parts[i] != NULL && node != NULL; i++)
    node = descend (node, parts[i]);
  if (node == NULL || node->children != NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "Invalid parameter: %.100s is given both as text and as a hash.", name);
      return FALSE;
    }
  g_free (node->text);
  node->text = g_strdup (text);
  return TRUE;
}

gboolean
till_sandbox_form_parse (TillSandboxForm *form, const char *encoded, gsize length, GError **error)
{
  const char *at = encoded;
  const char *end = encoded + length;

  g_return_val_if_fail (form != NULL, FALSE);

  while (at < end)
    {
      const char *stop = memchr (at, '&', (gsize) (end - at));
      if (stop == NULL)
        stop = end;

      if (stop > at)
        {
          const char *equals = memchr (at, '=', (gsize) (stop - at));
          const char *name_end = equals != NULL ? equals : stop;
          g_autofree char *name = unescape (at, name_end, error);
          if (name == NULL)
            return FALSE;
          g_autofree char *text = unescape (equals != NULL ? equals + 1 : stop, stop, error);
          if (text == NULL || !add_field (form, name, text, error))
            return FALSE;
        }
      at = stop + 1;
    }
  return TRUE;
}

const TillSandboxForm *
till_sandbox_form_at (const TillSandboxForm *form, const char *path)
{
  if (*path == '\0')
    return form;

  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  for (guint i = 0; names[i] != NULL && form != NULL; i++)
    form = child_named (form, names[i]);
  return form;
}

const char *
till_sandbox_form_text (const TillSandboxForm *form)
{
  return form != NULL ? form->text : NULL;
}

guint
till_sandbox_form_length (const TillSandboxForm *form)
{
  return form != NULL && form->children != NULL ? form->children->len : 0;
}

const TillSandboxForm *
till_sandbox_form_nth (const TillSandboxForm *form, guint index)
{
  g_return_val_if_fail (index < till_sandbox_form_length (form), NULL);

  return form->children->pdata[index];
}

const char *
till_sandbox_form_nth_name (const TillSandboxForm *form, guint index)
{
  const TillSandboxForm *child = till_sandbox_form_nth (form, index);

  return child != NULL ? child->name : NULL;
}

static gboolean
visit_below (const TillSandboxForm *form, const char *path, TillSandboxFormVisit visit, gpointer data)
{
  if (form->text != NULL)
    return visit (path, form->text, data);

  for (guint i = 0; i < till_sandbox_form_length (form); i++)
    {
      const TillSandboxForm *child = form->children->pdata[i];
      g_autofree char *below
          = *path == '\0' ? g_strdup (child->name) : g_strconcat (path, "[", child->name, "]", NULL);

      if (!visit_below (child, below, visit, data))
        return FALSE;
    }
  return TRUE;
}

gboolean
till_sandbox_form_foreach (const TillSandboxForm *form, TillSandboxFormVisit visit, gpointer data)
{
  return visit_below (form, "", visit, data);
}

static gboolean
collect_line (const char *path, const char *text, gpointer data)
{
  GPtrArray *lines = data;

  g_ptr_array_add (lines, g_strdup_printf ("%" G_GSIZE_FORMAT ":%s=%" G_GSIZE_FORMAT ":%s", strlen (path),
                                           path, strlen (text), text));
  return TRUE;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
till_sandbox_form_canonical (const TillSandboxForm *form)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  till_sandbox_form_foreach (form, collect_line, lines);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

char *
till_sandbox_form_bracketed (const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  GString *bracketed = g_string_new (names[0]);

  for (guint i = 1; names[0] != NULL && names[i] != NULL; i++)
    g_string_append_printf (bracketed, "[%s]", names[i]);
  return g_string_free (bracketed, FALSE);
}
