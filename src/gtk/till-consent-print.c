/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-consent-print.h"

#include "customers/till-consent.h"

#include <glib/gi18n.h>

typedef struct
{
  char *consent;
  char *title;
  JsonObject *body;  /* of the consent, once found */
  GtkWindow *parent; /* weak */
  TillSheetPrinted told;
} Errand;

static void
errand_free (Errand *errand)
{
  g_free (errand->consent);
  g_free (errand->title);
  g_clear_pointer (&errand->body, json_object_unref);
  g_clear_weak_pointer (&errand->parent);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
errand_tell (Errand *errand, const char *words)
{
  if (errand->parent != NULL)
    errand->told (words, errand->parent);
}

/* The row among @rows whose @member is @text (transfer none) (nullable). */
static JsonObject *
find (GPtrArray *rows, const char *member, const char *text)
{
  for (guint i = 0; text != NULL && i < rows->len; i++)
    {
      JsonObject *body = ((TillLedgerEntry *) g_ptr_array_index (rows, i))->body;

      if (g_strcmp0 (json_object_get_string_member_with_default (body, member, NULL), text) == 0)
        return body;
    }
  return NULL;
}

static void
on_wordings (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);
  JsonObject *wording;
  g_autofree char *text = NULL;

  if (rows == NULL)
    {
      errand_tell (errand, error->message);
      return;
    }
  if (errand->parent == NULL)
    return;
  wording = find (rows, "hash",
                  json_object_get_string_member_with_default (errand->body, "wording_sha256", NULL));
  text = till_consent_to_text (
      errand->body,
      wording != NULL ? json_object_get_string_member_with_default (wording, "text", NULL) : NULL);
  till_sheet_print (errand->title, text, errand->parent, errand->told);
}

static void
on_consents (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);
  JsonObject *body = rows != NULL ? find (rows, "id", errand->consent) : NULL;

  if (body == NULL)
    {
      errand_tell (errand, rows == NULL ? error->message : _ ("The books have no such consent: check them"));
      return;
    }
  errand->body = json_object_ref (body);
  till_ledger_list_async (TILL_LEDGER (source), "wording", NULL, NULL, 0, NULL, on_wordings,
                          g_steal_pointer (&errand));
}

void
till_consent_print (
    TillShop *shop, const char *consent, const char *name, GtkWindow *parent, TillSheetPrinted told)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->consent = g_strdup (consent);
  errand->title = g_strdup_printf (_ ("Consent of %s"), name);
  errand->told = told;
  g_set_weak_pointer (&errand->parent, parent);
  till_ledger_list_async (till_shop_get_ledger (shop), "consent", NULL, NULL, 0, NULL, on_consents, errand);
}
