/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-private.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "base/till-name.h"
#include "customers/till-consent.h"
#include "vault/till-pin.h"

#include <string.h>

/* What is on its way to becoming a customer; templates are wiped with it. */
typedef struct
{
  char *name;
  char suffix[TILL_CUSTOMER_SUFFIX_DIGITS + 1];
  float *templates;
  guint n_templates;
  char *payment;     /* what the payer is to be registered by */
  char *pin;         /* NULL for none */
  char *manager_pin; /* NULL while nobody confirms a look-alike */
  char *payer;       /* what the provider knows the customer by */
  TillCustomer *customer;
} Applicant;

static Applicant *
applicant_new (const TillShopApplicant *words)
{
  const TillEnrolment *enrolment = words->enrolment;
  Applicant *self = g_new0 (Applicant, 1);

  self->name = g_strdup (words->name);
  self->payment = g_strdup (words->payer);
  self->pin = g_strdup (words->pin);
  self->manager_pin = g_strdup (words->manager_pin);
  g_strlcpy (self->suffix, words->suffix, sizeof self->suffix);
  self->n_templates = till_enrolment_get_n_templates (enrolment);
  self->templates = g_new (float, (gsize) self->n_templates *TILL_VISION_EMBEDDING);
  memcpy (self->templates, till_enrolment_get_templates (enrolment),
          (gsize) self->n_templates * TILL_VISION_EMBEDDING * sizeof (float));
  return self;
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
applicant_free (gpointer data)
{
  Applicant *self = data;

  wipe (self->pin);
  wipe (self->manager_pin);
  g_free (self->payment);
  g_free (self->payer);
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

/* The customer is whole: @pin is the hash, NULL for none. */
static void
add_customer (GTask *task, const char *pin)
{
  TillShop *self = g_task_get_source_object (task);
  Applicant *applicant = g_task_get_task_data (task);
  g_autofree char *id = till_id_new ("customer");
  g_autofree char *consent = till_id_new ("consent");
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) customer = till_customer_new (
      id, applicant->name, applicant->suffix, applicant->payer, consent, applicant->templates,
      applicant->n_templates, till_clock_utc (self->clock), &error);

  if (customer != NULL)
    applicant->customer = till_customer_with_pin (customer, pin, &error);
  if (applicant->customer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  const TillConsentGiven given = { .id = consent,
                                   .purpose = TILL_CONSENT_ENROLMENT,
                                   .customer = id,
                                   .at_us = till_clock_utc (self->clock),
                                   .place = TILL_CONSENT_PLACE_DISPLAY };
  JsonObject *consented = till_customers_sign_consent (self->customers, &given, &error);
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
  Applicant *applicant = g_task_get_task_data (task);
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
  const Applicant *applicant = g_task_get_task_data (task);

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

static gboolean
check_applicant (TillShop *self, const TillShopApplicant *words, GError **error)
{
  if (!till_name_check ("The customer's name", words->name, error)
      || !till_customer_check_suffix (words->suffix, error))
    return FALSE;
  if (words->pin != NULL && !till_pin_check_new (words->pin, words->suffix, error))
    return FALSE;
  if (till_enrolment_get_n_templates (words->enrolment) == 0)
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
till_shop_enrol_applicant_async (TillShop *self,
                                 const TillShopApplicant *words,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  if (!check_applicant (self, words, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  Applicant *applicant = applicant_new (words);
  g_task_set_task_data (task, applicant, applicant_free);
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
