/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop.h"

G_BEGIN_DECLS

/**
 * TillApplicant: a #TillShopApplicant on the way to becoming a customer or the holder of a face pass; what is secret of it
 * is wiped when it is freed.
 */
typedef struct
{
  char *name; /* (nullable): of the holder of a pass */
  char suffix[TILL_CUSTOMER_SUFFIX_DIGITS + 1];
  float *templates;
  guint n_templates;
  char *payment;     /* what the payer is to be registered by */
  char *pin;         /* (nullable) */
  char *manager_pin; /* (nullable) */
  TillConsentBy by;
  char *guardian; /* (nullable) */
  char *place;
  char *payer;            /* what the provider knows them by, once it does */
  TillCustomer *customer; /* made of all this */
  TillFacePass *pass;     /* made of all this */
} TillApplicant;

/* Copies all of @words, which were checked (transfer full). */
TillApplicant *till_applicant_new (const TillShopApplicant *words) G_GNUC_WARN_UNUSED_RESULT;
void till_applicant_free (TillApplicant *self);

/* Whether somebody can be enrolled here, or be given a pass, with these; errors as of till_shop_enrol_finish(). */
gboolean till_applicant_check (TillShop *shop, const TillShopApplicant *words, gboolean pass, GError **error);

/* The consent they have just given, @id, to @purpose, as @customer; signed (transfer full). */
JsonObject *till_applicant_sign_consent (const TillApplicant *self,
                                         TillShop *shop,
                                         TillConsentPurpose purpose,
                                         const char *id,
                                         const char *customer,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillApplicant, till_applicant_free)

G_END_DECLS
