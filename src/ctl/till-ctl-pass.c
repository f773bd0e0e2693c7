/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-enrol.h"
#include "ctl/till-ctl-manager.h"
#include "shop/till-calendar-day.h"
#include "shop/till-shop-pass.h"

#include <stdio.h>
#include <string.h>

static void
print_pass (const TillPassRow *pass, gboolean json)
{
  g_autofree char *expires = till_calendar_day_format (pass->expires_day);

  if (!json)
    {
      printf ("%s\t%s\t%s%s\n", pass->number, expires, pass->id, pass->revoked_us != 0 ? "\t(ended)" : "");
      return;
    }

  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", pass->id);
  json_object_set_string_member (object, "number", pass->number);
  json_object_set_string_member (object, "expires", expires);
  json_object_set_boolean_member (object, "revoked", pass->revoked_us != 0);
  till_ctl_print_json (object);
}

static int
list_passes (int argc, char **argv)
{
  g_auto (TillCtlManaged) managed = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (&argc, &argv, "", "Lists the face passes that have not run out: number, last day, id.",
                       &managed.options, NULL)
      || !till_ctl_managed_open (&managed, NULL))
    return TILL_CTL_FAILED;

  till_shop_list_passes_async (managed.shop, NULL, till_ctl_on_result, &call);
  g_autoptr (GPtrArray) passes = till_shop_list_passes_finish (managed.shop, till_ctl_wait (&call), &error);
  if (passes == NULL)
    return till_ctl_fail (error);
  for (guint i = 0; i < passes->len; i++)
    print_pass (g_ptr_array_index (passes, i), managed.options.json);
  return 0;
}

static int
revoke_pass (int argc, char **argv)
{
  g_auto (TillCtlManaged) managed = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (
          &argc, &argv, "NUMBER",
          "Ends a lost face pass, by the number printed on it or by its id. The manager's PIN is a "
          "line on standard input.",
          &managed.options, NULL))
    return TILL_CTL_FAILED;
  if (argc != 2)
    {
      fprintf (stderr, "smiletillctl: name one face pass by its number, such as BKTR-MWXA, or its id\n");
      return TILL_CTL_FAILED;
    }
  if (!till_ctl_managed_open (&managed, "manager’s PIN"))
    return TILL_CTL_FAILED;
  till_shop_revoke_pass_async (managed.shop, argv[1], till_ctl_managed_pin (&managed), NULL,
                               till_ctl_on_result, &call);
  if (!till_shop_revoke_pass_finish (managed.shop, till_ctl_wait (&call), &error))
    return till_ctl_fail_coded (error);
  return till_ctl_done (&managed.options, "pass-revoke", "The face pass is ended.");
}

int
till_ctl_pass (int argc, char **argv)
{
  static const TillCtlCommand words[] = {
    { "issue", NULL, till_ctl_enrol_pass },
    { "list", NULL, list_passes },
    { "revoke", NULL, revoke_pass },
  };

  for (int i = 1; i < argc; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (words); k++)
      if (g_str_equal (argv[i], words[k].name))
        {
          /* What stood before the word stands behind it. */
          char *word = argv[i];

          memmove (&argv[2], &argv[1], (gsize) (i - 1) * sizeof *argv);
          argv[1] = word;
          return words[k].run (argc - 1, argv + 1);
        }
  fprintf (stderr, "smiletillctl: say “pass issue”, “pass list” or “pass revoke”; each has --help\n");
  return argc >= 2 && g_str_equal (argv[1], "--help") ? 0 : TILL_CTL_FAILED;
}
