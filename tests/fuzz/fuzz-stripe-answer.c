/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-reading.h"
#include "payment/till-stripe-refund-reading.h"

#include <string.h>

/*
 * Whatever a gateway answers. Its first three bytes are the status, as in "200{…}". What is believed must be of this
 * payment, and what is shown to people must be printable.
 */

#define AMOUNT 1250

static const guint statuses[] = { 200, 201, 302, 400, 401, 402, 404, 409, 429, 500, 503 };

static void
check_reading (const TillStripeReading *reading)
{
  g_assert_true (reading->reference == NULL || g_str_is_ascii (reading->reference));
  g_assert_true (reading->code == NULL || strlen (reading->code) <= 100);
  if (reading->code != NULL)
    for (const char *at = reading->code; *at != '\0'; at++)
      g_assert_true (g_ascii_isalnum (*at) || *at == '-' || *at == '_');
  g_assert_true (reading->message == NULL || g_utf8_validate (reading->message, -1, NULL));
  if (reading->message != NULL)
    for (const char *at = reading->message; *at != '\0'; at = g_utf8_next_char (at))
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
}

/* What is taken for paid says so itself, with this amount and this attempt. */
static void
check_belief (
    const TillStripeReading *reading, guint status, GBytes *body, const char *amount_name, gint64 amount)
{
  if (reading->verdict != TILL_STRIPE_SUCCEEDED)
    return;
  g_autoptr (JsonObject) root = till_stripe_json_read (body, NULL);
  gint64 said = 0;

  g_assert_cmpuint (status, <, 300);
  g_assert_nonnull (root);
  g_assert_nonnull (reading->reference);
  g_assert_cmpstr (till_stripe_json_string (root, "id"), ==, reading->reference);
  g_assert_cmpstr (till_stripe_json_string (root, "status"), ==, "succeeded");
  g_assert_true (till_stripe_json_int (root, amount_name, &said));
  g_assert_cmpint (said, ==, amount);
}

static void
read_charge (guint status, GBytes *body)
{
  TillMoney amount = { 0 };

  g_assert_true (till_money_init (&amount, AMOUNT, "EUR", NULL));
  g_autoptr (TillChargeRequest) request
      = till_charge_request_new ("attempt_1", "sale_1", "key_1", "cus_1/pm_1", &amount);
  g_autoptr (TillStripeReading) reading = till_stripe_read_answer (status, body, request);

  check_reading (reading);
  check_belief (reading, status, body, "amount", AMOUNT);
}

static void
read_refund (guint status, GBytes *body)
{
  TillMoney amount = { 0 };

  g_assert_true (till_money_init (&amount, AMOUNT, "EUR", NULL));
  g_autoptr (TillRefundRequest) request
      = till_refund_request_new ("attempt_1", "sale_1", "key_1", "pi_1", &amount);
  g_autoptr (TillStripeReading) reading = till_stripe_read_refund_answer (status, body, request);

  check_reading (reading);
  check_belief (reading, status, body, "amount", AMOUNT);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint status = statuses[size > 0 ? data[0] % G_N_ELEMENTS (statuses) : 0];

  if (size >= 3 && g_ascii_isdigit (data[0]) && g_ascii_isdigit (data[1]) && g_ascii_isdigit (data[2]))
    status = (guint) (data[0] - '0') * 100 + (guint) (data[1] - '0') * 10 + (guint) (data[2] - '0');
  gsize skip = MIN (size, 3);
  g_autoptr (GBytes) body = g_bytes_new (data + skip, size - skip);

  read_charge (status, body);
  read_refund (status, body);
  g_autoptr (JsonObject) root = till_stripe_json_read (body, NULL);
  if (root != NULL)
    {
      g_autoptr (TillStripeReading) error = till_stripe_read_error (status, root);
      check_reading (error);
    }
  return 0;
}
