/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pass-holder.h"

#define AXIS       8
#define DAYS_VALID 365

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
issue (PassHolder *self, MoneyFixture *till)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const TillConsentGiven given = { .id = till_face_pass_get_consent (self->pass),
                                   .purpose = TILL_CONSENT_PASS,
                                   .customer = self->id,
                                   .at_us = till_clock_utc (till->clock),
                                   .place = TILL_CONSENT_PLACE_DISPLAY };
  JsonObject *consent = till_customers_sign_consent (till->customers, &given, &error);

  g_assert_no_error (error);
  till_pass_book_issue_async (till->passes, self->pass, consent, NULL, on_result, &result);
  till_pass_book_issue_finish (till->passes, wait_for (&result), &error);
  g_assert_no_error (error);
}

void
pass_holder_init (PassHolder *self, MoneyFixture *till, const char *digits, gboolean issued)
{
  float template[TILL_VISION_EMBEDDING] = { 0 };

  template[AXIS] = 1;
  pass_holder_init_with_templates (self, till, digits, template, 1, issued);
}

void
pass_holder_init_with_templates (PassHolder *self,
                                 MoneyFixture *till,
                                 const char *digits,
                                 const float *templates,
                                 guint n_templates,
                                 gboolean issued)
{
  gint64 today = till_face_pass_day_of (till_clock_utc (till->clock));
  g_autoptr (GError) error = NULL;

  self->pass = till_face_pass_new (NULL, digits, "cus_9/pm_9", templates, n_templates, today,
                                   today + DAYS_VALID, &error);
  g_assert_no_error (error);
  self->id = g_strdup (till_face_pass_get_id (self->pass));
  self->code = till_face_pass_write (self->pass, till->vault, &error);
  g_assert_no_error (error);
  if (issued)
    issue (self, till);
}

void
pass_holder_clear (PassHolder *self)
{
  g_clear_pointer (&self->pass, till_face_pass_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->code, g_free);
}

void
pass_holder_revoke (PassHolder *self, MoneyFixture *till)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  till_pass_book_revoke_async (till->passes, self->id, NULL, NULL, on_result, &result);
  g_autoptr (TillLedgerEntry) row = till_pass_book_revoke_finish (till->passes, wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (row);
}
