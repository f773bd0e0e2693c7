/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-manager.h"
#include "shop/till-calendar-day.h"
#include "shop/till-shop-export.h"

#include <stdio.h>
#include <string.h>

/* What is done about one person, or to those who were not here for long. */

static gboolean
check_id (int argc)
{
  if (argc == 2)
    return TRUE;
  fprintf (stderr, "smiletillctl: name one customer's id, as “smiletillctl customers” lists it, or a face "
                   "pass's\n");
  return FALSE;
}

static int
print_erasure (const TillErasure *erasure, gboolean json)
{
  static const char *const payers[] = { "none", "gone", "asked", "unread" };
  g_autofree char *at = till_clock_format_utc (erasure->at_us);

  if (!json)
    {
      g_autofree char *text = till_erasure_to_text (erasure);

      printf ("%s", text);
      return 0;
    }

  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "erased", erasure->id);
  json_object_set_int_member (object, "ledger", erasure->number);
  json_object_set_string_member (object, "at", at);
  json_object_set_string_member (object, "payer", payers[erasure->payer]);
  till_ctl_print_json (object);
  return 0;
}

int
till_ctl_erase (int argc, char **argv)
{
  g_auto (TillCtlManaged) managed = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (&argc, &argv, "ID",
                       "Erases a customer, or ends a face pass, for good and prints the receipt of it. The "
                       "manager's PIN is a line on standard input.",
                       &managed.options, NULL)
      || !check_id (argc) || !till_ctl_managed_open (&managed, "manager’s PIN"))
    return TILL_CTL_FAILED;

  const TillShopProof proof = { .manager_pin = till_ctl_managed_pin (&managed) };
  till_shop_erase_async (managed.shop, argv[1], &proof, NULL, till_ctl_on_result, &call);
  g_autoptr (TillErasure) erasure = till_shop_erase_finish (managed.shop, till_ctl_wait (&call), &error);
  return erasure != NULL ? print_erasure (erasure, managed.options.json) : till_ctl_fail_coded (error);
}

/* Export */

/* For nobody else to read: what is in it is all that is held on somebody. */
static gboolean
write_file (const char *path, char *text, GError **error)
{
  gboolean written = g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);

  explicit_bzero (text, strlen (text));
  return written;
}

static int
write_export (const TillPersonExport *export, const char *json_file, const char *html_file)
{
  g_autofree char *json = till_person_export_to_json (export);
  g_autofree char *html = till_person_export_to_html (export);
  g_autoptr (GError) error = NULL;

  if ((json_file != NULL && !write_file (json_file, json, &error))
      || (html_file != NULL && !write_file (html_file, html, &error)))
    return till_ctl_fail (error);
  return 0;
}

int
till_ctl_export_person (int argc, char **argv)
{
  g_auto (TillCtlManaged) managed = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autofree char *json = NULL;
  g_autofree char *html = NULL;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &json, "Write it for programs, as JSON", "FILE" },
    { "html", 0, 0, G_OPTION_ARG_FILENAME, &html, "Write it for people, as a page to be read or printed",
      "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (
          &argc, &argv, "ID",
          "Writes down everything held on a customer or about a face pass. The manager's PIN is a "
          "line on standard input. Files are readable by their owner alone.",
          &managed.options, entries)
      || !check_id (argc))
    return TILL_CTL_FAILED;
  if (json == NULL && html == NULL)
    {
      fprintf (stderr, "smiletillctl: say where to write it with --data FILE, --html FILE or both\n");
      return TILL_CTL_FAILED;
    }
  if (!till_ctl_managed_open (&managed, "manager’s PIN"))
    return TILL_CTL_FAILED;

  const TillShopProof proof = { .manager_pin = till_ctl_managed_pin (&managed) };
  till_shop_export_async (managed.shop, argv[1], &proof, NULL, till_ctl_on_result, &call);
  g_autoptr (TillPersonExport) export = till_shop_export_finish (managed.shop, till_ctl_wait (&call), &error);
  if (export == NULL)
    return till_ctl_fail_coded (error);
  if (write_export (export, json, html) != 0)
    return TILL_CTL_FAILED;
  return till_ctl_done (&managed.options, "export-person", "It is written.");
}

/* Expiry */

static void
print_expiring (const TillExpiring *expiring, gboolean json)
{
  g_autofree char *visit = till_calendar_day_format (expiring->last_visit_day);
  g_autofree char *goes = till_calendar_day_format (expiring->goes_on_day);

  if (!json)
    {
      printf ("%s\t%s\t%s\t%s\n", goes, visit, expiring->id, expiring->name != NULL ? expiring->name : "");
      return;
    }

  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", expiring->id);
  json_object_set_string_member (object, "name", expiring->name);
  json_object_set_string_member (object, "last_visit", visit);
  json_object_set_string_member (object, "goes_on", goes);
  till_ctl_print_json (object);
}

static int
confirm_expiry (TillCtlManaged *managed)
{
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  till_shop_confirm_expiry_async (managed->shop, till_ctl_managed_pin (managed), NULL, till_ctl_on_result,
                                  &call);
  int erased = till_shop_confirm_expiry_finish (managed->shop, till_ctl_wait (&call), &error);
  if (erased < 0)
    return till_ctl_fail_coded (error);
  g_autofree char *words = g_strdup_printf ("%d erased.", erased);
  return till_ctl_done (&managed->options, "confirm-expiry", words);
}

int
till_ctl_expiring (int argc, char **argv)
{
  g_auto (TillCtlManaged) managed = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  int days = 30;
  gboolean confirm = FALSE;
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &days, "Who goes within so many days (30)", "N" },
    { "confirm", 0, 0, G_OPTION_ARG_NONE, &confirm,
      "Today's date is right: erase who is due; the manager's PIN is a line on standard input", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (
          &argc, &argv, "",
          "Lists who will be erased for not having been here: the day they go, that of their last "
          "visit, id and name.",
          &managed.options, entries)
      || !till_ctl_managed_open (&managed, confirm ? "manager’s PIN" : NULL))
    return TILL_CTL_FAILED;
  if (confirm)
    return confirm_expiry (&managed);

  till_shop_list_expiring_async (managed.shop, (guint) MAX (days, 0), NULL, till_ctl_on_result, &call);
  g_autoptr (GPtrArray) list = till_shop_list_expiring_finish (managed.shop, till_ctl_wait (&call), &error);
  if (list == NULL)
    return till_ctl_fail (error);
  for (guint i = 0; i < list->len; i++)
    print_expiring (g_ptr_array_index (list, i), managed.options.json);
  if (till_shop_get_expiry_doubt (managed.shop) != NULL)
    fprintf (stderr, "smiletillctl: %s\n", till_shop_get_expiry_doubt (managed.shop));
  return 0;
}
