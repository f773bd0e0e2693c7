/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "pass-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

static void
await (GAsyncResult **done)
{
  while (*done == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_changed (TillPassBook *book, guint *changes)
{
  (*changes)++;
}

static void
open_vault (PassFixture *self)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_vault_open_async (self->vault, TRUE, NULL, on_done, &done);
  await (&done);
  till_vault_open_finish (self->vault, done, &error);
  g_assert_no_error (error);
}

void
pass_fixture_open (PassFixture *self, gboolean locked)
{
  g_autofree char *path = g_build_filename (self->folder, "till.db", NULL);
  g_autoptr (TillKeyring) keyring = till_keyring_new (self->profile);
  g_autoptr (GError) error = NULL;

  self->store = till_store_open (path, &error);
  g_assert_no_error (error);
  self->vault = till_vault_new (keyring, self->store, &error);
  g_assert_no_error (error);
  if (!locked)
    open_vault (self);
  self->ledger = till_ledger_new (self->store, till_clock_system (), &error);
  g_assert_no_error (error);
  self->book = till_pass_book_new (self->store, self->vault, self->ledger, &error);
  g_assert_no_error (error);
  g_signal_connect (self->book, "changed", G_CALLBACK (on_changed), &self->changes);
}

void
pass_fixture_close (PassFixture *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->book));
  g_assert_finalize_object (g_steal_pointer (&self->ledger));
  g_assert_finalize_object (g_steal_pointer (&self->vault));
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

/* @data: not NULL to leave the vault closed. */
void
pass_fixture_set_up (PassFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->profile = g_uuid_string_random ();
  self->folder = g_dir_make_tmp ("test-pass-XXXXXX", &error);
  g_assert_no_error (error);
  pass_fixture_open (self, data != NULL);
}

static GPtrArray *
list_files (PassFixture *self)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (paths, g_build_filename (self->folder, name, NULL));
  return paths;
}

void
pass_fixture_tear_down (PassFixture *self, gconstpointer data)
{
  pass_fixture_close (self);

  g_autoptr (GPtrArray) paths = list_files (self);
  for (guint i = 0; i < paths->len; i++)
    g_assert_cmpint (g_unlink (g_ptr_array_index (paths, i)), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->profile);
}

TillFacePass *
pass_fixture_make (gint64 issued_day, gint64 expires_day)
{
  float vector[TILL_VISION_EMBEDDING];
  double square = 0;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      vector[i] = (float) g_test_rand_double_range (-1, 1);
      square += (double) vector[i] * (double) vector[i];
    }
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    vector[i] = (float) ((double) vector[i] / sqrt (square));

  TillFacePass *pass
      = till_face_pass_new (NULL, PASS_SUFFIX, PASS_PAYER, vector, 1, issued_day, expires_day, &error);
  g_assert_no_error (error);
  return pass;
}

JsonObject *
pass_fixture_consent_to (PassFixture *self, TillConsentPurpose purpose, const char *customer, const char *id)
{
  const TillConsentGiven given = {
    .id = id,
    .purpose = purpose,
    .customer = customer,
    .by = TILL_CONSENT_BY_ADULT,
    .at_us = PASS_NOON_US,
    .place = TILL_CONSENT_PLACE_DISPLAY,
  };
  g_autoptr (GError) error = NULL;
  JsonObject *consent = till_consent_to_json (&given, self->vault, &error);

  g_assert_no_error (error);
  return consent;
}

JsonObject *
pass_fixture_consent (PassFixture *self, const TillFacePass *pass)
{
  return pass_fixture_consent_to (self, TILL_CONSENT_PASS, till_face_pass_get_id (pass),
                                  till_face_pass_get_consent (pass));
}

gboolean
pass_fixture_add (PassFixture *self, TillFacePass *pass, JsonObject *consent, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_pass_book_issue_async (self->book, pass, consent, NULL, on_done, &done);
  await (&done);
  return till_pass_book_issue_finish (self->book, done, error);
}

TillFacePass *
pass_fixture_issue (PassFixture *self, char **text)
{
  TillFacePass *pass = pass_fixture_make (PASS_DAY, PASS_EXPIRES);
  g_autoptr (GError) error = NULL;

  pass_fixture_add (self, pass, pass_fixture_consent (self, pass), &error);
  g_assert_no_error (error);
  *text = till_face_pass_write (pass, self->vault, &error);
  g_assert_no_error (error);
  return pass;
}

TillFacePass *
pass_fixture_check (PassFixture *self, const char *text, gint64 now_us, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_pass_book_check_async (self->book, text, now_us, NULL, on_done, &done);
  await (&done);
  return till_pass_book_check_finish (self->book, done, error);
}

gboolean
pass_fixture_confirm (PassFixture *self, TillFacePass *pass, gint64 now_us, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_pass_book_confirm_async (self->book, pass, now_us, NULL, on_done, &done);
  await (&done);
  return till_pass_book_confirm_finish (self->book, done, error);
}

TillLedgerEntry *
pass_fixture_revoke (PassFixture *self, const char *pass, JsonObject *extra, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_pass_book_revoke_async (self->book, pass, extra, NULL, on_done, &done);
  await (&done);
  return till_pass_book_revoke_finish (self->book, done, error);
}

GPtrArray *
pass_fixture_list (PassFixture *self)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_pass_book_list_async (self->book, NULL, on_done, &done);
  await (&done);

  GPtrArray *rows = till_pass_book_list_finish (self->book, done, &error);
  g_assert_no_error (error);
  return rows;
}

void
pass_fixture_rotate (PassFixture *self, gboolean void_passes)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_vault_rotate_async (self->vault, void_passes, NULL, NULL, NULL, NULL, NULL, NULL, on_done, &done);
  await (&done);
  till_vault_rotate_finish (self->vault, done, &error);
  g_assert_no_error (error);
}

char *
pass_fixture_ledger_kinds (PassFixture *self)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GString) kinds = g_string_new (NULL);

  till_ledger_list_async (self->ledger, NULL, NULL, NULL, 0, NULL, on_done, &done);
  await (&done);
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (self->ledger, done, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);
      g_string_append_printf (kinds, "%s%s", i > 0 ? " " : "", row->kind);
    }
  return g_strdup (kinds->str);
}

static gpointer
do_tamper (sqlite3 *db, gpointer data, GError **error)
{
  char *message = NULL;

  sqlite3_exec (db, data, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  return NULL;
}

void
pass_fixture_tamper (PassFixture *self, const char *sql)
{
  g_autofree char *copy = g_strdup (sql);
  g_autoptr (GError) error = NULL;

  till_store_run (self->store, do_tamper, copy, &error);
  g_assert_no_error (error);
}

gboolean
pass_fixture_on_disk (PassFixture *self, gconstpointer bytes, gsize size)
{
  g_autoptr (GPtrArray) paths = list_files (self);

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *content = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (g_ptr_array_index (paths, i), &content, &length, NULL));
      if (memmem (content, length, bytes, size) != NULL)
        return TRUE;
    }
  return FALSE;
}
