/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-books.h"
#include "payment/till-unresolved.h"
#include "shop/till-shop-unresolved.h"
#include "vault/till-pin.h"

#include <stdio.h>

static void
print_unresolved (const TillUnresolved *unresolved, gboolean json)
{
  const char *what = unresolved->refund ? "refund" : "charge";

  if (!json)
    {
      g_autofree char *at = till_ctl_format_time (unresolved->at_us);
      g_autofree char *amount = till_money_format (&unresolved->amount);

      printf ("%s  %s  %s  %12s  %s  %s\n", unresolved->attempt, at, what, amount,
              unresolved->code != NULL ? unresolved->code : "not asked yet", unresolved->sale);
      return;
    }

  g_autofree char *at = till_clock_format_utc (unresolved->at_us);
  g_autofree char *amount = till_money_to_decimal (&unresolved->amount);
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "attempt", unresolved->attempt);
  json_object_set_string_member (object, "sale", unresolved->sale);
  json_object_set_string_member (object, "what", what);
  json_object_set_string_member (object, "at", at);
  json_object_set_string_member (object, "amount", amount);
  json_object_set_string_member (object, "currency", unresolved->amount.currency);
  json_object_set_string_member (object, "code", unresolved->code);
  json_object_set_string_member (object, "customer", unresolved->customer);
  json_object_set_int_member (object, "asked", unresolved->n_asked);
  till_ctl_print_json (object);
}

static int
list (const TillCtlOptions *options)
{
  g_auto (TillCtlBooks) books = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_books_open (&books, options))
    return TILL_CTL_FAILED;

  g_autoptr (TillPayment) payment = till_payment_new (books.ledger, NULL, till_clock_system ());
  till_payment_list_unresolved_async (payment, NULL, till_ctl_on_result, &call);
  g_autoptr (GPtrArray) unresolved
      = till_payment_list_unresolved_finish (payment, till_ctl_wait (&call), &error);
  if (unresolved == NULL)
    return till_ctl_fail (error);
  for (guint i = 0; i < unresolved->len; i++)
    print_unresolved (g_ptr_array_index (unresolved, i), options->json);
  if (unresolved->len == 0 && !options->json)
    printf ("Every attempt has its end.\n");
  return 0;
}

static int
print_outcome (const TillPaymentOutcome *outcome, const char *attempt, gboolean json)
{
  const TillChargeResult *result = outcome->result;
  const char *status = till_charge_status_to_string (result->status);

  if (json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "attempt", attempt);
      json_object_set_string_member (object, "status", status);
      json_object_set_string_member (object, "code", result->code);
      json_object_set_string_member (object, "reference", result->reference);
      till_ctl_print_json (object);
    }
  else
    printf ("%s: %s%s%s\n", attempt, status, result->code != NULL ? ", " : "",
            result->code != NULL ? result->code : "");
  return result->status == TILL_CHARGE_UNKNOWN ? TILL_CTL_UNKNOWN : 0;
}

static int
ask (TillShop *shop, const char *attempt, gboolean json)
{
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  till_shop_ask_attempt_async (shop, attempt, NULL, till_ctl_on_result, &call);
  g_autoptr (TillPaymentOutcome) outcome = till_shop_ask_attempt_finish (shop, till_ctl_wait (&call), &error);
  return outcome != NULL ? print_outcome (outcome, attempt, json) : till_ctl_fail (error);
}

static int
reverse (TillShop *shop, const char *attempt, gboolean json)
{
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  till_shop_reverse_attempt_async (shop, attempt, NULL, till_ctl_on_result, &call);
  g_autoptr (TillPaymentOutcome) outcome
      = till_shop_reverse_attempt_finish (shop, till_ctl_wait (&call), &error);
  return outcome != NULL ? print_outcome (outcome, attempt, json) : till_ctl_fail (error);
}

static int
settle (TillShop *shop, const char *attempt, gboolean taken, const char *evidence, gboolean json)
{
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TillSecret) pin = till_ctl_read_secret ("manager's PIN", TILL_PIN_MOST_DIGITS);

  if (pin == NULL)
    return TILL_CTL_FAILED;
  till_shop_settle_attempt_async (shop, attempt, taken, evidence, till_secret_get_data (pin), NULL,
                                  till_ctl_on_result, &call);
  g_autoptr (TillLedgerEntry) row = till_shop_settle_attempt_finish (shop, till_ctl_wait (&call), &error);
  if (row == NULL)
    return till_ctl_fail_coded (error);
  if (json)
    till_ctl_print_json (json_object_ref (row->body));
  else
    printf ("%s is settled: the money was %s.\n", attempt, taken ? "taken" : "not taken");
  return 0;
}

int
till_ctl_unresolved (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_autofree char *evidence = NULL;
  gboolean taken = FALSE, not_taken = FALSE;
  const GOptionEntry entries[] = {
    { "taken", 0, 0, G_OPTION_ARG_NONE, &taken, "settle: the money moved", NULL },
    { "not-taken", 0, 0, G_OPTION_ARG_NONE, &not_taken, "settle: the money did not move", NULL },
    { "evidence", 0, 0, G_OPTION_ARG_STRING, &evidence, "settle: where that was seen", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };

  if (!till_ctl_parse (
          &argc, &argv, "[ask|reverse|settle ATTEMPT]",
          "Lists attempts of which the end is not known, also beside a running till; asks the payment "
          "service about one, sees to it that it takes no money, or settles it by the word of a manager, "
          "whose PIN is a line on standard input. Exit status 4: still not known.",
          &options, entries))
    return TILL_CTL_FAILED;
  if (argc == 1)
    return list (&options);

  gboolean settles = g_str_equal (argv[1], "settle");
  if (argc != 3 || (!settles && !g_str_equal (argv[1], "ask") && !g_str_equal (argv[1], "reverse")))
    {
      fprintf (stderr,
               "smiletillctl: say “unresolved ask”, “unresolved reverse” or “unresolved settle” and one "
               "attempt's id; without words all are listed\n");
      return TILL_CTL_FAILED;
    }
  if (settles && (taken == not_taken || evidence == NULL))
    {
      fprintf (stderr,
               "smiletillctl: to settle an attempt say --taken or --not-taken, and --evidence for where that "
               "was seen\n");
      return TILL_CTL_FAILED;
    }

  g_autoptr (TillShop) shop = till_ctl_open_shop (&options);
  if (shop == NULL)
    return TILL_CTL_FAILED;
  if (settles)
    return settle (shop, argv[2], taken, evidence, options.json);
  return g_str_equal (argv[1], "ask") ? ask (shop, argv[2], options.json)
                                      : reverse (shop, argv[2], options.json);
}
