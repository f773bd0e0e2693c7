/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-looking-private.h"

#include "base/till-error.h"
#include "base/till-id.h"

#include <string.h>

gboolean
till_looking_can_consent (TillLooking *self, GError **error)
{
  const TillConsentGiven trial = { .id = "consent_trial",
                                   .purpose = TILL_CONSENT_PRESENCE,
                                   .at_us = till_clock_utc (self->rooms.clock),
                                   .place = TILL_CONSENT_PLACE_DISPLAY,
                                   .terms = &self->terms };
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonObject) body = till_customers_sign_consent (self->rooms.customers, &trial, &problem);

  if (g_error_matches (problem, TILL_ERROR, TILL_ERROR_LOCKED))
    g_set_error_literal (
        error, TILL_ERROR, TILL_ERROR_LOCKED,
        "The camera stays off while the keyring is locked: unlock it, or choose another way");
  else if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return body != NULL;
}

/* The cancellable tells answers that come too late. */
static void
on_consent_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillLooking *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry
      = till_customers_record_consent_finish (TILL_CUSTOMERS (source), result, &error);

  if (g_task_get_cancellable (task) != self->face)
    return;
  if (entry != NULL)
    {
      self->consent_written = TRUE;
      g_signal_emit_by_name (self, "written", entry->seq);
      return;
    }
  till_looking_trouble (self, error);
  till_looking_report (self, TILL_CHECKOUT_CONSENT_FAILED, "consent-not-written");
}

void
till_looking_write_consent (TillLooking *self,
                            TillConsentPurpose purpose,
                            const char *sale,
                            const TillMoney *most)
{
  self->face = g_cancellable_new ();
  self->consent = till_id_new ("consent");

  const TillConsentGiven given = {
    .id = self->consent,
    .purpose = purpose,
    .max_minor = most != NULL ? most->minor : 0,
    .currency = most != NULL ? most->currency : NULL,
    .by = TILL_CONSENT_BY_ADULT,
    .at_us = till_clock_utc (self->rooms.clock),
    .place = TILL_CONSENT_PLACE_DISPLAY,
    .terms = &self->terms,
    .sale = sale,
  };
  /* Given is given: it is written down even if the customer changes their mind before it is on disk. */
  till_customers_record_consent_async (self->rooms.customers, &given, NULL, on_consent_written,
                                       g_task_new (self, self->face, NULL, NULL));
}

void
till_looking_void_consent (TillLooking *self)
{
  if (self->face != NULL)
    g_cancellable_cancel (self->face);
  g_clear_object (&self->face);
  g_clear_pointer (&self->consent, g_free);
  till_looking_forget_candidates (self);
  till_looking_forget_pass (self);
  self->digits_wait = FALSE;
  self->consent_written = FALSE;
  self->digits_us = 0;
  explicit_bzero (self->digits, sizeof self->digits);
  explicit_bzero (self->pin, sizeof self->pin);
}
