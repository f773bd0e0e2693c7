/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"
#include "customers/till-consent.h"
#include "customers/till-pass-book.h"
#include "sale/till-catalogue.h"
#include "shop/till-profile.h"
#include "vault/till-staff.h"

G_BEGIN_DECLS

#define TILL_TYPE_SHOP (till_shop_get_type ())
G_DECLARE_FINAL_TYPE (TillShop, till_shop, TILL, SHOP, GObject)

/**
 * TillShop: builds the rooms of one till and wires them. Main context only.
 *
 * A shop opens even where it can't take faces (no keyring, no models, no gateway): it then sells by every other way,
 * and till_shop_get_face_trouble() says why.
 *
 * Signals: "face-trouble-changed" ();
 *          "unresolved-changed" () when the list of attempts without an end is another one (till-shop-unresolved.h);
 *          "day-changed" () when money moved or was counted: history and reports are out of date;
 *          "custody-changed" () (till-shop-custody.h); "expiry-changed" () (till-shop-erasure.h).
 */

/* Nothing is opened yet. A reference is taken. */
TillShop *till_shop_new (TillProfile *profile, TillClock *clock) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Opens the database, keyring, networks and provider, starting the sandbox where the profile uses it. Behind that the
 * provider is asked about every attempt without an end: from then on at the pace of #TillReconcilePace while there is
 * one, and at once when the network comes back. A sale that turns out paid gets its receipt. Fails only for what no
 * sale can do without: the database, the catalogue and the program's own files.
 */
void till_shop_open_async (TillShop *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean till_shop_open_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Ends threads and children, closes the files. */
void till_shop_close (TillShop *self);

/* All (transfer none), there once opened. */
TillProfile *till_shop_get_profile (TillShop *self);
TillClock *till_shop_get_clock (TillShop *self);
TillLedger *till_shop_get_ledger (TillShop *self);
TillKeyring *till_shop_get_keyring (TillShop *self);
TillCustomers *till_shop_get_customers (TillShop *self);
TillPassBook *till_shop_get_passes (TillShop *self);
TillLockout *till_shop_get_lockout (TillShop *self);
TillStaff *till_shop_get_staff (TillShop *self);
TillPayment *till_shop_get_payment (TillShop *self);
TillRecognizer *till_shop_get_recognizer (TillShop *self);
TillMailbox *till_shop_get_mailbox (TillShop *self);
TillCheckout *till_shop_get_checkout (TillShop *self);
TillCatalogue *till_shop_get_catalogue (TillShop *self);
/* The goods being rung up. */
TillBasket *till_shop_get_basket (TillShop *self);
/* What the shop takes off by itself just now, as its basket has it; for another basket. */
const TillDiscountRules *till_shop_get_discount_rules (TillShop *self);
/* TRUE once the provider has been asked about every attempt that was open when the shop opened. */
gboolean till_shop_is_settled (TillShop *self);
const char *till_shop_get_name (TillShop *self);
/* ISO 4217 */
const char *till_shop_get_currency (TillShop *self);

/* What the shop fills into the wordings of consents just now; its strings are the shop's. */
TillConsentTerms till_shop_get_terms (TillShop *self);

/* Why nobody can pay by face just now (transfer none) (nullable: they can). */
const GError *till_shop_get_face_trouble (TillShop *self);

/*
 * Enrols somebody whose templates are there: registers the payer, writes consent and enrolment to the ledger, seals
 * the record. The consent must have been given on the screen just before. Finish: the customer (transfer full).
 * @payer: as till_provider_register_payer_async() takes it.
 */
void till_shop_enrol_async (TillShop *self,
                            const char *name,
                            const char *suffix,
                            const char *payer,
                            const TillEnrolment *enrolment,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
TillCustomer *till_shop_enrol_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Who is to be enrolled: what till_shop_enrol_async() takes, and what may be needed beside it. */
typedef struct
{
  const char *name;
  const char *suffix;
  const char *payer;
  const TillEnrolment *enrolment;
  const char *pin; /* (nullable) the customer's own; errors as till_pin_check_new() */
  const char
      *manager_pin;     /* (nullable) of the manager who says that they are not those whom they look like */
  TillConsentBy by;     /* who agreed; a guardian where somebody is younger than the setting "guardian-age" */
  const char *guardian; /* (nullable) name of the guardian: with %TILL_CONSENT_BY_GUARDIAN, and only then */
  const char *place;    /* (nullable: the customer's display) where, one of TILL_CONSENT_PLACE_… */
} TillShopApplicant;

/*
 * The same for an applicant with a PIN of their own, or one who is too close to somebody: %TILL_ERROR_LOOK_ALIKE, before
 * anything is registered or written, unless @manager_pin is right; for a wrong one the errors of
 * till_staff_verify_finish(). All is copied. Finish with till_shop_enrol_finish().
 */
void till_shop_enrol_applicant_async (TillShop *self,
                                      const TillShopApplicant *applicant,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

G_END_DECLS
