/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. What becomes of a guess: counted, answered like any other, and made up for by a PIN. */
#include "../vault/set-clock.h"
#include "base/till-error.h"
#include "checkout/till-checkout-private.h"
#include "checkout/till-looking-private.h"
#include "money-fixture.h"
#include "recognition/till-identity-evidence.h"
#include "store/till-statement.h"
#include "vault/till-miss-count.h"

#define NOBODYS_DIGITS "0000"
/* Norm of an embedding that says something. */
#define STRONG 100.0

static void
set_policy (MoneyFixture *self, gint64 second_smile_minor, gboolean pin)
{
  const TillCheckoutPolicy policy = { .second_smile_minor = second_smile_minor, .pin = pin };

  till_checkout_set_policy (self->checkout, &policy);
}

static const char *
state_of (MoneyFixture *self)
{
  return till_checkout_state_to_string (till_checkout_get_state (self->checkout));
}

static void
assert_state (MoneyFixture *self, const char *state, const char *reason)
{
  g_assert_cmpstr (state_of (self), ==, state);
  g_assert_cmpstr (till_checkout_get_reason (self->checkout), ==, reason);
}

static void
do_now (MoneyFixture *self, gboolean (*what) (TillCheckout *, GError **))
{
  g_autoptr (GError) error = NULL;

  what (self->checkout, &error);
  g_assert_no_error (error);
}

static void
type_pin (MoneyFixture *self, const char *pin)
{
  g_autoptr (GError) error = NULL;

  till_checkout_type_pin (self->checkout, pin, &error);
  g_assert_no_error (error);
  money_fixture_wait_candidates (self);
}

static void
assert_charged (MoneyFixture *self)
{
  assert_state (self, "charging", NULL);
  money_fixture_wait_held (self, 1, 0);
  fake_provider_release_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
}

static gint64
wait_of_till (MoneyFixture *self)
{
  gint64 until = till_checkout_get_locked_until_us (self->checkout);

  return until == 0 ? 0 : until - till_clock_monotonic (self->clock);
}

/* Digits typed, and a face that is none of theirs. */
static void
miss (MoneyFixture *self, const char *digits)
{
  money_fixture_identify (self, digits);
  money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 0);
  assert_state (self, "not-confirmed", "not-confirmed");
  do_now (self, till_checkout_dismiss);
}

/* Counting */

static void
test_locked_out (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_open (self);
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    {
      g_assert_cmpint (wait_of_till (self), ==, 0);
      miss (self, i % 2 == 0 ? MONEY_DIGITS : NOBODYS_DIGITS);
    }
  g_assert_cmpint (wait_of_till (self), ==, TILL_MISS_COUNT_FIRST_US);
  do_now (self, till_checkout_choose_face);
  assert_state (self, "locked", "locked-out");
  g_assert_false (till_checkout_is_camera_on (self->checkout));

  /* Trying again does not help, every other way does, and time does. */
  do_now (self, till_checkout_choose_face);
  assert_state (self, "locked", "locked-out");
  g_assert_true (till_checkout_accepts (self->checkout, TILL_CHECKOUT_CHOOSE_COUNTER));
  set_clock_advance (SET_CLOCK (self->clock), TILL_MISS_COUNT_FIRST_US);
  do_now (self, till_checkout_choose_face);
  assert_state (self, "consent", NULL);
  do_now (self, till_checkout_cancel);
  money_fixture_pay (self);
  assert_charged (self);
}

/* Giving up is a miss from the moment the digits are typed, and none before. */
static void
test_cancelled (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_open (self);
  for (guint i = 0; i < 2 * TILL_MISS_COUNT_FREE; i++)
    {
      do_now (self, till_checkout_choose_face);
      do_now (self, till_checkout_agree);
      do_now (self, till_checkout_cancel);
    }
  g_assert_cmpint (wait_of_till (self), ==, 0);
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    {
      g_assert_cmpint (wait_of_till (self), ==, 0);
      money_fixture_identify (self, MONEY_DIGITS);
      do_now (self, till_checkout_cancel);
    }
  g_assert_cmpint (wait_of_till (self), ==, TILL_MISS_COUNT_FIRST_US);
}

static void
test_own_trouble (MoneyFixture *self, gconstpointer unused)
{
  static const TillCheckoutEvent troubles[]
      = { TILL_CHECKOUT_CAMERA_FAILED, TILL_CHECKOUT_RECOGNITION_FAILED, TILL_CHECKOUT_CONSENT_FAILED };

  money_fixture_open (self);
  for (guint i = 0; i < 3 * TILL_MISS_COUNT_FREE; i++)
    {
      money_fixture_identify (self, MONEY_DIGITS);
      till_checkout_report (self->checkout, troubles[i % G_N_ELEMENTS (troubles)], "trouble");
      do_now (self, till_checkout_dismiss);
    }
  g_assert_cmpint (wait_of_till (self), ==, 0);
}

/* The try is on disk before there is anybody to be compared with. */
static gpointer
count_pending (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT count (*) FROM miss_counts WHERE pending_us <> 0", error);
  gboolean row = FALSE;

  if (statement != NULL && till_statement_step (statement, &row, error) && row)
    *(gint64 *) data = till_statement_get_int (statement, 0);
  return NULL;
}

static gint64
pending (MoneyFixture *self)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  till_store_run (self->store, count_pending, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
test_written_first (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_open (self);
  g_assert_cmpint (pending (self), ==, 0);
  money_fixture_identify (self, MONEY_DIGITS);
  g_assert_cmpint (pending (self), ==, 2);
  money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 0);
  g_assert_cmpint (pending (self), ==, 0);
  do_now (self, till_checkout_dismiss);
  money_fixture_pay (self);
  assert_charged (self);
  g_assert_cmpint (pending (self), ==, 0);
}

/* A try that can't be written down does not take place. */
static void
test_disk_refuses (MoneyFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  money_fixture_run (self, "CREATE TRIGGER full BEFORE INSERT ON miss_counts"
                           " BEGIN SELECT RAISE (ABORT, 'no room on the disk'); END;");
  money_fixture_open (self);
  do_now (self, till_checkout_choose_face);
  do_now (self, till_checkout_agree);
  till_checkout_type_digits (self->checkout, MONEY_DIGITS, &error);
  g_assert_no_error (error);
  money_fixture_wait (self, TILL_CHECKOUT_NOT_CONFIRMED);
  g_assert_cmpstr (till_checkout_get_reason (self->checkout), ==, "recognition");
  g_assert_null (self->checkout->looking->candidates);
  money_fixture_run (self, "DROP TRIGGER full;");
  do_now (self, till_checkout_dismiss);
  money_fixture_pay (self);
  assert_charged (self);
}

/* One answer */

typedef enum
{
  UNKNOWN_FACE,
  WRONG_DIGITS,
  LOOK_ALIKE,
  LOCKED_DIGITS,
  SILENCE,
  N_CAUSES
} Cause;

/* What is on the screen from the digits on, whatever the cause; @pin: (nullable) what is typed when asked. */
static char *
answer_to (MoneyFixture *self, Cause cause, const char *pin)
{
  money_fixture_identify (self, cause == WRONG_DIGITS ? NOBODYS_DIGITS : MONEY_TWIN_DIGITS);
  g_assert_cmpint (self->checkout->looking->digits_wait, ==, cause == LOCKED_DIGITS);
  g_assert_cmpuint (till_gallery_get_n_customers (self->checkout->looking->candidates), ==,
                    cause == WRONG_DIGITS || cause == LOCKED_DIGITS ? 0 : 1);
  g_string_truncate (self->states, 0);
  for (guint i = 0; i < 2 && till_checkout_get_state (self->checkout) == TILL_CHECKOUT_CONFIRMING; i++)
    {
      if (cause == SILENCE)
        till_checkout_report (self->checkout, TILL_CHECKOUT_TIMEOUT, "not-confirmed");
      else
        money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 0);
      if (till_checkout_get_state (self->checkout) != TILL_CHECKOUT_PIN)
        break;
      g_assert_null (till_checkout_get_reason (self->checkout));
      type_pin (self, pin);
    }
  char *answer = g_strdup_printf ("%s: %s", self->states->str, till_checkout_get_reason (self->checkout));
  do_now (self, till_checkout_dismiss);
  return answer;
}

/* Misses of the digits, so slowly that the till itself need not wait. */
static void
lock_digits (MoneyFixture *self)
{
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    {
      set_clock_advance (SET_CLOCK (self->clock), TILL_MISS_COUNT_SHORT_US + 1);
      miss (self, MONEY_TWIN_DIGITS);
    }
}

static void
check_answers (MoneyFixture *self, const char *pin, const char *expected)
{
  for (Cause cause = 0; cause < N_CAUSES; cause++)
    {
      if (cause == LOCKED_DIGITS)
        {
          set_policy (self, 0, FALSE);
          lock_digits (self);
          set_policy (self, 0, pin != NULL);
        }
      g_autofree char *answer = answer_to (self, cause, pin);
      g_assert_cmpstr (answer, ==, expected);
      set_clock_advance (SET_CLOCK (self->clock), 2 * TILL_MISS_COUNT_MOST_US);
    }
}

static void
test_one_answer (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_enrol_twins (self);
  money_fixture_open (self);
  check_answers (self, NULL, " not-confirmed: not-confirmed");
}

static void
test_one_answer_with_pin (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_enrol_twins (self);
  money_fixture_open (self);
  set_policy (self, 0, TRUE);
  /* A wrong PIN, and the right one of somebody whose face it is not. */
  check_answers (self, "8642", " pin confirming not-confirmed: not-confirmed");
  set_clock_advance (SET_CLOCK (self->clock), TILL_MISS_COUNT_LONG_US);
  check_answers (self, MONEY_TWIN_PIN, " pin confirming not-confirmed: not-confirmed");
}

/* Frames until the evidence speaks against @gallery (transfer full). */
static guint
frames_until_against (TillGallery *own_gallery, const float *probe)
{
  g_autoptr (TillGallery) gallery = own_gallery;
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_DATA"), "operating-point.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillOperatingPoint) point = till_operating_point_load (path, &error);
  TillIdentityEvidence evidence;
  guint frames = 0;

  g_assert_no_error (error);
  till_identity_evidence_init (&evidence, point);
  till_identity_evidence_set_candidates (&evidence, gallery);
  while (till_identity_evidence_get (&evidence) == TILL_EVIDENCE_OPEN && frames < 1000)
    {
      till_identity_evidence_add (&evidence, probe, STRONG);
      frames++;
    }
  g_assert_cmpint (till_identity_evidence_get (&evidence), ==, TILL_EVIDENCE_AGAINST);
  till_identity_evidence_clear (&evidence);
  return frames;
}

static TillGallery *
gallery_of (const float *const *templates, guint n)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (customers, till_customer_new (NULL, "Name", MONEY_DIGITS, "cus_1", "consent_1",
                                                   templates[i], 1, 1, NULL));
  return till_gallery_new (customers);
}

/* Nobody, a stranger, and two who can't be told apart: as many frames until the answer. */
static void
test_as_many_frames (void)
{
  float probe[TILL_VISION_EMBEDDING] = { 1 };
  float stranger[TILL_VISION_EMBEDDING] = { 0, 1 };
  float twin[TILL_VISION_EMBEDDING] = { 0.95f, 0, 0.31225f };
  const float *const strangers[] = { stranger };
  const float *const twins[] = { probe, twin };
  const float *const alike[] = { twin, twin };
  const guint nobody = frames_until_against (gallery_of (NULL, 0), probe);

  g_assert_cmpuint (frames_until_against (gallery_of (strangers, 1), probe), ==, nobody);
  g_assert_cmpuint (frames_until_against (gallery_of (alike, 2), probe), ==, nobody);
  g_assert_cmpuint (frames_until_against (gallery_of (twins, 2), twin), ==, nobody);
}

/* PINs */

static JsonObject *
evidence_of_charge (MoneyFixture *self, TillLedgerEntry **row)
{
  money_fixture_wait_rows (self, TILL_LEDGER_CHARGE_INTENT, 1);
  *row = money_fixture_newest (self, TILL_LEDGER_CHARGE_INTENT);
  return json_object_get_object_member ((*row)->body, "evidence");
}

/* What the face alone could not do, face and PIN do: 1:1, and with one smile. */
static void
test_pin_makes_up (MoneyFixture *self, gconstpointer unused)
{
  g_autoptr (TillLedgerEntry) row = NULL;

  money_fixture_enrol_twins (self);
  set_policy (self, 0, TRUE);
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_TWIN_DIGITS);
  guint session = self->checkout->looking->session;
  money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 0);
  assert_state (self, "pin", NULL);
  g_assert_true (till_checkout_is_camera_on (self->checkout));
  type_pin (self, MONEY_TWIN_PIN);
  g_assert_cmpuint (self->checkout->looking->session, !=, session);
  g_assert_cmpuint (till_gallery_get_n_customers (self->checkout->looking->candidates), ==, 1);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 0);
  assert_state (self, "smile", NULL);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 1);
  assert_charged (self);
  g_assert_true (json_object_get_boolean_member (evidence_of_charge (self, &row), "pin"));
}

/* A face that matches does not help a wrong PIN: nobody is compared with it any more. */
static void
test_wrong_pin (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_enrol_twins (self);
  set_policy (self, 0, TRUE);
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_TWIN_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 0);
  assert_state (self, "pin", NULL);
  type_pin (self, "86420");
  g_assert_cmpuint (till_gallery_get_n_customers (self->checkout->looking->candidates), ==, 0);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 1);
  assert_state (self, "confirming", NULL);
  money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 1);
  assert_state (self, "not-confirmed", "not-confirmed");
}

static void
test_no_pin_typed (MoneyFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  set_policy (self, 0, TRUE);
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_DIGITS);
  g_assert_false (till_checkout_type_pin (self->checkout, "2580", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 0);
  g_assert_false (till_checkout_type_pin (self->checkout, "12", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  assert_state (self, "pin", NULL);
  till_checkout_report (self->checkout, TILL_CHECKOUT_TIMEOUT, "not-confirmed");
  assert_state (self, "not-confirmed", "not-confirmed");
  g_assert_false (till_checkout_is_camera_on (self->checkout));
}

/* Candidates that were looked for by the digits, and come after the PIN was typed, are not those of the PIN. */
static void
test_late_candidates (MoneyFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  money_fixture_enrol_twins (self);
  set_policy (self, 0, TRUE);
  money_fixture_open (self);
  do_now (self, till_checkout_choose_face);
  do_now (self, till_checkout_agree);
  till_checkout_type_digits (self->checkout, MONEY_TWIN_DIGITS, &error);
  g_assert_no_error (error);
  till_checkout_report (self->checkout, TILL_CHECKOUT_TIMEOUT, "not-confirmed");
  assert_state (self, "pin", NULL);
  g_assert_null (self->checkout->looking->candidates);
  type_pin (self, "86420");
  g_assert_true (self->checkout->looking->by_pin);
  g_assert_cmpuint (till_gallery_get_n_customers (self->checkout->looking->candidates), ==, 0);
}

/* Look-alikes and much money */

static void
test_look_alike_needs_pin (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_enrol_twins (self);
  set_policy (self, 0, TRUE);
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_TWIN_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 0);
  assert_state (self, "pin", NULL);
  type_pin (self, MONEY_TWIN_PIN);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 0);
  assert_state (self, "smile", NULL);
}

/* Being asked sooner than somebody unknown would tell that the digits are right. */
static void
test_look_alike_waits (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_enrol_twins (self);
  set_policy (self, 0, TRUE);
  till_checkout_set_patience (self->checkout, 5);
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_TWIN_DIGITS);
  for (guint i = 1; i < 5; i++)
    {
      money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 0);
      assert_state (self, "confirming", NULL);
    }
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 0);
  assert_state (self, "pin", NULL);
  type_pin (self, MONEY_TWIN_PIN);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 0);
  assert_state (self, "smile", NULL);
}

static void
assert_two_smiles (MoneyFixture *self, const char *customer)
{
  money_fixture_sight (self, TILL_EVIDENCE_FOR, customer, 0);
  assert_state (self, "smile", NULL);
  g_assert_cmpuint (till_checkout_face_count_smiles (self->checkout), ==, 2);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, customer, 1);
  assert_state (self, "smile", NULL);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, customer, 2);
  assert_charged (self);
}

/* Without PINs, and for one who has none, it takes a smile more. */
static void
test_look_alike_smiles_twice (MoneyFixture *self, gconstpointer unused)
{
  g_autoptr (TillLedgerEntry) row = NULL;

  money_fixture_enrol_twins (self);
  set_policy (self, 0, TRUE);
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_NO_PIN_DIGITS);
  assert_two_smiles (self, self->no_pin_twin);

  JsonObject *evidence = evidence_of_charge (self, &row);
  g_assert_true (json_object_get_boolean_member (evidence, "look_alike"));
  g_assert_cmpint (json_object_get_int_member (evidence, "smiles"), ==, 2);
}

static void
test_much_money (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_open (self);
  gint64 amount = till_checkout_get_amount (self->checkout)->minor;

  set_policy (self, amount + 1, FALSE);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  g_assert_cmpuint (till_checkout_face_count_smiles (self->checkout), ==, 1);
  /* What the shop changes meanwhile is for the next customer. */
  set_policy (self, amount, FALSE);
  g_assert_cmpuint (till_checkout_face_count_smiles (self->checkout), ==, 1);
  do_now (self, till_checkout_cancel);
  money_fixture_identify (self, MONEY_DIGITS);
  assert_two_smiles (self, self->customer);
}

/* Time runs anew with each smile, so that the second is not asked for in the rest of the first one's time. */
static void
test_time_for_each_smile (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, 1, FALSE);
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  gint64 deadline = till_checkout_get_deadline_us (self->checkout);

  set_clock_advance (SET_CLOCK (self->clock), 10 * G_USEC_PER_SEC);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->customer, 0);
  g_assert_cmpint (till_checkout_get_deadline_us (self->checkout), ==, deadline);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->customer, 1);
  g_assert_cmpint (till_checkout_get_deadline_us (self->checkout), ==, deadline + 10 * G_USEC_PER_SEC);
  set_clock_advance (SET_CLOCK (self->clock), 10 * G_USEC_PER_SEC);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->customer, 1);
  g_assert_cmpint (till_checkout_get_deadline_us (self->checkout), ==, deadline + 10 * G_USEC_PER_SEC);
}

/* What a charge rested on can be read later, and nothing of the face can. */
static void
test_evidence_kept (MoneyFixture *self, gconstpointer unused)
{
  g_autoptr (TillLedgerEntry) row = NULL;

  till_checkout_set_operating_point_id (self->checkout, "a1b2");
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->customer, 0);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->customer, 1);
  assert_charged (self);

  JsonObject *evidence = evidence_of_charge (self, &row);
  JsonObject *pieces = json_object_get_object_member (evidence, "pieces");
  JsonObject *live = json_object_get_object_member (pieces, "live");
  g_assert_cmpstr (json_object_get_string_member (evidence, "operating_point"), ==, "a1b2");
  g_assert_cmpint (json_object_get_int_member (evidence, "candidates"), ==, 1);
  g_assert_cmpfloat (json_object_get_double_member (evidence, "score"), ==, 0.7123);
  g_assert_cmpint (json_object_get_int_member (evidence, "smiles"), ==, 1);
  g_assert_false (json_object_get_boolean_member (evidence, "pin"));
  g_assert_false (json_object_get_boolean_member (evidence, "look_alike"));
  g_assert_cmpuint (json_object_get_size (pieces), ==, 1);
  g_assert_cmpfloat (json_object_get_double_member (live, "value"), ==, 0.9);
  g_assert_cmpfloat (json_object_get_double_member (live, "least"), ==, 0.6);
}

/* What is written down as agreed to is what was to be read on the page, whatever the shop changes meanwhile. */
static void
test_terms (MoneyFixture *self, gconstpointer unused)
{
  const TillConsentTerms shown = { .shop = "Corner Shop", .retention_months = 6, .guardian_age = 16 };
  const TillConsentTerms later = { .shop = "Another Shop", .retention_months = 12, .guardian_age = 16 };
  g_autofree char *hash = till_consent_make_hash (TILL_CONSENT_PAYMENT, &shown);

  till_checkout_set_terms (self->checkout, &shown);
  money_fixture_open (self);
  do_now (self, till_checkout_choose_face);
  till_checkout_set_terms (self->checkout, &later);
  g_assert_cmpstr (till_checkout_get_terms (self->checkout)->shop, ==, shown.shop);
  do_now (self, till_checkout_agree);
  g_assert_cmpstr (till_checkout_get_terms (self->checkout)->shop, ==, later.shop);
  money_fixture_wait_rows (self, TILL_LEDGER_CONSENT, 3);

  g_autoptr (TillLedgerEntry) row = money_fixture_newest (self, TILL_LEDGER_CONSENT);
  g_assert_cmpstr (json_object_get_string_member (row->body, "purpose"), ==, "payment");
  g_assert_cmpstr (json_object_get_string_member (row->body, "wording_sha256"), ==, hash);
  g_assert_cmpstr (json_object_get_string_member (row->body, "place"), ==, TILL_CONSENT_PLACE_DISPLAY);
  g_assert_true (till_consent_verify (row->body, NULL, NULL));
  g_assert_cmpstr (row->sale, ==, till_checkout_get_sale (self->checkout));
}

/* A payment that was approved is a visit, and nothing less is. */
static void
test_visit (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_open (self);
  money_fixture_pay (self);
  money_fixture_wait_held (self, 1, 0);
  g_assert_false (money_fixture_was_here_today (self, self->customer));
  fake_provider_release_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  money_fixture_wait_rows (self, TILL_LEDGER_RECEIPT, 1);
  g_assert_true (money_fixture_was_here_today (self, self->customer));
  g_assert_cmpuint (self->troubles->len, ==, 0);
}

#define ADD(path, function)                                                                                  \
  g_test_add ("/checkout/try/" path, MoneyFixture, GSIZE_TO_POINTER (SET_TYPE_CLOCK),                        \
              money_fixture_set_up_with_clock, function, money_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("locked-out", test_locked_out);
  ADD ("cancelled", test_cancelled);
  ADD ("own-trouble", test_own_trouble);
  ADD ("written-first", test_written_first);
  ADD ("disk-refuses", test_disk_refuses);
  ADD ("one-answer", test_one_answer);
  ADD ("one-answer-with-pin", test_one_answer_with_pin);
  g_test_add_func ("/checkout/try/as-many-frames", test_as_many_frames);
  ADD ("pin-makes-up", test_pin_makes_up);
  ADD ("wrong-pin", test_wrong_pin);
  ADD ("no-pin-typed", test_no_pin_typed);
  ADD ("late-candidates", test_late_candidates);
  ADD ("look-alike-needs-pin", test_look_alike_needs_pin);
  ADD ("look-alike-waits", test_look_alike_waits);
  ADD ("look-alike-smiles-twice", test_look_alike_smiles_twice);
  ADD ("much-money", test_much_money);
  ADD ("time-for-each-smile", test_time_for_each_smile);
  ADD ("evidence-kept", test_evidence_kept);
  ADD ("terms", test_terms);
  ADD ("visit", test_visit);
  return g_test_run ();
}
