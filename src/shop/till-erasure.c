/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-erasure-private.h"

#include "base/till-clock.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (TillErasure, till_erasure, till_erasure_ref, till_erasure_unref)

TillErasure *
till_erasure_new (void)
{
  return g_atomic_rc_box_new0 (TillErasure);
}

static void
till_erasure_clear (gpointer data)
{
  TillErasure *self = data;

  g_free (self->shop);
  g_free (self->id);
  g_strfreev (self->gone);
  g_strfreev (self->kept);
}

TillErasure *
till_erasure_ref (TillErasure *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
till_erasure_unref (TillErasure *self)
{
  g_atomic_rc_box_release_full (self, till_erasure_clear);
}

static void
append_list (GString *text, const char *heading, GStrv words)
{
  if (words == NULL || *words == NULL)
    return;
  g_string_append_printf (text, "\n%s\n", heading);
  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (text, "  • %s\n", words[i]);
}

static const char *
words_of_payer (TillErasurePayer payer)
{
  if (payer == TILL_ERASURE_PAYER_ASKED)
    return _ ("The payment service could not be reached just now. The till asks it again until your payment "
              "method is removed there too.");
  if (payer == TILL_ERASURE_PAYER_UNREAD)
    return _ (
        "The till’s keyring was locked, so what the payment service knows you by could not be read, and "
        "is gone from this till now. Nothing can be charged to it from here any more; to have it removed "
        "there too, ask the shop to name you this number.");
  return NULL;
}

char *
till_erasure_to_text (const TillErasure *self)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (self->at_us / G_USEC_PER_SEC);
  g_autofree char *at = when != NULL ? g_date_time_format (when, "%x %X") : g_strdup ("?");

  g_string_append_printf (text, "%s\n%s\n\n", self->shop, _ ("Receipt of erasure"));
  /* TRANSLATORS: number of a row of the books, then date and time */
  g_string_append_printf (text, _ ("No. %06" G_GINT64_FORMAT ", %s\n"), self->number, at);
  /* TRANSLATORS: what the till called a customer: a random code */
  g_string_append_printf (text, _ ("Record %s\n"), self->id);
  append_list (text, _ ("Erased for good:"), self->gone);
  append_list (text, _ ("What the shop’s books keep, and why:"), self->kept);
  if (words_of_payer (self->payer) != NULL)
    g_string_append_printf (text, "\n%s\n", words_of_payer (self->payer));
  return g_string_free (text, FALSE);
}
