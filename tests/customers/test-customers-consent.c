/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. What people agree to, and how the till keeps that they did. */
#include "base/till-error.h"
#include "customers-fixture.h"
#include "vault/till-signature.h"

#include <string.h>

#define N_PURPOSES (TILL_CONSENT_PRESENCE + 1)
/* What adults read silently in a minute. */
#define WORDS_A_MINUTE 240

static const TillConsentTerms corner = { "Corner Café", 9, 14 };

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static TillLedgerEntry *
record (CustomersFixture *self, const TillConsentGiven *given, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  till_customers_record_consent_async (self->customers, given, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return till_customers_record_consent_finish (self->customers, result, error);
}

static const TillConsentGiven payment = {
  .id = "consent_1",
  .purpose = TILL_CONSENT_PAYMENT,
  .max_minor = 1250,
  .currency = "EUR",
  .at_us = 1795329660123456,
  .place = TILL_CONSENT_PLACE_DISPLAY,
  .terms = &corner,
  .sale = "sale_1",
};

static void
assert_text (JsonObject *body, const char *member, const char *text)
{
  g_assert_cmpstr (json_object_get_string_member (body, member), ==, text);
}

/* What is shown is what is hashed, and the row names nobody but by id. */
static void
test_row (CustomersFixture *self, gconstpointer data)
{
  g_autofree char *hash = till_consent_make_hash (TILL_CONSENT_PAYMENT, &corner);
  g_autofree char *text = till_consent_make_text (TILL_CONSENT_PAYMENT, &corner);
  g_autofree char *text_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = till_consent_to_json (&payment, self->vault, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hash, ==, text_hash);
  assert_text (body, "id", "consent_1");
  assert_text (body, "purpose", "payment");
  assert_text (body, "version", till_consent_get_version ());
  assert_text (body, "wording_sha256", hash);
  assert_text (body, "language", "en");
  assert_text (body, "shop", "Corner Café");
  assert_text (body, "by", "adult");
  assert_text (body, "place", "customer-display");
  assert_text (body, "sale", "sale_1");
  assert_text (body, "currency", "EUR");
  assert_text (body, "key", till_vault_get_public_key (self->vault));
  g_assert_cmpint (json_object_get_int_member (body, "max_minor"), ==, 1250);
  g_assert_cmpint (json_object_get_int_member (body, "at_us"), ==, 1795329660123456);
  g_assert_cmpint (json_object_get_int_member (body, "retention_months"), ==, 9);
  g_assert_cmpint (json_object_get_int_member (body, "guardian_age"), ==, 14);
  g_assert_false (json_object_has_member (body, "customer"));
  g_assert_true (till_consent_verify (body, text, &error));
  g_assert_no_error (error);
  g_assert_true (till_vault_knows_public_key (self->vault, json_object_get_string_member (body, "key")));
}

static void
test_of_guardian (CustomersFixture *self, gconstpointer data)
{
  const TillConsentGiven given = { .id = "consent_2",
                                   .purpose = TILL_CONSENT_ENROLMENT,
                                   .customer = "cust_1",
                                   .by = TILL_CONSENT_BY_GUARDIAN,
                                   .place = TILL_CONSENT_PLACE_COMMAND };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = till_consent_to_json (&given, self->vault, &error);

  g_assert_no_error (error);
  assert_text (body, "customer", "cust_1");
  assert_text (body, "by", "guardian");
  assert_text (body, "shop", "");
  g_assert_cmpint (json_object_get_int_member (body, "retention_months"), ==, 12);
  g_assert_false (json_object_has_member (body, "max_minor"));
  g_assert_true (till_consent_verify (body, NULL, &error));
}

/* Another value for any member, one more, or one less: each is found. */
static void
test_altered (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) body = till_consent_to_json (&payment, self->vault, NULL);
  g_autoptr (GList) names = json_object_get_members (body);

  for (guint way = 0; way < 3; way++)
    for (GList *name = names; name != NULL; name = name->next)
      {
        g_autoptr (JsonObject) altered = till_consent_to_json (&payment, self->vault, NULL);
        g_autoptr (GError) error = NULL;

        if (way == 0)
          json_object_remove_member (altered, name->data);
        else if (way == 1)
          json_object_set_string_member (altered, name->data, "another");
        else
          json_object_set_int_member (altered, name->data, 1251);
        g_assert_false (till_consent_verify (altered, NULL, &error));
        g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
        if (!g_str_equal (name->data, "id"))
          g_assert_nonnull (strstr (error->message, "consent_1"));
      }
  g_autoptr (GError) error = NULL;
  json_object_set_string_member (body, "customer", "cust_1");
  g_assert_false (till_consent_verify (body, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
}

/* Two consents that say the same in other members are two texts: line breaks and quotes can't move from one to the other. */
static void
test_no_way_round (CustomersFixture *self, gconstpointer data)
{
  static const TillConsentTerms plain = { "A\nsale=sB", 12, 16 };
  TillConsentGiven given = payment;
  g_autoptr (JsonObject) signed_one = NULL;
  g_autoptr (GError) error = NULL;

  given.terms = &plain;
  given.sale = NULL;
  signed_one = till_consent_to_json (&given, self->vault, &error);
  g_assert_no_error (error);
  g_assert_true (till_consent_verify (signed_one, NULL, &error));
  json_object_set_string_member (signed_one, "shop", "A");
  json_object_set_string_member (signed_one, "sale", "B");
  g_assert_false (till_consent_verify (signed_one, NULL, &error));
}

static void
test_other_wording (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) body = till_consent_to_json (&payment, self->vault, NULL);
  g_autofree char *other = till_consent_make_text (TILL_CONSENT_PAYMENT, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (till_consent_verify (body, other, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "another wording"));
}

/* A signature under a key of somebody else's is right in itself; the vault tells whose it is. */
static void
test_other_till (CustomersFixture *self, gconstpointer data)
{
  CustomersFixture other = { 0 };
  g_autoptr (JsonObject) theirs = NULL;

  customers_fixture_set_up (&other, NULL);
  theirs = till_consent_to_json (&payment, other.vault, NULL);
  customers_fixture_tear_down (&other, NULL);

  g_assert_true (till_consent_verify (theirs, NULL, NULL));
  g_assert_false (till_vault_knows_public_key (self->vault, json_object_get_string_member (theirs, "key")));
}

/* In the books: each wording once, in full, before the first consent that names it. */
static void
test_recorded (CustomersFixture *self, gconstpointer data)
{
  TillConsentGiven given = payment;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("consent_%u", i);
      g_autoptr (GError) error = NULL;

      given.id = id;
      given.terms = i == 3 ? NULL : &corner;
      if (i == 2)
        {
          customers_fixture_close (self);
          customers_fixture_open (self);
        }
      g_autoptr (TillLedgerEntry) entry = record (self, &given, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (entry->kind, ==, TILL_LEDGER_CONSENT);
      g_assert_cmpstr (entry->sale, ==, "sale_1");
    }
  g_autofree char *kinds = customers_fixture_ledger_kinds (self);
  g_assert_cmpstr (kinds, ==, "wording consent consent consent wording consent");

  g_autoptr (GPtrArray) wordings = customers_fixture_ledger (self, TILL_LEDGER_WORDING);
  g_autoptr (GPtrArray) consents = customers_fixture_ledger (self, TILL_LEDGER_CONSENT);
  for (guint i = 0; i < consents->len; i++)
    {
      const TillLedgerEntry *wording = g_ptr_array_index (wordings, i == 3 ? 1 : 0);
      const TillLedgerEntry *consent = g_ptr_array_index (consents, i);
      g_autoptr (GError) error = NULL;

      assert_text (wording->body, "hash", json_object_get_string_member (consent->body, "wording_sha256"));
      g_assert_true (
          till_consent_verify (consent->body, json_object_get_string_member (wording->body, "text"), &error));
      g_assert_no_error (error);
    }
}

/* Without the keys nobody can agree to anything, so that no camera goes on. */
static void
test_locked (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (record (self, &payment, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_autofree char *kinds = customers_fixture_ledger_kinds (self);
  g_assert_cmpstr (kinds, ==, "");
}

/* Neither of the two is in the books without the other. */
static void
test_not_written (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  customers_fixture_tamper (self, "CREATE TRIGGER full BEFORE INSERT ON ledger WHEN NEW.kind = 'consent'"
                                  " BEGIN SELECT RAISE (ABORT, 'no room'); END");
  g_assert_null (record (self, &payment, &error));
  g_assert_nonnull (strstr (error->message, "no room"));
  customers_fixture_tamper (self, "DROP TRIGGER full");
  g_autofree char *kinds = customers_fixture_ledger_kinds (self);
  g_assert_cmpstr (kinds, ==, "");
}

/* A body whose hash is of a text that nobody can have been shown gets into no book. */
static void
test_unknown_wording (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada", "4711", 1);
  JsonObject *consent
      = customers_fixture_consent (self, TILL_CONSENT_ENROLMENT, "consent_cust_ada", "cust_ada");
  g_autoptr (GError) error = NULL;

  json_object_set_int_member (consent, "retention_months", 120);
  g_assert_false (customers_fixture_add_with (self, ada, consent, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_autofree char *kinds = customers_fixture_ledger_kinds (self);
  g_assert_cmpstr (kinds, ==, "");
}

static guint
count_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    n += *words[i] != '\0';
  return n;
}

/* The law's questions, each answered in each wording, in words a customer knows and within a minute. */
static void
test_wordings (CustomersFixture *self, gconstpointer data)
{
  static const char *const answered[] = { "May Corner Café ", "What is looked at:", "What is kept",
                                          "How long:",        "How to leave:",      "ou need not",
                                          "picture" };
  static const char *const unknown[] = { "seal", "template", "biometric", "embedding", "hash", "$" };

  for (guint purpose = 0; purpose < N_PURPOSES; purpose++)
    {
      g_autofree char *text = till_consent_make_text ((TillConsentPurpose) purpose, &corner);

      for (guint i = 0; i < G_N_ELEMENTS (answered); i++)
        g_assert_nonnull (strstr (text, answered[i]));
      for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
        g_assert_null (strstr (text, unknown[i]));
      g_test_message ("wording %u: %u words", purpose, count_words (text));
      g_assert_cmpuint (count_words (text), <=, WORDS_A_MINUTE);
      g_assert_false (g_str_has_suffix (text, "\n"));
    }
}

static void
test_terms (CustomersFixture *self, gconstpointer data)
{
  static const TillConsentTerms one = { "", 1, 0 };
  g_autofree char *enrolment = till_consent_make_text (TILL_CONSENT_ENROLMENT, &corner);
  g_autofree char *month = till_consent_make_text (TILL_CONSENT_ENROLMENT, &one);
  g_autofree char *usual = till_consent_make_text (TILL_CONSENT_ENROLMENT, NULL);
  g_autofree char *by_default
      = till_consent_make_text (TILL_CONSENT_ENROLMENT, till_consent_terms_get_default ());

  g_assert_nonnull (strstr (enrolment, "9 months after your last visit"));
  g_assert_nonnull (strstr (enrolment, "Younger than 14"));
  g_assert_nonnull (strstr (month, "May this shop recognise"));
  g_assert_nonnull (strstr (month, "1 month after your last visit"));
  g_assert_null (strstr (month, "ounger"));
  g_assert_nonnull (strstr (usual, "12 months"));
  g_assert_nonnull (strstr (usual, "Younger than 16"));
  g_assert_cmpstr (usual, ==, by_default);
}

/* All that a consent has to say can be read on one sheet. */
static void
test_printed (CustomersFixture *self, gconstpointer data)
{
  g_autofree char *wording = till_consent_make_text (TILL_CONSENT_PAYMENT, &corner);
  g_autoptr (JsonObject) body = till_consent_to_json (&payment, self->vault, NULL);
  g_autofree char *text = till_consent_to_text (body, wording);
  g_autofree char *without = till_consent_to_text (body, NULL);
  g_autofree char *signature = g_strndup (json_object_get_string_member (body, "signature"), 16);
  const char *const said[] = { "consent_1",
                               "Corner Café",
                               "for one payment",
                               "12.50",
                               "sale_1",
                               "2026-",
                               "the customer",
                               "on the customer’s side",
                               signature,
                               wording,
                               till_consent_get_version () };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    g_assert_nonnull (strstr (text, said[i]));
  g_assert_null (strstr (without, "How to leave"));

  /* Whatever stands in a row that was tampered with, printing it does no harm. */
  g_autoptr (JsonObject) empty = json_object_new ();
  json_object_set_int_member (empty, "id", 7);
  json_object_set_string_member (empty, "at_us", "soon");
  g_autofree char *little = till_consent_to_text (empty, wording);
  g_assert_nonnull (strstr (little, wording));
}

#define ADD(path, locked, test)                                                                              \
  g_test_add ("/customers/consent/" path, CustomersFixture, locked, customers_fixture_set_up, test,          \
              customers_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("row", NULL, test_row);
  ADD ("of-guardian", NULL, test_of_guardian);
  ADD ("altered", NULL, test_altered);
  ADD ("no-way-round", NULL, test_no_way_round);
  ADD ("other-wording", NULL, test_other_wording);
  ADD ("other-till", NULL, test_other_till);
  ADD ("recorded", NULL, test_recorded);
  ADD ("locked", "locked", test_locked);
  ADD ("not-written", NULL, test_not_written);
  ADD ("unknown-wording", NULL, test_unknown_wording);
  ADD ("wordings", NULL, test_wordings);
  ADD ("terms", NULL, test_terms);
  ADD ("printed", NULL, test_printed);
  return g_test_run ();
}
