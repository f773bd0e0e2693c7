/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment-row.h"
#include "till-test-desk.h"

/* A reconciliation beside somebody else who ends, in the meantime, what it found open. */

#define ASKED_IN_VAIN                                                                                        \
  {                                                                                                          \
    .body = "no answer"                                                                                      \
  }

/* Ends an attempt while the gateway holds a request. */
typedef struct
{
  TillTestDesk *desk;
  TillLedgerEntry *end;
  guint seen; /* requests */
  guint when; /* at which it happens */
  GMutex lock;
  GCond cond;
  gboolean done;
} Rival;

static void
rival_clear (Rival *rival)
{
  till_ledger_entry_unref (rival->end);
  g_mutex_clear (&rival->lock);
  g_cond_clear (&rival->cond);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rival, rival_clear)

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Rival *rival = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  g_assert_no_error (error);
  g_mutex_lock (&rival->lock);
  rival->done = TRUE;
  g_cond_signal (&rival->cond);
  g_mutex_unlock (&rival->lock);
}

static gboolean
end_it (gpointer data)
{
  Rival *rival = data;

  till_ledger_append_async (rival->desk->journal->ledger, rival->end, NULL, on_ended, rival);
  return G_SOURCE_REMOVE;
}

/* In the gateway's thread. */
static void
on_request (gpointer data)
{
  Rival *rival = data;

  if (++rival->seen != rival->when)
    return;
  g_main_context_invoke (NULL, end_it, rival);
  g_mutex_lock (&rival->lock);
  while (!rival->done)
    g_cond_wait (&rival->cond, &rival->lock);
  g_mutex_unlock (&rival->lock);
}

/* An open charge of sale_2, or an open refund of it: what it is called. */
static char *
open_second (TillTestDesk *desk, gboolean refund)
{
  if (!refund)
    {
      TELL (MUTE);
      g_autoptr (TillPaymentOutcome) open = till_test_desk_charge (desk, "sale_2", TILL_CHARGE_UNKNOWN);
      return g_strdup (open->attempt);
    }
  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_2", TILL_CHARGE_APPROVED);
  return till_test_desk_give_back (desk, paid->attempt, 1250, TILL_CHARGE_UNKNOWN, "interrupted");
}

static void
rival_init (Rival *rival, TillTestDesk *desk, const char *attempt, gboolean refund, guint when)
{
  TillMoney amount = till_test_euro (1250);
  g_autoptr (TillChargeResult) result
      = till_charge_result_new (TILL_CHARGE_APPROVED, refund ? "re_1test" : "pi_1test", NULL, NULL, TRUE);

  *rival = (Rival){ .desk = desk, .when = when };
  g_mutex_init (&rival->lock);
  g_cond_init (&rival->cond);
  rival->end = till_payment_end_row (refund ? TILL_LEDGER_REFUND_END : TILL_LEDGER_CHARGE_END, "sale_2",
                                     attempt, &amount, result);
  till_test_gateway_on_request (desk->gateway, on_request, rival);
}

/* The end of @kind of @sale was written once, and says so. */
static void
assert_approved (TillTestDesk *desk, const char *kind, const char *sale)
{
  g_autoptr (TillLedgerEntry) end = till_test_journal_only (desk->journal, kind, sale);

  g_assert_cmpstr (till_payment_get_text (end, "status"), ==, "approved");
}

static void
assert_rows (TillTestDesk *desk, const char *kind, const char *sale, guint count)
{
  g_autoptr (GPtrArray) rows = till_test_rows (desk->journal->ledger, kind, sale);

  g_assert_cmpuint (rows->len, ==, count);
}

/* It ends while the one before it is asked about: nobody is asked about it, and the one behind it is. */
static void
test_before_asking (TillTestDesk *desk, gconstpointer data)
{
  gboolean refund = GPOINTER_TO_INT (data);
  g_auto (Rival) rival = { NULL };

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) first = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  g_autofree char *second = open_second (desk, refund);
  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) third = till_test_desk_charge (desk, "sale_3", TILL_CHARGE_UNKNOWN);

  rival_init (&rival, desk, second, refund, 1);
  TELL (ASKED_IN_VAIN, HAVING (TILL_TEST_INTENT ("succeeded")));
  till_test_desk_reconcile (desk, 1);
  g_assert_true (rival.done);
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 2);
  assert_rows (desk, TILL_LEDGER_CHARGE_END, "sale_1", 0);
  assert_approved (desk, refund ? TILL_LEDGER_REFUND_END : TILL_LEDGER_CHARGE_END, "sale_2");
  assert_approved (desk, TILL_LEDGER_CHARGE_END, "sale_3");
  till_test_gateway_on_request (desk->gateway, NULL, NULL);
}

/* It ends while it is asked about itself: the end that is there counts, whatever the answer. */
static void
assert_ends_while_asked (TillTestDesk *desk, gboolean refund, gboolean heard)
{
  g_autofree char *second = open_second (desk, refund);
  g_autofree char *found = g_strdup_printf (
      refund ? TILL_TEST_LIST (
          "{\"id\":\"re_1test\",\"object\":\"refund\",\"amount\":1250,\"currency\":\"eur\",\"payment_"
          "intent\":"
          "\"pi_1test\",\"metadata\":{\"sale\":\"sale_2\",\"attempt\":\"%s\"},\"status\":\"succeeded\"}")
             : TILL_TEST_LIST (
                 "{\"id\":\"pi_1test\",\"object\":\"payment_intent\",\"amount\":1250,\"currency\":\"eur\","
                 "\"customer\":\"cus_1\",\"metadata\":{\"sale\":\"sale_2\",\"attempt\":\"%s\"},"
                 "\"status\":\"succeeded\"}"),
      second);
  TillTestAnswer answer = heard ? (TillTestAnswer){ .body = found } : (TillTestAnswer) ASKED_IN_VAIN;
  g_auto (Rival) rival = { NULL };

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) third = till_test_desk_charge (desk, "sale_3", TILL_CHARGE_UNKNOWN);
  rival_init (&rival, desk, second, refund, 1);
  TELL (answer, HAVING (TILL_TEST_INTENT ("succeeded")));
  till_test_desk_reconcile (desk, 0);
  g_assert_true (rival.done);
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 2);
  assert_approved (desk, refund ? TILL_LEDGER_REFUND_END : TILL_LEDGER_CHARGE_END, "sale_2");
  assert_rows (desk, refund ? TILL_LEDGER_REFUND_DOUBT : TILL_LEDGER_CHARGE_DOUBT, "sale_2", 1);
  assert_approved (desk, TILL_LEDGER_CHARGE_END, "sale_3");
  till_test_gateway_on_request (desk->gateway, NULL, NULL);
}

static void
test_before_writing (TillTestDesk *desk, gconstpointer data)
{
  assert_ends_while_asked (desk, GPOINTER_TO_INT (data), TRUE);
}

static void
test_before_doubting (TillTestDesk *desk, gconstpointer data)
{
  assert_ends_while_asked (desk, GPOINTER_TO_INT (data), FALSE);
}

#define ADD(PATH, REFUND, FUNC)                                                                              \
  g_test_add ("/payment/beside/" PATH, TillTestDesk, GINT_TO_POINTER (REFUND), till_test_desk_set_up, FUNC,  \
              till_test_desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("charge/before-asking", FALSE, test_before_asking);
  ADD ("charge/before-writing", FALSE, test_before_writing);
  ADD ("charge/before-doubting", FALSE, test_before_doubting);
  ADD ("refund/before-asking", TRUE, test_before_asking);
  ADD ("refund/before-writing", TRUE, test_before_writing);
  ADD ("refund/before-doubting", TRUE, test_before_doubting);
  return g_test_run ();
}
