/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money-fixture.h"

#include "checkout/till-checkout-private.h"
#include "checkout/till-looking-private.h"
#include "customers/till-consent.h"
#include "store/till-database.h"

#include <math.h>

#define PATIENCE_SECONDS 60

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
on_state (TillCheckout *checkout, guint state, gpointer user_data)
{
  MoneyFixture *self = user_data;

  g_string_append_printf (self->states, " %s", till_checkout_state_to_string (state));
  self->n_states++;
}

static void
on_trouble (TillCheckout *checkout, const GError *error, gpointer user_data)
{
  g_ptr_array_add (((MoneyFixture *) user_data)->troubles, g_error_copy (error));
}

/* Waiting */

static gboolean
on_too_long (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

typedef gboolean (*Condition) (MoneyFixture *self, gconstpointer data);

static gboolean
wait_until (MoneyFixture *self, Condition condition, gconstpointer data)
{
  gboolean too_long = FALSE;
  guint patience = g_timeout_add_seconds (PATIENCE_SECONDS, on_too_long, &too_long);

  while (!condition (self, data) && !too_long)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  return !too_long;
}

static gboolean
is_at_state (MoneyFixture *self, gconstpointer state)
{
  return till_checkout_get_state (self->checkout) == *(const TillCheckoutState *) state;
}

void
money_fixture_wait (MoneyFixture *self, TillCheckoutState state)
{
  wait_until (self, is_at_state, &state);
  g_assert_cmpstr (till_checkout_state_to_string (till_checkout_get_state (self->checkout)), ==,
                   till_checkout_state_to_string (state));
}

static gboolean
has_states (MoneyFixture *self, gconstpointer at_least)
{
  return self->n_states >= *(const guint *) at_least;
}

void
money_fixture_wait_states (MoneyFixture *self, guint at_least)
{
  g_assert_true (wait_until (self, has_states, &at_least));
}

static gboolean
has_troubles (MoneyFixture *self, gconstpointer at_least)
{
  return self->troubles->len >= *(const guint *) at_least;
}

void
money_fixture_wait_troubles (MoneyFixture *self, guint at_least)
{
  g_assert_true (wait_until (self, has_troubles, &at_least));
}

static gboolean
holds (MoneyFixture *self, gconstpointer counts)
{
  const guint *wanted = counts;

  return fake_provider_count_held_charges (self->provider) == wanted[0]
         && fake_provider_count_held_queries (self->provider) == wanted[1];
}

void
money_fixture_wait_held (MoneyFixture *self, guint charges, guint queries)
{
  const guint wanted[] = { charges, queries };

  g_assert_true (wait_until (self, holds, wanted));
}

static gboolean
holds_refunds (MoneyFixture *self, gconstpointer count)
{
  return fake_provider_count_held_refunds (self->provider) == *(const guint *) count;
}

void
money_fixture_wait_refunds (MoneyFixture *self, guint held)
{
  g_assert_true (wait_until (self, holds_refunds, &held));
}

static gboolean
has_read_spent (MoneyFixture *self, gconstpointer unused)
{
  return self->checkout->reading_spent == NULL;
}

void
money_fixture_wait_spent (MoneyFixture *self)
{
  g_assert_true (wait_until (self, has_read_spent, NULL));
}

static gboolean
has_candidates (MoneyFixture *self, gconstpointer unused)
{
  return self->checkout->looking->candidates != NULL;
}

void
money_fixture_wait_candidates (MoneyFixture *self)
{
  g_assert_true (wait_until (self, has_candidates, NULL));
}

void
money_fixture_ask (MoneyFixture *self)
{
  g_autoptr (GError) error = NULL;
  guint told = self->n_states + 1;

  till_checkout_ask_again (self->checkout, &error);
  g_assert_no_error (error);
  money_fixture_wait_states (self, told);
}

/* Setting up */

static void
on_failed (TillRecognizer *recognizer, const GError *error, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
on_ready (TillRecognizer *recognizer, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
open_recognition (MoneyFixture *self)
{
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_DATA"), "operating-point.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillOperatingPoint) point = till_operating_point_load (path, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  self->mailbox = till_mailbox_new ();
  self->recognizer
      = till_recognizer_new (self->sees ? g_getenv ("SMILETILL_MODELS") : self->dir, point, self->mailbox, 1);
  gulong handler = self->sees ? g_signal_connect (self->recognizer, "ready", G_CALLBACK (on_ready), &done)
                              : g_signal_connect (self->recognizer, "failed", G_CALLBACK (on_failed), &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (self->recognizer, handler);
}

static void
open_books (MoneyFixture *self)
{
  g_autofree char *path = g_build_filename (self->dir, "till.db", NULL);
  g_autofree char *profile = g_uuid_string_random ();
  g_autoptr (TillKeyring) keyring = till_keyring_new (profile);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->store = till_store_open (path, &error);
  g_assert_no_error (error);
  self->vault = till_vault_new (keyring, self->store, &error);
  g_assert_no_error (error);
  till_vault_open_async (self->vault, TRUE, NULL, on_result, &result);
  till_vault_open_finish (self->vault, wait_for (&result), &error);
  g_assert_no_error (error);
  self->ledger = till_ledger_new (self->store, self->clock, &error);
  g_assert_no_error (error);
  self->customers = till_customers_new (self->store, self->vault, self->ledger, &error);
  g_assert_no_error (error);
  till_customers_set_clock (self->customers, self->clock);
  self->lockout = till_lockout_new (self->store, self->vault, self->clock, &error);
  g_assert_no_error (error);
  self->passes = till_pass_book_new (self->store, self->vault, self->ledger, &error);
  g_assert_no_error (error);
  self->provider = fake_provider_new ();
  self->payment = till_payment_new (self->ledger, TILL_PROVIDER (self->provider), self->clock);
  till_payment_set_vault (self->payment, self->vault, &error);
  g_assert_no_error (error);
}

/* The id (transfer full). */
static char *
add (MoneyFixture *self, TillCustomer *customer, gboolean confirmed)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const TillConsentGiven given = { .id = "consent_1",
                                   .purpose = TILL_CONSENT_ENROLMENT,
                                   .customer = till_customer_get_id (customer),
                                   .place = TILL_CONSENT_PLACE_DISPLAY };
  JsonObject *consent = till_customers_sign_consent (self->customers, &given, &error);
  g_assert_no_error (error);

  if (confirmed)
    till_customers_add_confirmed_async (self->customers, customer, consent, NULL, on_result, &result);
  else
    till_customers_add_async (self->customers, customer, consent, NULL, on_result, &result);
  till_customers_add_finish (self->customers, wait_for (&result), &error);
  g_assert_no_error (error);
  return g_strdup (till_customer_get_id (customer));
}

/* Of somebody whose template has @part of axis @axis and what is left of the one behind it (transfer full). */
static TillCustomer *
somebody (const char *name, const char *digits, guint axis, double part)
{
  float template[TILL_VISION_EMBEDDING] = { 0 };
  g_autoptr (GError) error = NULL;

  template[axis] = (float) part;
  template[axis + 1] = (float) sqrt (1 - part * part);
  TillCustomer *customer
      = till_customer_new (NULL, name, digits, "cus_1/pm_1", "consent_1", template, 1, 1, &error);
  g_assert_no_error (error);
  return customer;
}

static char *
enrol (MoneyFixture *self, const char *name, const char *digits, guint axis)
{
  g_autoptr (TillCustomer) customer = somebody (name, digits, axis, 1);

  return add (self, customer, FALSE);
}

void
money_fixture_enrol_namesake (MoneyFixture *self)
{
  self->namesake = enrol (self, "Gratia", MONEY_DIGITS, 6);
}

void
money_fixture_enrol_pin_holder (MoneyFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) joan = somebody ("Joan", MONEY_TWIN_DIGITS, 4, 1);

  till_customers_hash_pin_async (self->customers, MONEY_TWIN_DIGITS, MONEY_TWIN_PIN, NULL, on_result,
                                 &result);
  g_autofree char *hash = till_customers_hash_pin_finish (self->customers, wait_for (&result), &error);
  g_assert_no_error (error);
  g_autoptr (TillCustomer) joan_with_pin = till_customer_with_pin (joan, hash, &error);
  g_assert_no_error (error);
  self->twin = add (self, joan_with_pin, FALSE);
}

void
money_fixture_enrol_twins (MoneyFixture *self)
{
  g_autoptr (TillCustomer) jean = somebody ("Jean", MONEY_NO_PIN_DIGITS, 4, 0.9);

  money_fixture_enrol_pin_holder (self);
  self->no_pin_twin = add (self, jean, TRUE);
}

static void
open_checkout (MoneyFixture *self)
{
  g_autofree char *spec = g_strdup_printf ("clip:%s/grace_hopper.jpg,loop", g_getenv ("SMILETILL_MODELS"));
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCameraSource) source = till_camera_source_parse (spec, &error);

  g_assert_no_error (error);
  self->rooms = (TillCheckoutRooms){ .customers = self->customers,
                                     .lockout = self->lockout,
                                     .payment = self->payment,
                                     .ledger = self->ledger,
                                     .recognizer = self->recognizer,
                                     .mailbox = self->mailbox,
                                     .clock = self->clock,
                                     .passes = self->passes };
  self->checkout = till_checkout_new (&self->rooms);
  till_checkout_set_shop_name (self->checkout, till_catalogue_get_shop (self->catalogue));
  till_checkout_set_camera_source (self->checkout, source);
  /* Only the test asks; a slow machine must not. */
  till_checkout_set_timeout (self->checkout, TILL_CHECKOUT_DOUBT, 0);
  g_signal_connect (self->checkout, "state", G_CALLBACK (on_state), self);
  g_signal_connect (self->checkout, "trouble", G_CALLBACK (on_trouble), self);
}

void
money_fixture_set_up_with_clock (MoneyFixture *self, gconstpointer clock)
{
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_DATA"), "catalogue.json", NULL);
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("smiletill-money-XXXXXX", &error);
  g_assert_no_error (error);
  self->clock = g_object_new ((GType) clock, NULL);
  self->states = g_string_new (NULL);
  self->troubles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  self->catalogue = till_catalogue_new_from_file (path, &error);
  g_assert_no_error (error);
  self->basket = till_basket_new (self->catalogue);
  open_recognition (self);
  open_books (self);
  self->customer = enrol (self, "Grace", MONEY_DIGITS, 0);
  g_free (enrol (self, "Ada", MONEY_OTHER_DIGITS, 1));
  open_checkout (self);
}

void
money_fixture_set_up (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_set_up_with_clock (self, GSIZE_TO_POINTER (TILL_TYPE_CLOCK));
}

void
money_fixture_set_up_with_eyes (MoneyFixture *self, gconstpointer unused)
{
  self->sees = TRUE;
  money_fixture_set_up (self, NULL);
}

void
money_fixture_tear_down (MoneyFixture *self, gconstpointer unused)
{
  const char *words[] = { "rm", "-rf", self->dir, NULL };

  g_signal_handlers_disconnect_by_data (self->checkout, self);
  fake_provider_release_all (self->provider);
  g_object_run_dispose (G_OBJECT (self->checkout));
  till_recognizer_close (self->recognizer);
  till_store_close (self->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->checkout);
  g_clear_object (&self->payment);
  g_assert_finalize_object (self->provider);
  g_clear_object (&self->passes);
  g_clear_object (&self->lockout);
  g_clear_object (&self->customers);
  g_clear_object (&self->vault);
  g_clear_object (&self->ledger);
  g_clear_object (&self->store);
  g_clear_object (&self->recognizer);
  g_clear_pointer (&self->mailbox, till_mailbox_unref);
  g_clear_object (&self->basket);
  g_clear_object (&self->catalogue);
  g_ptr_array_unref (self->troubles);
  g_string_free (self->states, TRUE);
  g_clear_object (&self->clock);
  g_free (self->customer);
  g_free (self->twin);
  g_free (self->no_pin_twin);
  g_free (self->namesake);
  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (self->dir);
}

/* Selling */

void
money_fixture_ring_up (MoneyFixture *self)
{
  g_autoptr (TillArticle) article = g_list_model_get_item (till_catalogue_get_articles (self->catalogue), 0);
  g_autoptr (GError) error = NULL;

  till_basket_add (self->basket, article, 1, &error);
  g_assert_no_error (error);
}

void
money_fixture_open (MoneyFixture *self)
{
  g_autoptr (GError) error = NULL;

  money_fixture_ring_up (self);
  till_checkout_open (self->checkout, self->basket, &error);
  g_assert_no_error (error);
}

void
money_fixture_identify (MoneyFixture *self, const char *digits)
{
  g_autoptr (GError) error = NULL;

  till_checkout_choose_face (self->checkout, &error);
  g_assert_no_error (error);
  till_checkout_agree (self->checkout, &error);
  g_assert_no_error (error);
  till_checkout_type_digits (self->checkout, digits, &error);
  g_assert_no_error (error);
  money_fixture_wait_candidates (self);
}

void
money_fixture_widen_candidates (MoneyFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  till_customers_list_async (self->customers, NULL, on_result, &result);
  g_autoptr (GPtrArray) everybody = till_customers_list_finish (self->customers, wait_for (&result), &error);
  g_assert_no_error (error);
  till_gallery_unref (self->checkout->looking->candidates);
  self->checkout->looking->candidates = till_gallery_new (everybody);
}

static void
show_customer (MoneyFixture *self, TillSmileState smile, double level)
{
  g_autoptr (TillSighting) sighting = till_sighting_new ();

  sighting->serial = self->checkout->looking->session;
  sighting->face = TRUE;
  sighting->captured_us = sighting->done_us = g_get_monotonic_time ();
  sighting->alone = sighting->live = sighting->eyes = sighting->identity = TILL_EVIDENCE_FOR;
  sighting->customer = g_strdup (self->customer);
  sighting->smile = smile;
  sighting->smile_level = level;
  sighting->smiles_made = smile == TILL_SMILE_MADE ? 1 : 0;
  g_signal_emit_by_name (self->recognizer, "sighting", sighting);
}

void
money_fixture_see (MoneyFixture *self, TillSmileState smile)
{
  show_customer (self, smile, smile == TILL_SMILE_MADE ? 1 : 0);
}

void
money_fixture_smile (MoneyFixture *self, double level, gboolean made)
{
  show_customer (self, made ? TILL_SMILE_MADE : TILL_SMILE_HOLDING, level);
}

void
money_fixture_sight (MoneyFixture *self, TillEvidence identity, const char *customer, guint smiles)
{
  g_autoptr (TillSighting) sighting = till_sighting_new ();

  sighting->serial = self->checkout->looking->session;
  sighting->face = TRUE;
  sighting->captured_us = sighting->done_us = g_get_monotonic_time ();
  sighting->alone = sighting->live = sighting->eyes = TILL_EVIDENCE_FOR;
  sighting->identity = identity;
  sighting->customer = g_strdup (customer);
  sighting->score = 0.71234567;
  sighting->smiles_made = smiles;
  sighting->smile = smiles > 0 ? TILL_SMILE_MADE : TILL_SMILE_IDLE;
  till_evidence_bar_init (&sighting->bars[TILL_EVIDENCE_BAR_LIVE], 0.6, TRUE, 1);
  till_evidence_bar_measure (&sighting->bars[TILL_EVIDENCE_BAR_LIVE], 0.9, TILL_EVIDENCE_FOR);
  g_signal_emit_by_name (self->recognizer, "sighting", sighting);
}

void
money_fixture_pay (MoneyFixture *self)
{
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  money_fixture_wait_spent (self);
  money_fixture_see (self, TILL_SMILE_MADE);
  g_assert_cmpstr (till_checkout_state_to_string (till_checkout_get_state (self->checkout)), ==, "charging");
}

/* The ledger */

static GPtrArray *
list (MoneyFixture *self, const char *kind)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  till_ledger_list_async (self->ledger, kind, NULL, NULL, 0, NULL, on_result, &result);
  GPtrArray *rows = till_ledger_list_finish (self->ledger, wait_for (&result), &error);
  g_assert_no_error (error);
  return rows;
}

guint
money_fixture_count (MoneyFixture *self, const char *kind, const char *status)
{
  g_autoptr (GPtrArray) rows = list (self, kind);
  guint count = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      count += status == NULL
               || g_str_equal (json_object_get_string_member_with_default (row->body, "status", ""), status);
    }
  return count;
}

typedef struct
{
  const char *kind;
  guint at_least;
} Rows;

static gboolean
has_rows (MoneyFixture *self, gconstpointer data)
{
  const Rows *rows = data;

  return money_fixture_count (self, rows->kind, NULL) >= rows->at_least;
}

void
money_fixture_wait_rows (MoneyFixture *self, const char *kind, guint at_least)
{
  const Rows rows = { kind, at_least };

  g_assert_true (wait_until (self, has_rows, &rows));
}

TillLedgerEntry *
money_fixture_newest (MoneyFixture *self, const char *kind)
{
  g_autoptr (GPtrArray) rows = list (self, kind);

  g_assert_cmpuint (rows->len, >, 0);
  return till_ledger_entry_ref (g_ptr_array_index (rows, rows->len - 1));
}

gboolean
money_fixture_was_here_today (MoneyFixture *self, const char *customer)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  till_customers_list_expired_async (self->customers, till_face_pass_day_of (till_clock_utc (self->clock)),
                                     NULL, on_result, &result);
  g_autoptr (GPtrArray) absent
      = till_customers_list_expired_finish (self->customers, wait_for (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < absent->len; i++)
    if (g_str_equal (((TillCustomerVisit *) g_ptr_array_index (absent, i))->id, customer))
      return FALSE;
  return TRUE;
}

static gpointer
run_script (sqlite3 *db, gpointer data, GError **error)
{
  till_database_execute (db, data, error);
  return NULL;
}

void
money_fixture_run (MoneyFixture *self, const char *script)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_strdup (script);

  till_store_run (self->store, run_script, copy, &error);
  g_assert_no_error (error);
}

void
money_fixture_break_ledger (MoneyFixture *self, const char *kind)
{
  g_autofree char *script = g_strdup_printf ("CREATE TRIGGER fault BEFORE INSERT ON ledger"
                                             " WHEN NEW.kind = '%s'"
                                             " BEGIN SELECT RAISE (ABORT, 'no room on the disk'); END;",
                                             kind);

  money_fixture_run (self, script);
}

void
money_fixture_mend_ledger (MoneyFixture *self)
{
  money_fixture_run (self, "DROP TRIGGER fault;");
}
