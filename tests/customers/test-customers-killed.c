/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * test-customers-killed UNTIL-KILLED: runs under with-keyring. However a till dies while it erases or changes its keys, what
 * it finds when it starts again is whole, and whoever the books say was erased has left no byte behind.
 */
#include "customers-fixture.h"
#include "customers-traces.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define N_CUSTOMERS 24
#define N_DIGITS    6
/* Kills whose moment is left to chance. */
#define N_KILLS 25

static const char *program;

typedef struct
{
  TillCustomer *customer;
  GBytes *record;
  GBytes *key;
  gboolean erased; /* seen to be, before */
} Somebody;

static void
somebody_free (gpointer data)
{
  Somebody *somebody = data;

  till_customer_unref (somebody->customer);
  g_bytes_unref (somebody->record);
  g_bytes_unref (somebody->key);
  g_free (somebody);
}

static Somebody *
add (CustomersFixture *self, guint i)
{
  g_autofree char *id = g_strdup_printf ("cust_%02u", i);
  g_autofree char *suffix = g_strdup_printf ("%04u", i % N_DIGITS);
  g_autofree char *record = g_strdup_printf ("SELECT sealed FROM customers WHERE id = '%s'", id);
  g_autofree char *key = g_strdup_printf ("SELECT wrapped FROM record_keys WHERE id = '%s'", id);
  Somebody *somebody = g_new0 (Somebody, 1);
  g_autoptr (GError) error = NULL;

  somebody->customer = customers_somebody (id, id, suffix, 1);
  g_assert_true (customers_fixture_add (self, somebody->customer, &error));
  g_assert_no_error (error);
  somebody->record = customers_traces_read (self, record);
  somebody->key = customers_traces_read (self, key);
  return somebody;
}

static GPtrArray *
add_all (CustomersFixture *self)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (somebody_free);

  for (guint i = 0; i < N_CUSTOMERS; i++)
    g_ptr_array_add (people, add (self, i));
  return people;
}

/* Lets @what run on the fixture's files for a while after it is ready, or until it ends by itself; then kills it. */
static void
run_and_kill (CustomersFixture *self, const char *what, guint delay_us)
{
  g_autoptr (GError) error = NULL;

  customers_fixture_close (self);
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, what,
                                                    self->folder, self->profile, NULL);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_cmpstr (line, ==, "ready");
  if (delay_us != G_MAXUINT)
    {
      g_usleep (delay_us);
      g_subprocess_force_exit (child);
    }
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  customers_fixture_open (self);
  g_assert_no_error (self->vault_trouble);
}

static gboolean
has_erasure (CustomersFixture *self, const char *id)
{
  g_autoptr (GPtrArray) rows = customers_fixture_ledger (self, TILL_LEDGER_ERASURE);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += g_str_equal (json_object_get_string_member (((TillLedgerEntry *) rows->pdata[i])->body, "customer"),
                      id);
  g_assert_cmpuint (n, <=, 1);
  return n == 1;
}

/* There as before, or gone without a trace: as the books say. How many are gone. */
static guint
check_all (CustomersFixture *self, GPtrArray *people)
{
  guint gone = 0;

  for (guint i = 0; i < people->len; i++)
    {
      Somebody *somebody = g_ptr_array_index (people, i);
      const char *id = till_customer_get_id (somebody->customer);
      g_autoptr (GError) error = NULL;
      g_autoptr (TillCustomer) found = customers_fixture_get (self, id, &error);

      if (!has_erasure (self, id))
        {
          g_assert_no_error (error);
          g_assert_true (customers_equal (found, somebody->customer));
          continue;
        }
      gone++;
      g_assert_null (found);
      if (!somebody->erased)
        {
          g_assert_false (customers_traces_any (self, somebody->record));
          g_assert_false (customers_traces_any (self, somebody->key));
        }
      somebody->erased = TRUE;
    }
  g_assert_cmpint (customers_traces_count (self, "SELECT count (*) FROM customers"), ==, people->len - gone);
  g_assert_cmpint (customers_traces_count (self, "SELECT count (*) FROM record_keys"), ==,
                   people->len - gone);
  return gone;
}

/* Data is for the test, not for the fixture, which it would leave locked. */
static void
set_up (CustomersFixture *self, gconstpointer data)
{
  customers_fixture_set_up (self, NULL);
}

static void
test_erasing (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) people = add_all (self);
  guint gone = 0;

  for (guint i = 0; i < N_KILLS && gone < people->len; i++)
    {
      run_and_kill (self, data, (guint) g_test_rand_int_range (0, 15000));
      guint now = check_all (self, people);
      g_test_message ("kill %u: %u gone", i, now);
      g_assert_cmpuint (now, >=, gone);
      gone = now;
    }
  run_and_kill (self, data, G_MAXUINT);
  g_assert_cmpuint (check_all (self, people), ==, people->len);
}

/* Everybody is found by their digits, and opens. */
static void
check_found (CustomersFixture *self, GPtrArray *people)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (check_all (self, people), ==, 0);
  for (guint i = 0; i < people->len; i++)
    {
      const Somebody *somebody = g_ptr_array_index (people, i);
      const char *id = till_customer_get_id (somebody->customer);
      g_autoptr (TillGallery) found
          = customers_fixture_find (self, till_customer_get_suffix (somebody->customer), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (till_gallery_get_n_customers (found), ==, N_CUSTOMERS / N_DIGITS);
      g_assert_true (customers_equal (till_gallery_get_customer (found, id), somebody->customer));
    }
}

static void
test_changing_keys (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) people = add_all (self);
  gint64 generation = till_vault_get_generation (self->vault);

  run_and_kill (self, "rotate-written", G_MAXUINT);
  check_found (self, people);
  g_assert_cmpint (till_vault_get_generation (self->vault), ==, generation);
  run_and_kill (self, "rotate-kept", G_MAXUINT);
  check_found (self, people);
  g_assert_cmpint (till_vault_get_generation (self->vault), ==, generation + 1);

  for (guint i = 0; i < N_KILLS; i++)
    {
      run_and_kill (self, "rotate", (guint) g_test_rand_int_range (0, 60000));
      check_found (self, people);
      g_test_message ("kill %u: generation %" G_GINT64_FORMAT, i, till_vault_get_generation (self->vault));
      g_assert_cmpint (till_vault_get_generation (self->vault), >=, generation + 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc != 2)
    g_error ("usage: test-customers-killed UNTIL-KILLED");
  program = argv[1];
  g_test_add ("/customers/killed/erasing", CustomersFixture, "erase", set_up, test_erasing,
              customers_fixture_tear_down);
  g_test_add ("/customers/killed/erasing-while-locked", CustomersFixture, "erase-locked", set_up,
              test_erasing, customers_fixture_tear_down);
  g_test_add ("/customers/killed/changing-keys", CustomersFixture, NULL, set_up, test_changing_keys,
              customers_fixture_tear_down);
  return g_test_run ();
}
