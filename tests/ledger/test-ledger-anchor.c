/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "ledger-fixture.h"
#include "ledger/till-ledger-anchor.h"

#include <glib/gstdio.h>
#include <string.h>

/* The keyring remembers where the books end. Runs in a session with a keyring of its own. */

typedef struct
{
  LedgerFixture books;
  char *copy; /* of the database as it was */
  TillKeyring *keyring;
  TillLedgerAnchor *anchor;
} Fixture;

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
await (GAsyncResult **done)
{
  while (*done == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_anchor (Fixture *self)
{
  self->anchor = till_ledger_anchor_new (self->books.ledger, self->keyring);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *profile = g_uuid_string_random ();

  ledger_fixture_set_up (&self->books, NULL);
  self->copy = g_strconcat (self->books.path, ".copy", NULL);
  self->keyring = till_keyring_new (profile);
  open_anchor (self);
}

static void
flush (Fixture *self)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_ledger_anchor_flush_async (self->anchor, NULL, on_done, &done);
  await (&done);
  g_assert_true (till_ledger_anchor_flush_finish (self->anchor, done, &error));
  g_assert_no_error (error);
}

static void
close_books (Fixture *self)
{
  /* What is being remembered holds the anchor. */
  flush (self);
  g_assert_finalize_object (g_steal_pointer (&self->anchor));
  ledger_fixture_close (&self->books);
}

static void
open_books (Fixture *self)
{
  ledger_fixture_open (&self->books);
  open_anchor (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  close_books (self);
  g_assert_finalize_object (self->keyring);
  ledger_fixture_tear_down (&self->books, NULL);
  g_free (self->copy);
}

static void
append (Fixture *self, const char *sale)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry
      = ledger_fixture_append (&self->books, TILL_LEDGER_TENDER, sale, NULL, "{}", &error);

  g_assert_no_error (error);
}

/* What a check says (transfer full) (nullable). */
static GError *
check (Fixture *self)
{
  g_autoptr (GAsyncResult) done = NULL;
  GError *error = NULL;

  till_ledger_anchor_check_async (self->anchor, NULL, on_done, &done);
  await (&done);
  g_assert_cmpint (till_ledger_anchor_check_finish (self->anchor, done, &error), ==, error == NULL);
  return error;
}

static void
assert_right (Fixture *self)
{
  g_autoptr (GError) error = check (self);

  g_assert_no_error (error);
}

static void
assert_wrong (Fixture *self, const char *words)
{
  g_autoptr (GError) error = check (self);

  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, words));
}

/* As it is in the keyring: "smiletill-books-1 ROW HASH" (transfer full) (nullable). */
static char *
look (Fixture *self)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_keyring_lookup_async (self->keyring, "books-end", NULL, on_done, &done);
  await (&done);
  g_autoptr (TillSecret) note = till_keyring_lookup_finish (self->keyring, done, &error);
  g_assert_no_error (error);
  return note != NULL ? g_strdup (till_secret_get_data (note)) : NULL;
}

static void
assert_remembered (Fixture *self, const char *beginning)
{
  g_autofree char *note = look (self);

  g_assert_true (g_str_has_prefix (note, beginning));
}

static void
copy (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Two rows that are kept, of which the file is put back to the first. */
static void
roll_back (Fixture *self)
{
  append (self, "sale_1");
  assert_right (self);
  close_books (self);
  copy (self->books.path, self->copy);
  open_books (self);
  assert_right (self);
  append (self, "sale_2");
  flush (self);
  close_books (self);
  copy (self->copy, self->books.path);
  open_books (self);
}

static void
test_follows (Fixture *self, gconstpointer data)
{
  append (self, "sale_1");
  flush (self);
  g_autofree char *nothing = look (self);
  g_assert_null (nothing);

  assert_right (self);
  flush (self);
  assert_remembered (self, "smiletill-books-1 1 ");
  for (guint i = 0; i < 20; i++)
    append (self, "sale_2");
  flush (self);
  assert_remembered (self, "smiletill-books-1 21 ");

  close_books (self);
  open_books (self);
  assert_right (self);
}

/* Without being asked to: the signal is enough. */
static void
test_follows_by_itself (Fixture *self, gconstpointer data)
{
  gboolean there = FALSE;

  assert_right (self);
  append (self, "sale_1");
  while (!there)
    {
      g_autofree char *note = look (self);
      there = note != NULL && g_str_has_prefix (note, "smiletill-books-1 1 ");
    }
}

/* A till that died before the keyring heard of its last rows. */
static void
test_behind (Fixture *self, gconstpointer data)
{
  append (self, "sale_1");
  assert_right (self);
  flush (self);
  close_books (self);
  ledger_fixture_open (&self->books);
  append (self, "sale_2");
  open_anchor (self);
  assert_right (self);
  flush (self);
  assert_remembered (self, "smiletill-books-1 2 ");
}

static void
test_rolled_back (Fixture *self, gconstpointer data)
{
  roll_back (self);
  assert_wrong (self, "the books end at row 1, the keyring remembers row 2");

  /* What is written meanwhile does not hide it. */
  append (self, "sale_3");
  flush (self);
  assert_remembered (self, "smiletill-books-1 2 ");
  assert_wrong (self, "row 2 of the books is another one");
  append (self, "sale_4");
  assert_wrong (self, "row 2 of the books is another one");
}

static void
test_accepted (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  roll_back (self);
  till_ledger_anchor_accept_async (self->anchor, "owner", NULL, on_done, &done);
  await (&done);
  g_autoptr (TillLedgerEntry) row = till_ledger_anchor_accept_finish (self->anchor, done, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->kind, ==, TILL_LEDGER_RECOVERY);
  g_assert_cmpint (row->seq, ==, 2);
  g_assert_cmpint (json_object_get_int_member (row->body, "remembered"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (row->body, "by"), ==, "owner");
  g_assert_cmpuint (strlen (json_object_get_string_member (row->body, "remembered_hash")), ==, 64);
  assert_remembered (self, "smiletill-books-1 2 ");
  assert_right (self);
}

/* A keyring that says nothing keeps nobody from closing the till. */
static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) waiting = NULL;
  g_autoptr (GCancellable) patience = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  append (self, "sale_1");
  assert_right (self);
  till_ledger_anchor_flush_async (self->anchor, patience, on_done, &cancelled);
  till_ledger_anchor_flush_async (self->anchor, NULL, on_done, &waiting);
  g_cancellable_cancel (patience);
  await (&cancelled);
  g_assert_null (waiting);
  g_assert_false (till_ledger_anchor_flush_finish (self->anchor, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  await (&waiting);
  g_assert_true (till_ledger_anchor_flush_finish (self->anchor, waiting, &error));
}

/* Waited for to the end with a cancellable that nobody cancels: nothing of it stays behind. */
static void
test_not_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GCancellable) patience = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  append (self, "sale_1");
  assert_right (self);
  till_ledger_anchor_flush_async (self->anchor, patience, on_done, &done);
  await (&done);
  g_assert_true (till_ledger_anchor_flush_finish (self->anchor, done, &error));
  g_assert_no_error (error);
  g_cancellable_cancel (patience);
}

static void
test_unreadable_note (Fixture *self, gconstpointer data)
{
  g_autoptr (TillSecret) note = till_secret_new ("smiletill-books-1 x y", 21);
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_keyring_store_async (self->keyring, "books-end", note, NULL, on_done, &done);
  await (&done);
  g_assert_true (till_keyring_store_finish (self->keyring, done, &error));
  assert_wrong (self, "can't be read");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/ledger-anchor/follows", test_follows);
  ADD ("/ledger-anchor/follows-by-itself", test_follows_by_itself);
  ADD ("/ledger-anchor/behind", test_behind);
  ADD ("/ledger-anchor/rolled-back", test_rolled_back);
  ADD ("/ledger-anchor/accepted", test_accepted);
  ADD ("/ledger-anchor/unreadable-note", test_unreadable_note);
  ADD ("/ledger-anchor/cancelled", test_cancelled);
  ADD ("/ledger-anchor/not-cancelled", test_not_cancelled);
  return g_test_run ();
}
