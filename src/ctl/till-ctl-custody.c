/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-manager.h"
#include "shop/till-shop-custody.h"

#include <stdio.h>
#include <string.h>

/* Longest line a phrase is typed in. */
#define PHRASE_MAX 200

static int
confirm (TillCtlManaged *managed, const char *phrase)
{
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  till_shop_confirm_recovery_async (managed->shop, phrase, NULL, till_ctl_on_result, &call);
  if (!till_shop_confirm_recovery_finish (managed->shop, till_ctl_wait (&call), &error))
    return till_ctl_fail_coded (error);
  return till_ctl_done (&managed->options, "recovery-make",
                        "The phrase is in force. Keep it away from the till.");
}

static int
make (TillCtlManaged *managed)
{
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  till_shop_make_recovery_async (managed->shop, till_ctl_managed_pin (managed), NULL, till_ctl_on_result,
                                 &call);
  g_autoptr (TillSecret) phrase
      = till_shop_make_recovery_finish (managed->shop, till_ctl_wait (&call), &error);
  if (phrase == NULL)
    return till_ctl_fail_coded (error);
  printf ("%s\n", (const char *) till_secret_get_data (phrase));
  fflush (stdout);
  fprintf (stderr, "Write these nine words down, then type them:\n");
  g_autoptr (TillSecret) typed = till_ctl_read_secret ("recovery phrase", PHRASE_MAX);
  return typed != NULL ? confirm (managed, till_secret_get_data (typed)) : TILL_CTL_FAILED;
}

static int
use_phrase (TillCtlManaged *managed, gboolean recover)
{
  g_autoptr (TillSecret) typed = till_ctl_read_secret ("recovery phrase", PHRASE_MAX);
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (typed == NULL)
    return TILL_CTL_FAILED;
  if (recover)
    {
      till_shop_recover_async (managed->shop, till_secret_get_data (typed), NULL, till_ctl_on_result, &call);
      done = till_shop_recover_finish (managed->shop, till_ctl_wait (&call), &error);
    }
  else
    {
      till_shop_check_recovery_async (managed->shop, till_secret_get_data (typed), NULL, till_ctl_on_result,
                                      &call);
      done = till_shop_check_recovery_finish (managed->shop, till_ctl_wait (&call), &error);
    }
  if (!done)
    return till_ctl_fail_coded (error);
  return recover ? till_ctl_done (&managed->options, "recovery-recover", "The key is back in the keyring.")
                 : till_ctl_done (&managed->options, "recovery-check", "This is the phrase in force.");
}

int
till_ctl_recovery (int argc, char **argv)
{
  g_auto (TillCtlManaged) managed = { 0 };
  gboolean owner = FALSE;
  const GOptionEntry entries[] = {
    { "pin-stdin", 0, 0, G_OPTION_ARG_NONE, &owner,
      "For “make”, once there is an owner's PIN, or else a manager's: it is the first line on standard input",
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!till_ctl_parse (
          &argc, &argv, "make|check|recover",
          "The owner's recovery phrase, nine words that bring the till's key back where the keyring "
          "lost it. “make” prints a new one, which is to be typed on standard input to come into "
          "force; “check” and “recover” read the one in force there.",
          &managed.options, entries))
    return TILL_CTL_FAILED;
  const char *word = argc == 2 ? argv[1] : "";
  if (!g_str_equal (word, "make") && !g_str_equal (word, "check") && !g_str_equal (word, "recover"))
    {
      fprintf (stderr, "smiletillctl: say “recovery make”, “recovery check” or “recovery recover”\n");
      return TILL_CTL_FAILED;
    }
  if (!till_ctl_managed_open (&managed, owner ? "owner’s PIN" : NULL))
    return TILL_CTL_FAILED;
  return g_str_equal (word, "make") ? make (&managed) : use_phrase (&managed, g_str_equal (word, "recover"));
}

static void
on_progress (double done, gpointer user_data)
{
  const TillCtlManaged *managed = user_data;

  if (!managed->options.json)
    fprintf (stderr, "%3.0f %%\n", done * 100);
}

int
till_ctl_rotate_keys (int argc, char **argv)
{
  g_auto (TillCtlManaged) managed = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  gboolean void_passes = FALSE;
  const GOptionEntry entries[] = {
    { "void-passes", 0, 0, G_OPTION_ARG_NONE, &void_passes, "Face passes that were given out end too", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (&argc, &argv, "",
                       "Changes every key the till keeps records with. The owner's PIN is a line on standard "
                       "input. It may be interrupted at any time.",
                       &managed.options, entries)
      || !till_ctl_managed_open (&managed, "owner’s PIN"))
    return TILL_CTL_FAILED;

  till_shop_rotate_keys_async (managed.shop, till_ctl_managed_pin (&managed), void_passes, on_progress,
                               &managed, NULL, till_ctl_on_result, &call);
  if (!till_shop_rotate_keys_finish (managed.shop, till_ctl_wait (&call), &error))
    return till_ctl_fail_coded (error);
  return till_ctl_done (&managed.options, "rotate-keys", "All keys are new.");
}

int
till_ctl_accept_books (int argc, char **argv)
{
  g_auto (TillCtlManaged) managed = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (&argc, &argv, "",
                       "After the till's file was brought back from a copy: takes its books as they are. The "
                       "owner's PIN, or the manager's where there is none, is a line on standard input.",
                       &managed.options, NULL)
      || !till_ctl_managed_open (&managed, "PIN"))
    return TILL_CTL_FAILED;

  till_shop_accept_books_async (managed.shop, till_ctl_managed_pin (&managed), NULL, till_ctl_on_result,
                                &call);
  if (!till_shop_accept_books_finish (managed.shop, till_ctl_wait (&call), &error))
    return till_ctl_fail_coded (error);
  return till_ctl_done (&managed.options, "accept-books", "The books are taken as they are.");
}
