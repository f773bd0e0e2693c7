/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers.h"

#include <string.h>

/*
 * list-kept DATABASE PROFILE-ID: what is kept sealed of everybody enrolled, as needles for find-needles: every template in
 * runs of four numbers as a program holds them, the payer, the name and the digits. With the profile's own keys.
 */

#define RUN 4 /* numbers a needle */

static void
print_needle (const char *label, gconstpointer bytes, gsize size)
{
  g_print ("%s\t", label);
  for (gsize i = 0; i < size; i++)
    g_print ("%02x", ((const guchar *) bytes)[i]);
  g_print ("\n");
}

static void
print_customer (const TillCustomer *customer)
{
  for (guint i = 0; i < till_customer_get_n_templates (customer); i++)
    for (guint j = 0; j + RUN <= TILL_VISION_EMBEDDING; j++)
      print_needle ("template", till_customer_get_template (customer, i) + j, RUN * sizeof (float));
  print_needle ("payer", till_customer_get_payer (customer), strlen (till_customer_get_payer (customer)));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
await (GAsyncResult **done)
{
  while (*done == NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) listed = NULL;

  if (argc != 3)
    g_error ("usage: list-kept DATABASE PROFILE-ID");
  g_autoptr (TillKeyring) keyring = till_keyring_new (argv[2]);
  g_autoptr (TillStore) store = till_store_open (argv[1], &error);
  g_autoptr (TillVault) vault = store != NULL ? till_vault_new (keyring, store, &error) : NULL;
  g_autoptr (TillLedger) ledger
      = vault != NULL ? till_ledger_new (store, till_clock_system (), &error) : NULL;
  g_autoptr (TillCustomers) customers
      = ledger != NULL ? till_customers_new (store, vault, ledger, &error) : NULL;

  if (customers == NULL)
    g_error ("%s", error->message);
  till_vault_open_async (vault, FALSE, NULL, on_done, &opened);
  await (&opened);
  if (!till_vault_open_finish (vault, opened, &error))
    g_error ("%s", error->message);
  till_customers_list_async (customers, NULL, on_done, &listed);
  await (&listed);
  g_autoptr (GPtrArray) everybody = till_customers_list_finish (customers, listed, &error);
  if (everybody == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < everybody->len; i++)
    print_customer (g_ptr_array_index (everybody, i));
  return 0;
}
