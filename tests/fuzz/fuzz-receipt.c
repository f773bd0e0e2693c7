/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "ledger/till-ledger-body.h"
#include "sale/till-receipt.h"

#include <string.h>

/* A receipt as a ledger's row holds it. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) text = g_bytes_new (data, size);
  g_autoptr (JsonObject) body = till_ledger_body_parse (text, NULL);
  g_autoptr (GError) error = NULL;

  if (body == NULL)
    return 0;
  g_autoptr (TillReceipt) receipt = till_receipt_from_json (body, &error);
  g_assert_true ((receipt == NULL) == (error != NULL));
  if (receipt == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_autofree char *words = till_receipt_to_text (receipt);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_autoptr (JsonObject) written = till_receipt_to_json (receipt);
  g_autoptr (TillReceipt) again = till_receipt_from_json (written, &error);
  g_assert_no_error (error);
  g_autofree char *same = till_receipt_to_text (again);
  g_assert_cmpstr (words, ==, same);
  return 0;
}
