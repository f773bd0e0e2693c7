/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-books.h"

#include <stdio.h>

static void
print_entry (const TillLedgerEntry *entry, gboolean json)
{
  g_autofree char *at = till_clock_format_utc (entry->at_us);
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (body, entry->body);
  if (!json)
    {
      g_autofree char *text = json_to_string (body, FALSE);

      printf ("%6" G_GINT64_FORMAT "  %s  %-14s  %s\n", entry->seq, at, entry->kind, text);
      return;
    }

  JsonObject *object = json_object_new ();
  json_object_set_int_member (object, "seq", entry->seq);
  json_object_set_string_member (object, "at", at);
  json_object_set_string_member (object, "kind", entry->kind);
  json_object_set_string_member (object, "sale", entry->sale);
  json_object_set_string_member (object, "attempt", entry->attempt);
  json_object_set_member (object, "body", g_steal_pointer (&body));
  json_object_set_string_member (object, "hash", entry->hash);
  till_ctl_print_json (object);
}

int
till_ctl_ledger (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlBooks) books = { 0 };
  g_auto (TillCtlCall) call = { 0 };
  g_autofree char *kind = NULL;
  g_autofree char *sale = NULL;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, "Only rows of this kind, such as charge-end", "KIND" },
    { "sale", 0, 0, G_OPTION_ARG_STRING, &sale, "Only rows of this sale", "ID" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;

  if (!till_ctl_parse (&argc, &argv, "", "Lists the ledger's rows, oldest first, also beside a running till.",
                       &options, entries))
    return TILL_CTL_FAILED;

  if (kind != NULL && !till_ledger_kind_is_known (kind))
    {
      fprintf (stderr, "smiletillctl: the ledger has no rows of kind “%s”; one is charge-end\n", kind);
      return TILL_CTL_FAILED;
    }
  if (!till_ctl_books_open (&books, &options))
    return TILL_CTL_FAILED;

  till_ledger_list_async (books.ledger, kind, sale, NULL, 0, NULL, till_ctl_on_result, &call);
  g_autoptr (GPtrArray) entries_found = till_ledger_list_finish (books.ledger, till_ctl_wait (&call), &error);
  if (entries_found == NULL)
    return till_ctl_fail (error);
  for (guint i = 0; i < entries_found->len; i++)
    print_entry (g_ptr_array_index (entries_found, i), options.json);
  return 0;
}
