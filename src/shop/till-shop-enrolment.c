/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-id.h"
#include "shop/till-applicant.h"
#include "shop/till-shop-private.h"

static void
on_customer_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillApplicant *applicant = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (till_customers_add_finish (TILL_CUSTOMERS (source), result, &error))
    g_task_return_pointer (task, till_customer_ref (applicant->customer),
                           (GDestroyNotify) till_customer_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The customer is whole: @pin is the hash, NULL for none. */
static void
add_customer (GTask *task, const char *pin)
{
  TillShop *self = g_task_get_source_object (task);
  TillApplicant *applicant = g_task_get_task_data (task);
  g_autofree char *id = till_id_new ("customer");
  g_autofree char *consent = till_id_new ("consent");
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) customer = till_customer_new (
      id, applicant->name, applicant->suffix, applicant->payer, consent, applicant->templates,
      applicant->n_templates, till_clock_utc (self->clock), &error);

  g_autoptr (TillCustomer) guarded
      = customer != NULL ? till_customer_with_guardian (customer, applicant->guardian, &error) : NULL;
  JsonObject *consented = NULL;

  if (guarded != NULL)
    applicant->customer = till_customer_with_pin (guarded, pin, &error);
  if (applicant->customer != NULL)
    consented = till_applicant_sign_consent (applicant, self, TILL_CONSENT_ENROLMENT, consent, id, &error);
  if (consented == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (applicant->manager_pin != NULL)
    till_customers_add_confirmed_async (self->customers, applicant->customer, consented,
                                        g_task_get_cancellable (task), on_customer_added,
                                        g_object_ref (task));
  else
    till_customers_add_async (self->customers, applicant->customer, consented, g_task_get_cancellable (task),
                              on_customer_added, g_object_ref (task));
}

static void
on_pin_hashed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *pin = till_customers_hash_pin_finish (TILL_CUSTOMERS (source), result, &error);

  if (pin != NULL)
    add_customer (task, pin);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_payer_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  TillApplicant *applicant = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  applicant->payer = till_provider_register_payer_finish (TILL_PROVIDER (source), result, &error);
  if (applicant->payer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (applicant->pin != NULL)
    till_customers_hash_pin_async (self->customers, applicant->suffix, applicant->pin,
                                   g_task_get_cancellable (task), on_pin_hashed, g_object_ref (task));
  else
    add_customer (task, NULL);
}

/* The payment service hears of nobody who is not let in. */
static void
register_payer (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);
  const TillApplicant *applicant = g_task_get_task_data (task);

  till_provider_register_payer_async (till_payment_get_provider (self->payment), applicant->payment,
                                      "Smiletill customer", g_task_get_cancellable (task),
                                      on_payer_registered, g_object_ref (task));
}

static void
on_manager_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (till_staff_verify_finish (TILL_STAFF (source), result, &error))
    register_payer (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_face_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (till_customers_check_face_finish (TILL_CUSTOMERS (source), result, &error))
    register_payer (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_enrol_applicant_async (TillShop *self,
                                 const TillShopApplicant *words,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  if (!till_applicant_check (self, words, FALSE, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  TillApplicant *applicant = till_applicant_new (words);
  g_task_set_task_data (task, applicant, (GDestroyNotify) till_applicant_free);
  if (applicant->manager_pin != NULL)
    till_staff_verify_async (self->staff, TILL_STAFF_MANAGER, applicant->manager_pin, cancellable,
                             on_manager_verified, g_steal_pointer (&task));
  else
    till_customers_check_face_async (self->customers, applicant->templates, applicant->n_templates,
                                     cancellable, on_face_checked, g_steal_pointer (&task));
}

void
till_shop_enrol_async (TillShop *self,
                       const char *name,
                       const char *suffix,
                       const char *payer,
                       const TillEnrolment *enrolment,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  const TillShopApplicant applicant
      = { .name = name, .suffix = suffix, .payer = payer, .enrolment = enrolment };

  till_shop_enrol_applicant_async (self, &applicant, cancellable, callback, user_data);
}

TillCustomer *
till_shop_enrol_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
