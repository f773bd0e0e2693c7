/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-books.h"
#include "customers/till-consent.h"

#include <stdio.h>

static const char *
find_wording (GPtrArray *wordings, const TillLedgerEntry *consent)
{
  const char *hash = json_object_get_string_member_with_default (consent->body, "wording_sha256", "");

  for (guint i = 0; i < wordings->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (wordings, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (row->body, "hash", NULL), hash) == 0)
        return json_object_get_string_member_with_default (row->body, "text", NULL);
    }
  return NULL;
}

static void
print_consent (const TillLedgerEntry *consent, const char *wording, gboolean json)
{
  g_autofree char *text = till_consent_to_text (consent->body, wording);
  JsonObject *object;

  if (!json)
    {
      printf ("%06" G_GINT64_FORMAT "\n%s\n\n", consent->seq, text);
      return;
    }
  object = json_object_new ();
  json_object_set_int_member (object, "seq", consent->seq);
  json_object_set_object_member (object, "body", json_object_ref (consent->body));
  json_object_set_string_member (object, "wording", wording);
  json_object_set_boolean_member (object, "right", till_consent_verify (consent->body, wording, NULL));
  till_ctl_print_json (object);
}

static GPtrArray *
list (const TillCtlBooks *books, const char *kind)
{
  g_auto (TillCtlCall) call = { 0 };
  g_autoptr (GError) error = NULL;

  till_ledger_list_async (books->ledger, kind, NULL, NULL, 0, NULL, till_ctl_on_result, &call);
  GPtrArray *rows = till_ledger_list_finish (books->ledger, till_ctl_wait (&call), &error);
  if (rows == NULL)
    till_ctl_fail (error);
  return rows;
}

int
till_ctl_consents (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };
  g_auto (TillCtlBooks) books = { 0 };
  g_autofree char *customer = NULL;
  const GOptionEntry entries[] = {
    { "customer", 0, 0, G_OPTION_ARG_STRING, &customer, "Only those of this customer or face pass", "ID" },
    G_OPTION_ENTRY_NULL,
  };

  if (!till_ctl_parse (&argc, &argv, "", "Prints what customers agreed to, also beside a running till.",
                       &options, entries)
      || !till_ctl_books_open (&books, &options))
    return TILL_CTL_FAILED;

  g_autoptr (GPtrArray) consents = list (&books, TILL_LEDGER_CONSENT);
  g_autoptr (GPtrArray) wordings = list (&books, TILL_LEDGER_WORDING);
  if (consents == NULL || wordings == NULL)
    return TILL_CTL_FAILED;
  for (guint i = 0; i < consents->len; i++)
    {
      const TillLedgerEntry *consent = g_ptr_array_index (consents, i);
      const char *who = json_object_get_string_member_with_default (consent->body, "customer", NULL);

      if (customer == NULL || g_strcmp0 (who, customer) == 0)
        print_consent (consent, find_wording (wordings, consent), options.json);
    }
  return 0;
}
