/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-pass.h"

#include "base/till-error.h"
#include "checkout/till-presence.h"
#include "shop/till-applicant.h"
#include "shop/till-calendar-day.h"
#include "shop/till-shop-erasure-private.h"
#include "shop/till-shop-private.h"

#include <string.h>

/* Issuing */

static void
on_issued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const TillApplicant *applicant = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (till_pass_book_issue_finish (TILL_PASS_BOOK (source), result, &error))
    g_task_return_pointer (task, till_face_pass_ref (applicant->pass), (GDestroyNotify) till_face_pass_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static TillFacePass *
make_pass (TillShop *self, const TillApplicant *applicant, GError **error)
{
  int months = g_settings_get_int (till_profile_get_settings (self->profile), "pass-months");
  gint64 today = till_face_pass_day_of (till_clock_utc (self->clock));

  return till_face_pass_new (NULL, applicant->suffix, applicant->payer, applicant->templates,
                             applicant->n_templates, today,
                             till_calendar_day_add_months (today, (guint) months), error);
}

static void
on_payer_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  TillApplicant *applicant = g_task_get_task_data (task);
  JsonObject *consent = NULL;
  g_autoptr (GError) error = NULL;

  applicant->payer = till_provider_register_payer_finish (TILL_PROVIDER (source), result, &error);
  if (applicant->payer != NULL)
    applicant->pass = make_pass (self, applicant, &error);
  if (applicant->pass != NULL)
    consent = till_applicant_sign_consent (applicant, self, TILL_CONSENT_PASS,
                                           till_face_pass_get_consent (applicant->pass),
                                           till_face_pass_get_id (applicant->pass), &error);
  if (consent != NULL)
    till_pass_book_issue_async (self->passes, applicant->pass, consent, NULL, on_issued,
                                g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_issue_pass_async (TillShop *self,
                            const TillShopApplicant *words,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  if (!till_applicant_check (self, words, TRUE, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  TillApplicant *applicant = till_applicant_new (words);
  g_task_set_task_data (task, applicant, (GDestroyNotify) till_applicant_free);
  till_provider_register_payer_async (till_payment_get_provider (self->payment), applicant->payment,
                                      "Smiletill face pass", cancellable, on_payer_registered,
                                      g_steal_pointer (&task));
}

TillFacePass *
till_shop_issue_pass_finish (TillShop *self, GAsyncResult *result, char **code, GError **error)
{
  g_autoptr (TillFacePass) pass = g_task_propagate_pointer (G_TASK (result), error);
  char *text = pass != NULL ? till_face_pass_write (pass, self->vault, error) : NULL;

  if (text == NULL)
    return NULL;
  *code = text;
  return g_steal_pointer (&pass);
}

/* Listing */

/* Not those whose last day is over: they are good for nothing any more. */
static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  gint64 today = till_face_pass_day_of (till_clock_utc (self->clock));
  g_autoptr (GError) error = NULL;
  GPtrArray *passes = till_pass_book_list_finish (TILL_PASS_BOOK (source), result, &error);

  if (passes == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = passes->len; i > 0; i--)
    {
      const TillPassRow *pass = g_ptr_array_index (passes, i - 1);

      if (pass->expires_day < today)
        g_ptr_array_remove_index (passes, i - 1);
    }
  g_task_return_pointer (task, passes, (GDestroyNotify) g_ptr_array_unref);
}

void
till_shop_list_passes_async (TillShop *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  till_pass_book_list_async (self->passes, cancellable, on_listed,
                             g_task_new (self, cancellable, callback, user_data));
}

GPtrArray *
till_shop_list_passes_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Revoking */

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_pass_book_revoke_finish (TILL_PASS_BOOK (source), result, &error);

  if (row != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_manager_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  g_autoptr (GError) error = NULL;

  if (!till_shop_ask_manager_finish (self, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  const char *pass = g_task_get_task_data (task);
  JsonObject *extra = json_object_new ();
  json_object_set_string_member (extra, "by", TILL_SHOP_BY_MANAGER);
  json_object_set_string_member (extra, "why", TILL_SHOP_WHY_LOST);
  till_pass_book_revoke_async (self->passes, pass, extra, NULL, on_revoked, g_steal_pointer (&task));
}

void
till_shop_revoke_pass_async (TillShop *self,
                             const char *pass,
                             const char *manager_pin,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (pass), g_free);
  till_shop_ask_manager_async (self, manager_pin, cancellable, on_manager_asked, task);
}

gboolean
till_shop_revoke_pass_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Being present */

TillPresence *
till_shop_new_presence (TillShop *self)
{
  const TillConsentTerms terms = till_shop_get_terms (self);
  TillPresence *presence = till_presence_new (&(TillCheckoutRooms){
      .customers = self->customers,
      .lockout = self->lockout,
      .payment = self->payment,
      .ledger = self->ledger,
      .recognizer = self->recognizer,
      .mailbox = self->mailbox,
      .clock = self->clock,
      .passes = self->passes,
  });

  till_presence_set_camera_source (presence, till_checkout_get_camera_source (self->checkout));
  till_presence_set_terms (presence, &terms);
  till_presence_set_policy (presence, till_checkout_get_policy (self->checkout));
  till_presence_set_patience (presence, self->operating_point->identity_patience);
  return presence;
}
