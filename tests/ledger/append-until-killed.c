/* SPDX-License-Identifier: GPL-3.0-or-later */

/* append-until-killed FILE: appends to the ledger in FILE for ever and prints each row's number once it is written. */
#include "ledger/till-ledger.h"

#include <stdio.h>

static void append (TillLedger *ledger);

static void
on_appended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (entry == NULL)
    g_error ("%s", error->message);
  printf ("%" G_GINT64_FORMAT " %s\n", entry->seq, entry->hash);
  fflush (stdout);
  append (TILL_LEDGER (source));
}

static void
append (TillLedger *ledger)
{
  static int count = 0;
  g_autofree char *sale = g_strdup_printf ("sale_%d", count++);
  g_autofree char *filling = g_strnfill ((gsize) g_random_int_range (1, 3000), 'x');
  JsonObject *body = json_object_new ();
  g_autoptr (TillLedgerEntry) entry = NULL;

  json_object_set_string_member (body, "filling", filling);
  entry = till_ledger_entry_new (TILL_LEDGER_RECEIPT, sale, NULL, body);
  till_ledger_append_async (ledger, entry, NULL, on_appended, NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  TillStore *store;
  TillLedger *ledger;

  if (argc != 2)
    g_error ("usage: append-until-killed FILE");
  store = till_store_open (argv[1], &error);
  if (store == NULL)
    g_error ("%s", error->message);
  ledger = till_ledger_new (store, till_clock_system (), &error);
  if (ledger == NULL)
    g_error ("%s", error->message);
  /* Several at once, so that there is always one being written. */
  for (int i = 0; i < 4; i++)
    append (ledger);
  g_main_loop_run (g_main_loop_new (NULL, FALSE));
  return 1;
}
