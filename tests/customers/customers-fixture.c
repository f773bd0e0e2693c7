/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "customers-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static void
normalize (float *vector)
{
  double square = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    square += (double) vector[i] * (double) vector[i];
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    vector[i] = (float) ((double) vector[i] / sqrt (square));
}

float *
customers_random_templates (guint n)
{
  float *templates = g_new (float, n *TILL_VISION_EMBEDDING);

  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < TILL_VISION_EMBEDDING; j++)
        templates[i * TILL_VISION_EMBEDDING + j] = (float) g_test_rand_double_range (-1, 1);
      normalize (templates + i * TILL_VISION_EMBEDDING);
    }
  return templates;
}

float *
customers_template_near (const float *from, double cosine)
{
  float *vector = customers_random_templates (1);
  double along = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    along += (double) vector[i] * (double) from[i];
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    vector[i] = (float) ((double) vector[i] - along * (double) from[i]);
  normalize (vector);
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    vector[i] = (float) (cosine * (double) from[i] + sqrt (1 - cosine * cosine) * (double) vector[i]);
  return vector;
}

TillCustomer *
customers_somebody (const char *id, const char *name, const char *suffix, guint n)
{
  g_autofree float *templates = customers_random_templates (n);
  g_autofree char *payer = g_strconcat ("cus_", id, NULL);
  g_autofree char *consent = g_strconcat ("consent_", id, NULL);
  g_autoptr (GError) error = NULL;
  TillCustomer *customer
      = till_customer_new (id, name, suffix, payer, consent, templates, n, 1795329660123456, &error);

  g_assert_no_error (error);
  return customer;
}

gboolean
customers_equal (const TillCustomer *a, const TillCustomer *b)
{
  guint n = till_customer_get_n_templates (a);

  if (n != till_customer_get_n_templates (b)
      || till_customer_get_enrolled_us (a) != till_customer_get_enrolled_us (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (memcmp (till_customer_get_template (a, i), till_customer_get_template (b, i),
                TILL_VISION_EMBEDDING * sizeof (float))
        != 0)
      return FALSE;
  return g_str_equal (till_customer_get_id (a), till_customer_get_id (b))
         && g_str_equal (till_customer_get_name (a), till_customer_get_name (b))
         && g_str_equal (till_customer_get_suffix (a), till_customer_get_suffix (b))
         && g_str_equal (till_customer_get_payer (a), till_customer_get_payer (b))
         && g_str_equal (till_customer_get_consent (a), till_customer_get_consent (b))
         && g_strcmp0 (till_customer_get_pin (a), till_customer_get_pin (b)) == 0
         && g_strcmp0 (till_customer_get_guardian (a), till_customer_get_guardian (b)) == 0
         && till_customer_get_last_visit_day (a) == till_customer_get_last_visit_day (b)
         && till_customer_is_look_alike (a) == till_customer_is_look_alike (b)
         && till_customer_is_face_locked (a) == till_customer_is_face_locked (b);
}

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
on_changed (TillCustomers *customers, guint *changes)
{
  (*changes)++;
}

static void
open_vault (CustomersFixture *self)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new (self->profile);
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  self->vault = till_vault_new (keyring, self->store, &error);
  g_assert_no_error (error);
  if (self->locked)
    return;
  till_vault_open_async (self->vault, TRUE, NULL, on_done, &done);
  await (&done);
  till_vault_open_finish (self->vault, done, &self->vault_trouble);
}

static void
open_rooms (CustomersFixture *self)
{
  g_autoptr (GError) error = NULL;

  open_vault (self);
  self->ledger = till_store_is_reading (self->store)
                     ? till_ledger_new_reading (self->store, &error)
                     : till_ledger_new (self->store, till_clock_system (), &error);
  g_assert_no_error (error);
  self->customers = till_customers_new (self->store, self->vault, self->ledger, &error);
  g_assert_no_error (error);
  g_signal_connect (self->customers, "changed", G_CALLBACK (on_changed), &self->changes);
}

void
customers_fixture_open (CustomersFixture *self)
{
  g_autofree char *path = g_build_filename (self->folder, "till.db", NULL);
  g_autoptr (GError) error = NULL;

  self->store = till_store_open (path, &error);
  g_assert_no_error (error);
  open_rooms (self);
}

void
customers_fixture_open_reading (CustomersFixture *self)
{
  g_autofree char *path = g_build_filename (self->folder, "till.db", NULL);
  g_autoptr (GError) error = NULL;

  self->store = till_store_open_reading (path, &error);
  g_assert_no_error (error);
  open_rooms (self);
}

void
customers_fixture_close (CustomersFixture *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->customers));
  g_assert_finalize_object (g_steal_pointer (&self->ledger));
  g_assert_finalize_object (g_steal_pointer (&self->vault));
  g_clear_error (&self->vault_trouble);
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

/* @data: not NULL to leave the vault closed. */
void
customers_fixture_set_up (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->profile = g_uuid_string_random ();
  self->locked = data != NULL;
  self->folder = g_dir_make_tmp ("test-customers-XXXXXX", &error);
  g_assert_no_error (error);
  customers_fixture_open (self);
  g_assert_no_error (self->vault_trouble);
}

static GPtrArray *
list_files (CustomersFixture *self)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (paths, g_build_filename (self->folder, name, NULL));
  return paths;
}

void
customers_fixture_tear_down (CustomersFixture *self, gconstpointer data)
{
  customers_fixture_close (self);
  g_free (self->profile);

  g_autoptr (GPtrArray) paths = list_files (self);
  for (guint i = 0; i < paths->len; i++)
    g_assert_cmpint (g_unlink (g_ptr_array_index (paths, i)), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
}

gboolean
customers_fixture_add_with (CustomersFixture *self,
                            TillCustomer *customer,
                            JsonObject *consent,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_customers_add_async (self->customers, customer, consent, cancellable, on_done, &done);
  await (&done);
  return till_customers_add_finish (self->customers, done, error);
}

JsonObject *
customers_fixture_consent (CustomersFixture *self,
                           TillConsentPurpose purpose,
                           const char *id,
                           const char *customer)
{
  const TillConsentGiven given = { .id = id,
                                   .purpose = purpose,
                                   .customer = customer,
                                   .max_minor = 1250,
                                   .currency = "EUR",
                                   .at_us = 1795329660123456,
                                   .place = TILL_CONSENT_PLACE_DISPLAY };
  g_autoptr (GError) error = NULL;
  JsonObject *consent = till_customers_sign_consent (self->customers, &given, &error);

  g_assert_no_error (error);
  return consent;
}

gboolean
customers_fixture_add (CustomersFixture *self, TillCustomer *customer, GError **error)
{
  JsonObject *consent = self->locked ? json_object_new ()
                                     : customers_fixture_consent (self, TILL_CONSENT_ENROLMENT,
                                                                  till_customer_get_consent (customer),
                                                                  till_customer_get_id (customer));

  return customers_fixture_add_with (self, customer, consent, NULL, error);
}

gboolean
customers_fixture_add_confirmed (CustomersFixture *self, TillCustomer *customer, GError **error)
{
  JsonObject *consent = customers_fixture_consent (
      self, TILL_CONSENT_ENROLMENT, till_customer_get_consent (customer), till_customer_get_id (customer));
  g_autoptr (GAsyncResult) done = NULL;

  till_customers_add_confirmed_async (self->customers, customer, consent, NULL, on_done, &done);
  await (&done);
  return till_customers_add_finish (self->customers, done, error);
}

char *
customers_fixture_hash_pin (CustomersFixture *self, const char *suffix, const char *pin, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_customers_hash_pin_async (self->customers, suffix, pin, NULL, on_done, &done);
  await (&done);
  return till_customers_hash_pin_finish (self->customers, done, error);
}

TillGallery *
customers_fixture_find_by_pin (CustomersFixture *self, const char *suffix, const char *pin, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_customers_find_by_pin_async (self->customers, suffix, pin, NULL, on_done, &done);
  await (&done);
  return till_customers_find_by_pin_finish (self->customers, done, error);
}

GPtrArray *
customers_fixture_list (CustomersFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_customers_list_async (self->customers, NULL, on_done, &done);
  await (&done);
  return till_customers_list_finish (self->customers, done, error);
}

TillGallery *
customers_fixture_find (CustomersFixture *self, const char *suffix, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_customers_find_async (self->customers, suffix, NULL, on_done, &done);
  await (&done);
  return till_customers_find_finish (self->customers, done, error);
}

TillLedgerEntry *
customers_fixture_erase (CustomersFixture *self, const char *id, JsonObject *extra, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_customers_erase_async (self->customers, id, extra, NULL, on_done, &done);
  await (&done);
  return till_customers_erase_finish (self->customers, done, error);
}

gboolean
customers_fixture_visit (CustomersFixture *self, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_customers_visit_async (self->customers, id, NULL, on_done, &done);
  await (&done);
  return till_customers_visit_finish (self->customers, done, error);
}

gboolean
customers_fixture_set_face_locked (CustomersFixture *self, const char *id, gboolean locked, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_customers_set_face_locked_async (self->customers, id, locked, NULL, on_done, &done);
  await (&done);
  return till_customers_set_face_locked_finish (self->customers, done, error);
}

void
customers_fixture_append (CustomersFixture *self, TillLedgerEntry *entry, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (TillLedgerEntry) written = NULL;

  till_ledger_append_async (self->ledger, entry, NULL, on_done, &done);
  await (&done);
  written = till_ledger_append_finish (self->ledger, done, error);
}

TillCustomer *
customers_fixture_get (CustomersFixture *self, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_customers_get_async (self->customers, id, NULL, on_done, &done);
  await (&done);
  return till_customers_get_finish (self->customers, done, error);
}

GPtrArray *
customers_fixture_list_expired (CustomersFixture *self, gint64 before_day)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_customers_list_expired_async (self->customers, before_day, NULL, on_done, &done);
  await (&done);
  GPtrArray *visits = till_customers_list_expired_finish (self->customers, done, &error);
  g_assert_no_error (error);
  return visits;
}

GPtrArray *
customers_fixture_ledger (CustomersFixture *self, const char *kind)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_ledger_list_async (self->ledger, kind, NULL, NULL, 0, NULL, on_done, &done);
  await (&done);
  GPtrArray *rows = till_ledger_list_finish (self->ledger, done, &error);
  g_assert_no_error (error);
  return rows;
}

char *
customers_fixture_ledger_kinds (CustomersFixture *self)
{
  g_autoptr (GString) kinds = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = customers_fixture_ledger (self, NULL);

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
customers_fixture_tamper (CustomersFixture *self, const char *sql)
{
  g_autofree char *copy = g_strdup (sql);
  g_autoptr (GError) error = NULL;

  till_store_run (self->store, do_tamper, copy, &error);
  g_assert_no_error (error);
}

gboolean
customers_fixture_on_disk_in_runs (CustomersFixture *self, gconstpointer bytes, gsize size, gsize run)
{
  g_autoptr (GPtrArray) paths = list_files (self);

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *content = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (g_ptr_array_index (paths, i), &content, &length, NULL));
      for (gsize start = 0; start + run <= size; start += run)
        if (memmem (content, length, (const char *) bytes + start, run) != NULL)
          return TRUE;
    }
  return FALSE;
}

gboolean
customers_fixture_on_disk (CustomersFixture *self, gconstpointer bytes, gsize size)
{
  return customers_fixture_on_disk_in_runs (self, bytes, size, size);
}
