/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-applicant.h"

#include "base/till-error.h"
#include "base/till-name.h"
#include "shop/till-shop-private.h"
#include "vault/till-pin.h"

#include <string.h>

TillApplicant *
till_applicant_new (const TillShopApplicant *words)
{
  const TillEnrolment *enrolment = words->enrolment;
  TillApplicant *self = g_new0 (TillApplicant, 1);

  self->name = g_strdup (words->name);
  self->payment = g_strdup (words->payer);
  self->pin = g_strdup (words->pin);
  self->manager_pin = g_strdup (words->manager_pin);
  self->by = words->by;
  self->guardian = g_strdup (words->guardian);
  self->place = g_strdup (words->place != NULL ? words->place : TILL_CONSENT_PLACE_DISPLAY);
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

void
till_applicant_free (TillApplicant *self)
{
  wipe (self->pin);
  wipe (self->manager_pin);
  wipe (self->payment);
  wipe (self->payer);
  wipe (self->name);
  wipe (self->guardian);
  g_free (self->place);
  explicit_bzero (self->templates, (gsize) self->n_templates * TILL_VISION_EMBEDDING * sizeof (float));
  explicit_bzero (self->suffix, sizeof self->suffix);
  g_free (self->templates);
  g_clear_pointer (&self->customer, till_customer_unref);
  g_clear_pointer (&self->pass, till_face_pass_unref);
  g_free (self);
}

static gboolean
check_guardian (TillShop *shop, const TillShopApplicant *words, GError **error)
{
  if (words->by == TILL_CONSENT_BY_ADULT && words->guardian == NULL)
    return TRUE;
  if (words->by == TILL_CONSENT_BY_ADULT)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                         "A guardian is named for somebody who agrees alone: say that the guardian agrees, "
                         "or name none");
  else if (till_shop_get_terms (shop).guardian_age == 0)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                         "This shop asks for no guardian (guardian-age is 0)");
  else if (words->guardian == NULL)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                         "Somebody this young needs a guardian who agrees: type the guardian’s name");
  else
    return till_name_check ("The guardian’s name", words->guardian, error);
  return FALSE;
}

static gboolean
check_shop (TillShop *shop, gboolean pass, GError **error)
{
  const GError *trouble = till_shop_get_custody_trouble (shop);

  if (pass && !g_settings_get_boolean (till_profile_get_settings (shop->profile), "face-pass-allowed"))
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED,
                         "This shop gives out no face passes (face-pass-allowed)");
  else if (trouble != NULL || !till_vault_is_open (shop->vault))
    g_set_error (error, TILL_ERROR, TILL_ERROR_LOCKED, "Customers can't be enrolled: %s",
                 trouble != NULL ? trouble->message : "the keyring is not open");
  else if (till_payment_get_provider (shop->payment) == NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE, "The payment service can't be asked: %s",
                 shop->provider_trouble != NULL ? shop->provider_trouble->message : "none is set up");
  else
    return TRUE;
  return FALSE;
}

gboolean
till_applicant_check (TillShop *shop, const TillShopApplicant *words, gboolean pass, GError **error)
{
  if (!pass && !till_name_check ("The customer's name", words->name, error))
    return FALSE;
  if (!till_customer_check_suffix (words->suffix, error))
    return FALSE;
  if (!pass && words->pin != NULL && !till_pin_check_new (words->pin, words->suffix, error))
    return FALSE;
  if (!check_guardian (shop, words, error))
    return FALSE;
  if (till_enrolment_get_n_templates (words->enrolment) == 0)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                           "No picture of the customer was good enough to enrol");
      return FALSE;
    }
  return check_shop (shop, pass, error);
}

JsonObject *
till_applicant_sign_consent (const TillApplicant *self,
                             TillShop *shop,
                             TillConsentPurpose purpose,
                             const char *id,
                             const char *customer,
                             GError **error)
{
  const TillConsentTerms terms = till_shop_get_terms (shop);
  const TillConsentGiven given = {
    .id = id,
    .purpose = purpose,
    .customer = customer,
    .by = self->by,
    .at_us = till_clock_utc (shop->clock),
    .place = self->place,
    .terms = &terms,
  };

  return till_customers_sign_consent (shop->customers, &given, error);
}
