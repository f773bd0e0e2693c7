/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pass-fixture.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "customers/till-pass-text.h"

#include <string.h>

#define DAY_US (24 * 3600 * (gint64) G_USEC_PER_SEC)

static void
assert_refused (PassFixture *shop, const char *text, gint64 now_us, TillPassError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_check (shop, text, now_us, &error);

  g_assert_error (error, TILL_PASS_ERROR, (int) code);
  g_assert_null (pass);
}

static void
assert_good (PassFixture *shop, const char *text, const TillFacePass *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_check (shop, text, PASS_NOON_US, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (till_face_pass_get_id (pass), ==, till_face_pass_get_id (wanted));
}

static void
withdraw (PassFixture *shop, const char *pass)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = pass_fixture_revoke (shop, pass, NULL, &error);

  g_assert_no_error (error);
}

/* What is issued is what is read, and the books say so. */
static void
test_book_issue (PassFixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);
  g_autoptr (TillFacePass) seen = pass_fixture_check (shop, text, PASS_NOON_US, &error);
  g_autofree char *kinds = pass_fixture_ledger_kinds (shop);

  g_assert_no_error (error);
  g_assert_cmpstr (till_face_pass_get_id (seen), ==, till_face_pass_get_id (pass));
  g_assert_cmpstr (till_face_pass_get_number (seen), ==, till_face_pass_get_number (pass));
  g_assert_cmpstr (till_face_pass_get_consent (seen), ==, till_face_pass_get_consent (pass));
  g_assert_cmpint (till_face_pass_get_issued_day (seen), ==, PASS_DAY);
  g_assert_cmpint (till_face_pass_get_expires_day (seen), ==, PASS_EXPIRES);
  g_assert_true (till_face_pass_has_suffix (seen, PASS_SUFFIX));
  g_assert_false (till_face_pass_has_suffix (seen, "0418"));
  g_assert_false (till_face_pass_has_suffix (seen, "041"));
  g_assert_cmpstr (kinds, ==, "wording consent pass-issue");
  g_assert_cmpuint (shop->changes, ==, 1);

  g_autoptr (TillCustomer) before = till_face_pass_to_customer (pass);
  g_autoptr (TillCustomer) after = till_face_pass_to_customer (seen);
  g_assert_cmpstr (till_customer_get_id (after), ==, till_face_pass_get_id (pass));
  g_assert_cmpstr (till_customer_get_name (after), ==, till_face_pass_get_number (pass));
  g_assert_cmpstr (till_customer_get_suffix (after), ==, PASS_SUFFIX);
  g_assert_cmpstr (till_customer_get_payer (after), ==, PASS_PAYER);
  g_assert_cmpint (memcmp (till_customer_get_mean (after), till_customer_get_mean (before),
                           TILL_VISION_EMBEDDING * sizeof (float)),
                   ==, 0);
}

/* No pass without its own consent, and none twice; then nothing at all is written. */
static void
test_book_issue_refused (PassFixture *shop, gconstpointer data)
{
  g_autoptr (TillFacePass) pass = pass_fixture_make (PASS_DAY, PASS_EXPIRES);
  g_autoptr (TillFacePass) other = pass_fixture_make (PASS_DAY, PASS_EXPIRES);
  const char *id = till_face_pass_get_id (pass);
  const char *consent = till_face_pass_get_consent (pass);
  JsonObject *wrong[] = {
    pass_fixture_consent (shop, other),
    pass_fixture_consent_to (shop, TILL_CONSENT_PASS, id, "consent_other"),
    pass_fixture_consent_to (shop, TILL_CONSENT_PASS, till_face_pass_get_id (other), consent),
    pass_fixture_consent_to (shop, TILL_CONSENT_ENROLMENT, id, consent),
    pass_fixture_consent (shop, pass), /* to a wording that nobody was shown */
  };
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (wrong[G_N_ELEMENTS (wrong) - 1], "wording_sha256", "00");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (pass_fixture_add (shop, pass, wrong[i], &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_clear_error (&error);
    }

  g_autoptr (GPtrArray) none = pass_fixture_list (shop);
  g_autofree char *silent = pass_fixture_ledger_kinds (shop);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpstr (silent, ==, "");

  g_assert_true (pass_fixture_add (shop, pass, pass_fixture_consent (shop, pass), &error));
  g_assert_no_error (error);
  g_assert_false (pass_fixture_add (shop, pass, pass_fixture_consent (shop, pass), &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_EXISTS);
  g_autofree char *kinds = pass_fixture_ledger_kinds (shop);
  g_assert_cmpstr (kinds, ==, "wording consent pass-issue");
}

/* The till keeps an id and two dates, and nothing else of the holder. */
static void
test_book_keeps_nothing (PassFixture *shop, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);
  g_autoptr (TillCustomer) holder = till_face_pass_to_customer (pass);
  g_autoptr (GBytes) whole = till_pass_text_read (text, NULL);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (whole, &size);

  assert_good (shop, text, pass);
  g_assert_true (
      pass_fixture_on_disk (shop, till_face_pass_get_id (pass), strlen (till_face_pass_get_id (pass))));
  g_assert_false (pass_fixture_on_disk (shop, PASS_PAYER, strlen (PASS_PAYER)));
  g_assert_false (pass_fixture_on_disk (shop, text + strlen (TILL_PASS_TEXT_PREFIX), 24));
  for (gsize i = 40; i + 16 < size; i++)
    g_assert_false (pass_fixture_on_disk (shop, bytes + i, 16));
  for (guint i = 0; i + 4 < TILL_VISION_EMBEDDING; i++)
    g_assert_false (pass_fixture_on_disk (shop, till_customer_get_mean (holder) + i, 4 * sizeof (float)));
}

/* Good through its last day, in UTC, and not a microsecond longer, when shown and when paid with. */
static void
test_book_expiry (PassFixture *shop, gconstpointer data)
{
  const gint64 over_us = (PASS_EXPIRES + 1) * DAY_US;
  g_autofree char *text = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillFacePass) last = pass_fixture_check (shop, text, over_us - 1, &error);

  g_assert_no_error (error);
  g_assert_true (pass_fixture_confirm (shop, last, over_us - 1, &error));
  g_assert_no_error (error);
  assert_refused (shop, text, over_us, TILL_PASS_ERROR_EXPIRED);
  g_assert_null (till_face_pass_read (text, shop->vault, over_us, &error));
  g_assert_error (error, TILL_PASS_ERROR, TILL_PASS_ERROR_EXPIRED);
  g_clear_error (&error);
  g_assert_false (pass_fixture_confirm (shop, last, over_us, &error));
  g_assert_error (error, TILL_PASS_ERROR, TILL_PASS_ERROR_EXPIRED);
}

/* Revoked is revoked: at once, after a restart, and for one who was let in a moment ago. */
static void
test_book_revoked (PassFixture *shop, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);
  g_autoptr (TillFacePass) other = pass_fixture_issue (shop, &other_text);
  JsonObject *extra = json_object_new ();
  g_autoptr (GError) error = NULL;

  assert_good (shop, text, pass);
  json_object_set_string_member (extra, "why", "lost");
  g_autoptr (TillLedgerEntry) row = pass_fixture_revoke (shop, till_face_pass_get_id (pass), extra, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->kind, ==, "pass-revoke");
  g_assert_cmpstr (json_object_get_string_member (row->body, "pass"), ==, till_face_pass_get_id (pass));
  g_assert_cmpstr (json_object_get_string_member (row->body, "why"), ==, "lost");
  g_assert_cmpuint (shop->changes, ==, 3);

  assert_refused (shop, text, PASS_NOON_US, TILL_PASS_ERROR_REVOKED);
  g_assert_false (pass_fixture_confirm (shop, pass, PASS_NOON_US, &error));
  g_assert_error (error, TILL_PASS_ERROR, TILL_PASS_ERROR_REVOKED);
  assert_good (shop, other_text, other);

  pass_fixture_close (shop);
  pass_fixture_open (shop, FALSE);
  assert_refused (shop, text, PASS_NOON_US, TILL_PASS_ERROR_REVOKED);
  assert_good (shop, other_text, other);

  /* Written anew it is the same pass. */
  g_autofree char *again = till_face_pass_write (pass, shop->vault, NULL);
  g_assert_cmpstr (again, !=, text);
  assert_refused (shop, again, PASS_NOON_US, TILL_PASS_ERROR_REVOKED);
}

/* A table that somebody set back does not bring a revoked pass back, and one taken out of it is not known. */
static void
test_book_tampered (PassFixture *shop, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);

  withdraw (shop, till_face_pass_get_id (pass));
  pass_fixture_tamper (shop, "UPDATE passes SET revoked_us = 0");
  assert_refused (shop, text, PASS_NOON_US, TILL_PASS_ERROR_REVOKED);
  pass_fixture_tamper (shop, "DELETE FROM passes");
  assert_refused (shop, text, PASS_NOON_US, TILL_PASS_ERROR_UNKNOWN);
}

/* A right pass that was never put down: of a till that died in between, or of a copied key. */
static void
test_book_unknown (PassFixture *shop, gconstpointer data)
{
  g_autoptr (TillFacePass) pass = pass_fixture_make (PASS_DAY, PASS_EXPIRES);
  g_autofree char *text = till_face_pass_write (pass, shop->vault, NULL);
  g_autoptr (GError) error = NULL;

  assert_refused (shop, text, PASS_NOON_US, TILL_PASS_ERROR_UNKNOWN);
  g_assert_false (pass_fixture_confirm (shop, pass, PASS_NOON_US, &error));
  g_assert_error (error, TILL_PASS_ERROR, TILL_PASS_ERROR_UNKNOWN);
}

/* By the number as people write it; not by part of one, and not twice. */
static void
test_book_revoke_by_number (PassFixture *shop, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);
      const char *number = till_face_pass_get_number (pass);
      g_autofree char *small = g_ascii_strdown (number, -1);
      g_autofree char *bare = g_strdup_printf ("%.4s%s", number, number + 5);
      g_autofree char *spaced = g_strdup_printf (" %.4s %s ", small, small + 5);
      g_autofree char *part = g_strndup (number, 4);
      const char *spellings[] = { number, small, bare, spaced };
      g_autoptr (GError) error = NULL;

      g_assert_null (pass_fixture_revoke (shop, part, NULL, &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
      g_clear_error (&error);
      assert_good (shop, text, pass);
      withdraw (shop, spellings[i]);
      assert_refused (shop, text, PASS_NOON_US, TILL_PASS_ERROR_REVOKED);
      g_assert_null (pass_fixture_revoke (shop, number, NULL, &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_EXISTS);
      g_clear_error (&error);
    }
  g_autoptr (GError) error = NULL;
  g_assert_null (pass_fixture_revoke (shop, "", NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
}

/* Somebody's lost pass can be revoked while the keyring is locked; none can be read then. */
static void
test_book_locked (PassFixture *shop, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);

  pass_fixture_close (shop);
  pass_fixture_open (shop, TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *written = till_face_pass_write (pass, shop->vault, &error);
  g_assert_null (written);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  assert_refused (shop, text, PASS_NOON_US, TILL_PASS_ERROR_LOCKED);
  withdraw (shop, till_face_pass_get_number (pass));

  pass_fixture_close (shop);
  pass_fixture_open (shop, FALSE);
  assert_refused (shop, text, PASS_NOON_US, TILL_PASS_ERROR_REVOKED);
}

/* A pass of the shop next door, with and without our tag on it. */
static void
test_book_foreign (PassFixture *shop, gconstpointer data)
{
  PassFixture other = { 0 };
  g_autofree char *text = NULL;

  pass_fixture_set_up (&other, NULL);
  g_autoptr (TillFacePass) pass = pass_fixture_issue (&other, &text);
  assert_good (&other, text, pass);
  assert_refused (shop, text, PASS_NOON_US, TILL_PASS_ERROR_FOREIGN);

  g_autoptr (GBytes) whole = till_pass_text_read (text, NULL);
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&whole), &size);
  memcpy (bytes + 1, till_vault_get_shop_tag (shop->vault), TILL_VAULT_SHOP_TAG_SIZE);
  g_autofree char *dressed = till_pass_text_write (bytes, size);
  assert_refused (shop, dressed, PASS_NOON_US, TILL_PASS_ERROR_FORGED);
  pass_fixture_tear_down (&other, NULL);
}

/* The head of one pass with the body of another: a longer life, or another's id, on a body that is right. */
static void
test_book_swapped (PassFixture *shop, gconstpointer data)
{
  const gsize head = 1 + TILL_VAULT_SHOP_TAG_SIZE + 16 + 2 + 2;
  g_autofree char *one_text = NULL;
  g_autofree char *other_text = NULL;
  g_autoptr (TillFacePass) one = pass_fixture_issue (shop, &one_text);
  g_autoptr (TillFacePass) other = pass_fixture_issue (shop, &other_text);
  g_autoptr (GBytes) one_bytes = till_pass_text_read (one_text, NULL);
  g_autoptr (GBytes) other_bytes = till_pass_text_read (other_text, NULL);
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&one_bytes), &size);

  memcpy (bytes, g_bytes_get_data (other_bytes, NULL), head);
  g_autofree char *swapped = till_pass_text_write (bytes, size);
  assert_refused (shop, swapped, PASS_NOON_US, TILL_PASS_ERROR_FORGED);
  assert_good (shop, one_text, one);
  assert_good (shop, other_text, other);
}

/* No bit of a pass may be another one, wherever it is, and no byte may be missing or added. */
static void
test_book_altered (PassFixture *shop, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);
  g_autoptr (GBytes) whole = till_pass_text_read (text, NULL);
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&whole), &size);
  guint counts[TILL_PASS_ERROR_LOCKED + 1] = { 0 };

  for (gsize bit = 0; bit < 8 * size; bit++)
    {
      g_autoptr (GError) error = NULL;

      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      g_autofree char *altered = till_pass_text_write (bytes, size);
      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      g_assert_null (till_face_pass_read (altered, shop->vault, PASS_NOON_US, &error));
      g_assert_true (error->domain == TILL_PASS_ERROR);
      counts[error->code]++;
    }
  g_assert_cmpuint (counts[TILL_PASS_ERROR_NOT_A_PASS], ==, 8);
  g_assert_cmpuint (counts[TILL_PASS_ERROR_FOREIGN], ==, 8 * TILL_VAULT_SHOP_TAG_SIZE);
  g_assert_cmpuint (counts[TILL_PASS_ERROR_FORGED], ==, 8 * (size - 1 - TILL_VAULT_SHOP_TAG_SIZE));

  for (gsize length = 0; length < size; length++)
    {
      g_autofree char *cut = till_pass_text_write (bytes, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (till_face_pass_read (cut, shop->vault, PASS_NOON_US, &error));
      g_assert_true (error->domain == TILL_PASS_ERROR);
    }
  g_autofree guint8 *longer = g_malloc0 (size + 1);
  memcpy (longer, bytes, size);
  g_autofree char *added = till_pass_text_write (longer, size + 1);
  assert_refused (shop, added, PASS_NOON_US, TILL_PASS_ERROR_FORGED);
}

/* Nor may any character of its text. */
static void
test_book_altered_text (PassFixture *shop, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);

  for (char *letter = text; *letter != '\0'; letter++)
    {
      const char kept = *letter;
      g_autoptr (GError) error = NULL;

      *letter = kept == 'X' ? 'Y' : 'X';
      g_assert_null (till_face_pass_read (text, shop->vault, PASS_NOON_US, &error));
      g_assert_true (error->domain == TILL_PASS_ERROR);
      *letter = kept;
    }
  assert_good (shop, text, pass);
}

/* Passes outlive a change of keys, unless that is what they were changed for. */
static void
test_book_rotated (PassFixture *shop, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);

  pass_fixture_rotate (shop, FALSE);
  assert_good (shop, text, pass);
  pass_fixture_close (shop);
  pass_fixture_open (shop, FALSE);
  assert_good (shop, text, pass);

  pass_fixture_rotate (shop, TRUE);
  assert_refused (shop, text, PASS_NOON_US, TILL_PASS_ERROR_FORGED);
}

static void
test_book_list (PassFixture *shop, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (TillFacePass) pass = pass_fixture_issue (shop, &text);
  g_autoptr (TillFacePass) brief = pass_fixture_make (PASS_DAY, PASS_DAY);
  g_autoptr (GError) error = NULL;

  g_assert_true (pass_fixture_add (shop, brief, pass_fixture_consent (shop, brief), &error));
  withdraw (shop, till_face_pass_get_id (pass));
  g_autoptr (GPtrArray) rows = pass_fixture_list (shop);
  const TillPassRow *first = g_ptr_array_index (rows, 0);
  const TillPassRow *second = g_ptr_array_index (rows, 1);

  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (first->id, ==, till_face_pass_get_id (brief));
  g_assert_cmpint (first->expires_day, ==, PASS_DAY);
  g_assert_cmpint (first->revoked_us, ==, 0);
  g_assert_cmpstr (second->number, ==, till_face_pass_get_number (pass));
  g_assert_cmpint (second->revoked_us, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                                      \
  g_test_add ("/pass-book/" name, PassFixture, NULL, pass_fixture_set_up, func, pass_fixture_tear_down)
  ADD ("issue", test_book_issue);
  ADD ("issue-refused", test_book_issue_refused);
  ADD ("keeps-nothing", test_book_keeps_nothing);
  ADD ("expiry", test_book_expiry);
  ADD ("revoked", test_book_revoked);
  ADD ("tampered", test_book_tampered);
  ADD ("unknown", test_book_unknown);
  ADD ("revoke-by-number", test_book_revoke_by_number);
  ADD ("locked", test_book_locked);
  ADD ("foreign", test_book_foreign);
  ADD ("swapped", test_book_swapped);
  ADD ("altered", test_book_altered);
  ADD ("altered-text", test_book_altered_text);
  ADD ("rotated", test_book_rotated);
  ADD ("list", test_book_list);
#undef ADD
  return g_test_run ();
}
