/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-private.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "base/till-name.h"
#include "customers/till-consent.h"

#include <string.h>

/* What is on its way to becoming a customer; templates are wiped with it. */
typedef struct
{
  char *name;
  char suffix[TILL_CUSTOMER_SUFFIX_DIGITS + 1];
  float *templates;
  guint n_templates;
  TillCustomer *customer;
} Applicant;

static Applicant *
applicant_new (const char *name, const char *suffix, const TillEnrolment *enrolment)
{
  Applicant *self = g_new0 (Applicant, 1);

  self->name = g_strdup (name);
  g_strlcpy (self->suffix, suffix, sizeof self->suffix);
  self->n_templates = till_enrolment_get_n_templates (enrolment);
  self->templates = g_new (float, (gsize) self->n_templates *TILL_VISION_EMBEDDING);
  memcpy (self->templates, till_enrolment_get_templates (enrolment),
          (gsize) self->n_templates * TILL_VISION_EMBEDDING * sizeof (float));
  return self;
}

static void
applicant_free (gpointer data)
{
  Applicant *self = data;

  explicit_bzero (self->templates, (gsize) self->n_templates * TILL_VISION_EMBEDDING * sizeof (float));
  explicit_bzero (self->suffix, sizeof self->suffix);
  g_free (self->templates);
  g_free (self->name);
  g_clear_pointer (&self->customer, till_customer_unref);
  g_free (self);
}

static void
on_customer_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Applicant *applicant = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (till_customers_add_finish (TILL_CUSTOMERS (source), result, &error))
    g_task_return_pointer (task, till_customer_ref (applicant->customer),
                           (GDestroyNotify) till_customer_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_payer_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  Applicant *applicant = g_task_get_task_data (task);
  g_autofree char *id = till_id_new ("customer");
  g_autofree char *consent = till_id_new ("consent");
  g_autoptr (GError) error = NULL;
  g_autofree char *payer = till_provider_register_payer_finish (TILL_PROVIDER (source), result, &error);

  if (payer != NULL)
    applicant->customer
        = till_customer_new (id, applicant->name, applicant->suffix, payer, consent, applicant->templates,
                             applicant->n_templates, till_clock_utc (self->clock), &error);
  if (applicant->customer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  till_customers_add_async (self->customers, applicant->customer,
                            till_consent_to_json (consent, TILL_CONSENT_ENROLMENT, id, 0, NULL),
                            g_task_get_cancellable (task), on_customer_added, g_object_ref (task));
}

static gboolean
check_applicant (
    TillShop *self, const char *name, const char *suffix, const TillEnrolment *enrolment, GError **error)
{
  if (!till_name_check ("The customer's name", name, error) || !till_customer_check_suffix (suffix, error))
    return FALSE;
  if (till_enrolment_get_n_templates (enrolment) == 0)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                           "No picture of the customer was good enough to enrol");
      return FALSE;
    }
  if (!till_vault_is_open (self->vault))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_LOCKED, "Customers can't be enrolled: %s",
                   self->vault_trouble != NULL ? self->vault_trouble->message : "the keyring is not open");
      return FALSE;
    }
  if (till_payment_get_provider (self->payment) == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE, "The payment service can't be asked: %s",
                   self->provider_trouble != NULL ? self->provider_trouble->message : "none is set up");
      return FALSE;
    }
  return TRUE;
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
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  if (!check_applicant (self, name, suffix, enrolment, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, applicant_new (name, suffix, enrolment), applicant_free);
  till_provider_register_payer_async (till_payment_get_provider (self->payment), payer, "Smiletill customer",
                                      cancellable, on_payer_registered, g_object_ref (task));
}

TillCustomer *
till_shop_enrol_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
