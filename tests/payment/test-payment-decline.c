/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-decline.h"
#include "payment/till-reconcile-pace.h"

/* What codes come down to, and how long to wait before asking again. */

static void
test_codes (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  TillChargeStatus status = TILL_CHARGE_APPROVED;
  const char *code = NULL;
  guint n_codes = 0;

  for (; (code = till_decline_get_code (n_codes, &status)) != NULL; n_codes++)
    {
      TillDecline decline = till_decline_from_code (status, code);
      gboolean doubt = g_str_has_prefix (till_decline_to_string (decline), "doubt-");

      g_assert_true (
          g_hash_table_add (seen, g_strconcat (till_charge_status_to_string (status), " ", code, NULL)));
      g_assert_cmpint (doubt, ==, status == TILL_CHARGE_UNKNOWN);
    }
  g_assert_cmpuint (n_codes, >, 60);
}

static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int decline = TILL_DECLINE_NONE; decline <= TILL_DECLINE_DOUBT_LEDGER; decline++)
    {
      const char *name = till_decline_to_string ((TillDecline) decline);
      g_assert_nonnull (name);
      g_assert_true (g_hash_table_add (seen, (gpointer) name));
    }
}

static void
test_examples (void)
{
  static const struct
  {
    TillChargeStatus status;
    const char *code;
    TillDecline decline;
  } examples[] = {
    { TILL_CHARGE_APPROVED, NULL, TILL_DECLINE_NONE },
    { TILL_CHARGE_APPROVED, "settled-by-hand", TILL_DECLINE_SETTLED },
    { TILL_CHARGE_DECLINED, "insufficient_funds", TILL_DECLINE_FUNDS },
    { TILL_CHARGE_DECLINED, "stolen_card", TILL_DECLINE_BANK },
    { TILL_CHARGE_DECLINED, "a_code_of_tomorrow", TILL_DECLINE_BANK },
    { TILL_CHARGE_DECLINED, NULL, TILL_DECLINE_BANK },
    { TILL_CHARGE_DECLINED, "requires-action", TILL_DECLINE_AUTHENTICATION },
    { TILL_CHARGE_DECLINED, "reversed", TILL_DECLINE_REVERSED },
    { TILL_CHARGE_UNKNOWN, "processing", TILL_DECLINE_DOUBT_PROCESSING },
    { TILL_CHARGE_UNKNOWN, "insufficient_funds", TILL_DECLINE_DOUBT_SILENT },
    { TILL_CHARGE_UNKNOWN, NULL, TILL_DECLINE_DOUBT_SILENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    g_assert_cmpint (till_decline_from_code (examples[i].status, examples[i].code), ==, examples[i].decline);
  g_assert_true (till_decline_may_retry (TILL_DECLINE_TRY_AGAIN));
  g_assert_false (till_decline_may_retry (TILL_DECLINE_FUNDS));
  g_assert_false (till_decline_may_retry (TILL_DECLINE_DOUBT_SILENT));
}

static void
test_pace (void)
{
  static const gint64 seconds[] = { 5, 10, 20, 40, 80, 160, 320, 600, 600, 600 };
  TillReconcilePace pace = { 0 };
  TillReconcilePace jittered = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      gint64 longest = seconds[i] * G_USEC_PER_SEC;
      gint64 pause = till_reconcile_pace_next (&jittered, g_test_rand_int () < 0 ? G_MAXUINT32 : 77777777);

      g_assert_cmpint (till_reconcile_pace_next (&pace, 0), ==, longest);
      g_assert_cmpint (pause, <, longest);
      g_assert_cmpint (pause, >=, longest / 4 * 3);
    }
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpint (till_reconcile_pace_next (&pace, 0), ==, TILL_RECONCILE_PACE_LONGEST);
  till_reconcile_pace_reset (&pace);
  g_assert_cmpint (till_reconcile_pace_next (&pace, 0), ==, TILL_RECONCILE_PACE_FIRST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment/decline/codes", test_codes);
  g_test_add_func ("/payment/decline/names", test_names);
  g_test_add_func ("/payment/decline/examples", test_examples);
  g_test_add_func ("/payment/decline/pace", test_pace);
  return g_test_run ();
}
