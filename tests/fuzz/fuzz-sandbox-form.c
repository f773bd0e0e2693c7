/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "sandbox/till-sandbox-form.h"

/* The parameters of a call of the sandbox. */

static gboolean
visit (const char *path, const char *text, gpointer count)
{
  g_assert_true (g_utf8_validate (path, -1, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  ++*(guint *) count;
  return TRUE;
}

/* The tree written as a form again. */
static gboolean
write_field (const char *path, const char *text, gpointer form)
{
  g_autofree char *name = g_uri_escape_string (path, "[]", FALSE);
  g_autofree char *value = g_uri_escape_string (text, NULL, FALSE);

  g_string_append_printf (form, "%s%s=%s", ((GString *) form)->len > 0 ? "&" : "", name, value);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (TillSandboxForm) form = till_sandbox_form_new ();
  g_autoptr (GError) error = NULL;
  guint count = 0;

  if (!till_sandbox_form_parse (form, (const char *) data, size, &error))
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert_true (till_sandbox_form_foreach (form, visit, &count));
  g_assert_cmpuint (count, <=, TILL_SANDBOX_FORM_FIELDS);

  g_autofree char *canonical = till_sandbox_form_canonical (form);
  g_autoptr (GString) written = g_string_new (NULL);
  g_autoptr (TillSandboxForm) again = till_sandbox_form_new ();
  till_sandbox_form_foreach (form, write_field, written);
  g_assert_true (till_sandbox_form_parse (again, written->str, written->len, &error));
  g_autofree char *same = till_sandbox_form_canonical (again);
  g_assert_cmpstr (canonical, ==, same);
  return 0;
}
