/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-page.h"
#include "payment/till-stripe-reading.h"
#include "payment/till-stripe-refund-reading.h"

#include <string.h>

/* Pages of a gateway's lists, one after the other, with a zero byte between them. */

/* A list that goes on for ever would be one that is never read to its end. */
#define MOST_PAGES 64

static void
read_elements (JsonArray *data, const TillChargeRequest *charge, const TillRefundRequest *refund)
{
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *object = json_array_get_object_element (data, i);
      g_autoptr (TillStripeReading) reading = till_stripe_read_intent (object, charge);
      g_autoptr (TillStripeReading) given = till_stripe_read_refund (object, refund);

      g_assert_true (reading->verdict != TILL_STRIPE_SUCCEEDED || reading->reference != NULL);
      g_assert_true (given->verdict != TILL_STRIPE_SUCCEEDED || given->reference != NULL);
      till_stripe_intent_is_of (object, charge);
      till_stripe_refund_is_of (object, refund);
    }
}

/* TRUE if there is another page. */
static gboolean
read_page (TillStripePages *pages,
           const guint8 *data,
           gsize size,
           const TillChargeRequest *charge,
           const TillRefundRequest *refund)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (JsonObject) root = till_stripe_json_read (body, NULL);
  gboolean more = FALSE;
  JsonArray *elements = root != NULL ? till_stripe_pages_read (pages, root, "pi_", "re_", &more) : NULL;

  if (elements == NULL)
    return FALSE;
  read_elements (elements, charge, refund);
  g_autofree char *next = till_stripe_pages_get_path (pages, "/v1/payment_intents", "customer", "cus_1");
  for (const char *at = next; *at != '\0'; at++)
    g_assert_true (g_ascii_isgraph (*at));
  return more;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (TillStripePages) pages = { 0 };
  TillMoney amount = { 0 };

  g_assert_true (till_money_init (&amount, 1250, "EUR", NULL));
  g_autoptr (TillChargeRequest) charge
      = till_charge_request_new ("attempt_1", "sale_1", "key_1", "cus_1/pm_1", &amount);
  g_autoptr (TillRefundRequest) refund
      = till_refund_request_new ("attempt_1", "sale_1", "key_1", "pi_1", &amount);

  for (guint i = 0; i < MOST_PAGES && size > 0; i++)
    {
      const guint8 *end = memchr (data, '\0', size);
      gsize length = end != NULL ? (gsize) (end - data) : size;

      if (!read_page (&pages, data, length, charge, refund))
        break;
      data += MIN (length + 1, size);
      size -= MIN (length + 1, size);
    }
  return 0;
}
