/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl.h"
#include "shop/till-shop-refund.h"
#include "vault/till-pin.h"

#include <stdio.h>
#include <string.h>

static void
line_clear (gpointer data)
{
  g_free ((char *) ((TillRefundLine *) data)->article);
}

/* Each word is "ARTICLE" or "ARTICLE=QUANTITY". (element-type TillRefundLine) (transfer full) */
static GArray *
parse_lines (char **words)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TillRefundLine));

  g_array_set_clear_func (lines, line_clear);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *equals = strrchr (words[i], '=');
      guint64 quantity = 1;
      TillRefundLine line;

      if (equals != NULL && !g_ascii_string_to_unsigned (equals + 1, 10, 1, G_MAXUINT16, &quantity, NULL))
        {
          fprintf (stderr, "smiletillctl: “%s” is no line; write ARTICLE, or ARTICLE=2 for two of them\n",
                   words[i]);
          return NULL;
        }
      line.article = equals != NULL ? g_strndup (words[i], (gsize) (equals - words[i])) : g_strdup (words[i]);
      line.quantity = (guint) quantity;
      g_array_append_val (lines, line);
    }
  return g_steal_pointer (&lines);
}

static int
print_receipt (TillReceipt *receipt, gboolean json)
{
  if (json)
    till_ctl_print_json (till_receipt_to_json (receipt));
  else
    {
      g_autofree char *text = till_receipt_to_text (receipt);

      fputs (text, stdout);
    }
  return 0;
}

/* One name behind the command, and the shop with the manager's PIN. FALSE with a message on standard error. */
static gboolean
open_for_manager (
    int argc, const char *what, const TillCtlOptions *options, TillShop **shop, TillSecret **pin)
{
  if (argc != 2)
    {
      fprintf (stderr, "smiletillctl: name one %s\n", what);
      return FALSE;
    }
  *pin = till_ctl_read_secret ("manager's PIN", TILL_PIN_MOST_DIGITS);
  if (*pin == NULL)
    return FALSE;
  *shop = till_ctl_open_shop (options);
  return *shop != NULL;
}

int
till_ctl_refund (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (TillShop) shop = NULL;
  g_autoptr (TillSecret) pin = NULL;
  g_autoptr (GArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *tender = NULL;
  g_auto (GStrv) words = NULL;
  gboolean void_sale = FALSE;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, "Why, for the ledger and the receipt", "TEXT" },
    { "line", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, "Only so many of this article; may be repeated",
      "ARTICLE[=QUANTITY]" },
    { "void", 0, 0, G_OPTION_ARG_NONE, &void_sale, "The sale never was: all of it, on the same day", NULL },
    { "tender", 0, 0, G_OPTION_ARG_STRING, &tender, "cash or card, for what was paid at the counter",
      "TENDER" },
    G_OPTION_ENTRY_NULL,
  };

  if (!till_ctl_parse (
          &argc, &argv, "SALE",
          "Gives back what is left of a sale, or single lines of it, the way it was paid. The manager's "
          "PIN is a line on standard input. Exit status 4: it was sent and its end is not known; the "
          "till goes on asking.",
          &options, entries))
    return TILL_CTL_FAILED;
  if (words != NULL)
    {
      lines = parse_lines (words);
      if (lines == NULL)
        return TILL_CTL_FAILED;
    }
  if (!open_for_manager (argc, "sale's id, as “smiletillctl history” lists it", &options, &shop, &pin))
    return TILL_CTL_FAILED;

  const TillShopRefund refund = {
    .sale = argv[1],
    .lines = lines,
    .reason = reason,
    .manager_pin = till_secret_get_data (pin),
    .tender = tender,
    .void_sale = void_sale,
  };
  till_shop_refund_async (shop, &refund, NULL, till_ctl_on_result, &call);
  g_autoptr (TillReceipt) receipt = till_shop_refund_finish (shop, till_ctl_wait (&call), &error);
  return receipt != NULL ? print_receipt (receipt, options.json) : till_ctl_fail_coded (error);
}

int
till_ctl_disown (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (TillShop) shop = NULL;
  g_autoptr (TillSecret) pin = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, "What the customer says, for the ledger", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };

  if (!till_ctl_parse (
          &argc, &argv, "SALE",
          "“This wasn't me”: gives back all of a sale that was paid by face, and locks face payment for "
          "the customer it was charged to. The manager's PIN is a line on standard input.",
          &options, entries)
      || !open_for_manager (argc, "sale's id, as “smiletillctl history” lists it", &options, &shop, &pin))
    return TILL_CTL_FAILED;

  till_shop_disown_async (shop, argv[1], reason, till_secret_get_data (pin), NULL, till_ctl_on_result, &call);
  g_autoptr (TillReceipt) receipt = till_shop_disown_finish (shop, till_ctl_wait (&call), &error);
  if (error != NULL)
    return till_ctl_fail_coded (error);
  if (receipt != NULL)
    return print_receipt (receipt, options.json);
  if (!options.json)
    printf ("The face is locked; all had been given back before.\n");
  return 0;
}

int
till_ctl_unlock (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (TillShop) shop = NULL;
  g_autoptr (TillSecret) pin = NULL;
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (
          &argc, &argv, "CUSTOMER",
          "Lets a customer whose face was locked pay by face again. The manager's PIN is a line on "
          "standard input.",
          &options, NULL)
      || !open_for_manager (argc, "customer's id, as “smiletillctl customers” lists it", &options, &shop,
                            &pin))
    return TILL_CTL_FAILED;

  till_shop_unlock_customer_async (shop, argv[1], till_secret_get_data (pin), NULL, till_ctl_on_result,
                                   &call);
  if (!till_shop_unlock_customer_finish (shop, till_ctl_wait (&call), &error))
    return till_ctl_fail_coded (error);
  if (options.json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "unlocked", argv[1]);
      till_ctl_print_json (object);
    }
  else
    printf ("%s may pay by face again.\n", argv[1]);
  return 0;
}
