/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-hardening.h"
#include "base/till-installation.h"
#include "ctl/till-ctl.h"

#include <gst/gst.h>
#include <locale.h>
#include <stdio.h>

static const TillCtlCommand commands[] = {
  { "accept-books", "Take restored books as they are", till_ctl_accept_books },
  { "analyse", "What is seen in photographs", till_ctl_analyse },
  { "audit", "Check books, consents, records and retention", till_ctl_audit },
  { "cameras", "List the cameras of this machine", till_ctl_cameras },
  { "checkout", "One whole checkout by face", till_ctl_checkout },
  { "close-day", "Close the day with a Z report", till_ctl_close_day },
  { "consents", "Print what customers agreed to", till_ctl_consents },
  { "customers", "List who is enrolled", till_ctl_customers },
  { "day", "Takings since the day was last closed, or of a closed one", till_ctl_day },
  { "disown", "“This wasn't me”: give all back and lock the face", till_ctl_disown },
  { "drawer", "Write down what happened to the drawer", till_ctl_drawer },
  { "enrol", "Enrol a customer from a camera or photographs", till_ctl_enrol },
  { "erase", "Erase a customer, with a receipt of it", till_ctl_erase },
  { "evaluate", "How often the till errs, on photographs and clips", till_ctl_evaluate },
  { "expiring", "Who goes for not having been here", till_ctl_expiring },
  { "export-csv", "One line per sale and refund, for spreadsheets", till_ctl_export_csv },
  { "export-person", "Everything held on one person", till_ctl_export_person },
  { "forget", "The same as erase", till_ctl_erase },
  { "history", "What was sold and what became of it", till_ctl_history },
  { "key", "Keep the payment service's API key in the keyring", till_ctl_key },
  { "ledger", "List the ledger's rows", till_ctl_ledger },
  { "pass", "Give out, list or end face passes", till_ctl_pass },
  { "recovery", "The owner's recovery phrase", till_ctl_recovery },
  { "refund", "Give a sale's money back, all or by line", till_ctl_refund },
  { "rotate-keys", "Change every key", till_ctl_rotate_keys },
  { "settings", "List, show or change the profile's settings", till_ctl_settings },
  { "staff", "Set the owner's or manager's PIN, or end every wait", till_ctl_staff },
  { "unlock", "Let a locked customer pay by face again", till_ctl_unlock },
  { "unresolved", "Payments of which the end is not known", till_ctl_unresolved },
};

static void
print_help (FILE *out)
{
  fprintf (out, "Usage:\n  smiletillctl COMMAND [OPTION…]\n\nThe till on the command line, for owners and "
                "testers.\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (out, "  %-14s%s\n", commands[i].name, commands[i].summary);
  fprintf (out, "\nEvery command has --help, --profile DIR and --json.\n"
                "Exit status: 0 done or approved, 2 declined, 3 not confirmed, 4 outcome unknown, 5 locked "
                "out for a while, "
                "1 anything else.\n");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  /* Standard output is for what the command was asked for. */
  g_log_writer_default_set_use_stderr (TRUE);
  till_installation_set_up_environment ();
  if (!till_hardening_apply (&error))
    {
      fprintf (stderr, "smiletillctl: %s\n", error->message);
      return TILL_CTL_FAILED;
    }

  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")
      || g_str_equal (argv[1], "help"))
    {
      print_help (argc < 2 ? stderr : stdout);
      return argc < 2 ? TILL_CTL_FAILED : 0;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      puts ("smiletillctl " TILL_VERSION);
      return 0;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      {
        gst_init (NULL, NULL);
        return commands[i].run (argc - 1, argv + 1);
      }
  fprintf (stderr, "smiletillctl: “%s” is no command; see smiletillctl --help\n", argv[1]);
  return TILL_CTL_FAILED;
}
