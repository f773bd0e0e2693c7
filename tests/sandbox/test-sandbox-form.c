/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/till-error.h"
#include "sandbox/till-sandbox-form.h"

static TillSandboxForm *
parse (const char *encoded)
{
  TillSandboxForm *form = till_sandbox_form_new ();
  g_autoptr (GError) error = NULL;

  till_sandbox_form_parse (form, encoded, strlen (encoded), &error);
  g_assert_no_error (error);
  return form;
}

static void
assert_text (const TillSandboxForm *form, const char *path, const char *text)
{
  g_assert_cmpstr (till_sandbox_form_text (till_sandbox_form_at (form, path)), ==, text);
}

static void
assert_refused (const char *encoded, gsize length)
{
  g_autoptr (TillSandboxForm) form = till_sandbox_form_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (till_sandbox_form_parse (form, encoded, length, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

static void
test_plain (void)
{
  g_autoptr (TillSandboxForm) form = parse ("amount=1250&currency=eur&empty=&bare&&twice=1&twice=2");

  assert_text (form, "amount", "1250");
  assert_text (form, "currency", "eur");
  assert_text (form, "empty", "");
  assert_text (form, "bare", "");
  assert_text (form, "twice", "2");
  assert_text (form, "absent", NULL);
  g_assert_cmpuint (till_sandbox_form_length (form), ==, 5);
}

static void
test_brackets (void)
{
  g_autoptr (TillSandboxForm) form
      = parse ("a[b]=1&a%5Bc%5D[d]=2&list[]=x&list[]=y&index[1]=q&index[0]=p&metadata[sale.id]=s&a[b]=3");

  assert_text (form, "a.b", "3");
  assert_text (form, "a.c.d", "2");
  assert_text (form, "list.0", "x");
  assert_text (form, "list.1", "y");
  assert_text (form, "index.0", "p");
  assert_text (form, "index.1", "q");
  g_assert_null (till_sandbox_form_text (till_sandbox_form_at (form, "a")));
  g_assert_cmpuint (till_sandbox_form_length (till_sandbox_form_at (form, "list")), ==, 2);

  const TillSandboxForm *metadata = till_sandbox_form_at (form, "metadata");
  g_assert_cmpstr (till_sandbox_form_nth_name (metadata, 0), ==, "sale.id");
}

static void
test_escapes (void)
{
  g_autoptr (TillSandboxForm) form = parse ("name=Fran%C3%A7ois+%2B+Anna%26Co%3D%25&note=a%0D%0Ab");

  assert_text (form, "name", "François + Anna&Co=%");
  assert_text (form, "note", "a\r\nb");
}

static void
test_hostile (void)
{
  static const char *const bad[]
      = { "a=%",     "a=%4",  "a=%zz",      "a=%00",      "%00=a",           "a=%ff%fe",
          "=x",      "[a]=x", "a]=x",       "a[b=x",      "a[b]c=x",         "a[[b]]=x",
          "a[b]]=x", "a.b=x", "a=1&a[b]=2", "a[b]=1&a=2", "a[]=1&a[0][b]=2", "a[b][c][d][e][f][g]=1" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      assert_refused (bad[i], strlen (bad[i]));
    }
  assert_refused ("a=x\0y", 5);
}

static void
test_bounds (void)
{
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 0; i < TILL_SANDBOX_FORM_FIELDS; i++)
    g_string_append_printf (many, "f%u=%u&", i, i);
  g_autoptr (TillSandboxForm) form = parse (many->str);
  g_assert_cmpuint (till_sandbox_form_length (form), ==, TILL_SANDBOX_FORM_FIELDS);

  g_string_append (many, "one=more");
  assert_refused (many->str, many->len);
}

static void
test_canonical (void)
{
  g_autoptr (TillSandboxForm) one = parse ("b=2&a[x]=1&list[]=p&list[]=q");
  g_autoptr (TillSandboxForm) same = parse ("list[0]=p&list[1]=q&a%5Bx%5D=1&b=2");
  g_autoptr (TillSandboxForm) order = parse ("b=2&a[x]=1&list[]=q&list[]=p");
  g_autoptr (TillSandboxForm) split = parse ("a=b&c=d");
  g_autoptr (TillSandboxForm) joined = parse ("a=b%0A1%3Ac%3D1%3Ad");
  g_autofree char *text = till_sandbox_form_canonical (one);
  g_autofree char *same_text = till_sandbox_form_canonical (same);
  g_autofree char *order_text = till_sandbox_form_canonical (order);
  g_autofree char *split_text = till_sandbox_form_canonical (split);
  g_autofree char *joined_text = till_sandbox_form_canonical (joined);

  g_assert_cmpstr (text, ==, same_text);
  g_assert_cmpstr (text, !=, order_text);
  g_assert_cmpstr (split_text, !=, joined_text);
}

static gboolean
count_text (const char *path, const char *text, gpointer data)
{
  g_assert_true (g_utf8_validate (path, -1, NULL) && g_utf8_validate (text, -1, NULL));
  ++*(guint *) data;
  return TRUE;
}

/* Whatever comes in, the parser either refuses it with words or gives a tree that can be walked. */
static void
test_random (void)
{
  static const char letters[] = "ab[]=&%+.0\xc3\xa9\xff\0";
  guint parsed = 0;

  for (guint round = 0; round < 50000; round++)
    {
      char text[24];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof text);
      g_autoptr (TillSandboxForm) form = till_sandbox_form_new ();
      g_autoptr (GError) error = NULL;
      guint fields = 0;

      for (gsize i = 0; i < length; i++)
        text[i] = letters[g_test_rand_int_range (0, sizeof letters)];
      if (till_sandbox_form_parse (form, text, length, &error))
        parsed++;
      else
        g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      till_sandbox_form_foreach (form, count_text, &fields);
    }
  g_assert_cmpuint (parsed, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/form/plain", test_plain);
  g_test_add_func ("/sandbox/form/brackets", test_brackets);
  g_test_add_func ("/sandbox/form/escapes", test_escapes);
  g_test_add_func ("/sandbox/form/hostile", test_hostile);
  g_test_add_func ("/sandbox/form/bounds", test_bounds);
  g_test_add_func ("/sandbox/form/canonical", test_canonical);
  g_test_add_func ("/sandbox/form/random", test_random);
  return g_test_run ();
}
