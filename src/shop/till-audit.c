/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-audit-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (TillAudit, till_audit, till_audit_ref, till_audit_unref)

static void
till_audit_finding_free (gpointer data)
{
  TillAuditFinding *finding = data;

  g_free (finding->check);
  g_free (finding->subject);
  g_free (finding->words);
  g_free (finding->mend);
  g_free (finding);
}

TillAudit *
till_audit_new (void)
{
  TillAudit *self = g_atomic_rc_box_new0 (TillAudit);

  self->findings = g_ptr_array_new_with_free_func (till_audit_finding_free);
  self->unchecked = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
till_audit_clear (gpointer data)
{
  TillAudit *self = data;

  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->unchecked);
}

TillAudit *
till_audit_ref (TillAudit *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
till_audit_unref (TillAudit *self)
{
  g_atomic_rc_box_release_full (self, till_audit_clear);
}

void
till_audit_find (TillAudit *self, const char *check, const char *subject, const char *words, const char *mend)
{
  TillAuditFinding *finding = g_new0 (TillAuditFinding, 1);

  finding->check = g_strdup (check);
  finding->subject = g_strdup (subject);
  finding->words = g_strdup (words);
  finding->mend = g_strdup (mend);
  g_ptr_array_add (self->findings, finding);
}

void
till_audit_leave (TillAudit *self, const char *words, ...)
{
  va_list arguments;

  va_start (arguments, words);
  g_ptr_array_add (self->unchecked, g_strdup_vprintf (words, arguments));
  va_end (arguments);
}

char *
till_audit_to_text (const TillAudit *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text,
      _ ("%" G_GINT64_FORMAT " rows, %u consents, %u records, %u payments by face, %u passes checked.\n"),
      self->rows, self->consents, self->records, self->charges, self->passes);
  for (guint i = 0; i < self->findings->len; i++)
    {
      const TillAuditFinding *finding = g_ptr_array_index (self->findings, i);

      g_string_append_printf (text, "\n%s: %s\n  %s\n", finding->subject, finding->words, finding->mend);
    }
  for (guint i = 0; i < self->unchecked->len; i++)
    /* TRANSLATORS: a sentence that says what and why */
    g_string_append_printf (text, _ ("\nNot checked: %s\n"),
                            (const char *) g_ptr_array_index (self->unchecked, i));
  if (self->findings->len == 0)
    g_string_append_printf (text, "\n%s\n",
                            self->unchecked->len == 0 ? _ ("All right.") : _ ("Nothing wrong was found."));
  return g_string_free (text, FALSE);
}

JsonObject *
till_audit_to_json (const TillAudit *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *findings = json_array_new ();
  JsonArray *unchecked = json_array_new ();

  for (guint i = 0; i < self->findings->len; i++)
    {
      const TillAuditFinding *finding = g_ptr_array_index (self->findings, i);
      JsonObject *member = json_object_new ();

      json_object_set_string_member (member, "check", finding->check);
      json_object_set_string_member (member, "subject", finding->subject);
      json_object_set_string_member (member, "words", finding->words);
      json_object_set_string_member (member, "mend", finding->mend);
      json_array_add_object_element (findings, member);
    }
  for (guint i = 0; i < self->unchecked->len; i++)
    json_array_add_string_element (unchecked, g_ptr_array_index (self->unchecked, i));
  json_object_set_int_member (object, "rows", self->rows);
  json_object_set_int_member (object, "consents", self->consents);
  json_object_set_int_member (object, "records", self->records);
  json_object_set_int_member (object, "charges", self->charges);
  json_object_set_int_member (object, "passes", self->passes);
  json_object_set_boolean_member (object, "right", self->findings->len == 0);
  json_object_set_array_member (object, "findings", findings);
  json_object_set_array_member (object, "unchecked", unchecked);
  return object;
}
