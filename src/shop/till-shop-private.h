/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-sandbox-process.h"
#include "shop/till-shop.h"

G_BEGIN_DECLS

struct _TillShop
{
  GObject parent_instance;

  TillProfile *profile;
  TillClock *clock;

  TillStore *store;
  TillLedger *ledger;
  TillKeyring *keyring;
  TillVault *vault;
  TillCustomers *customers;
  TillLockout *lockout;
  TillStaff *staff;
  TillOperatingPoint *operating_point;
  TillCatalogue *catalogue;
  TillBasket *basket;
  TillMailbox *mailbox;
  TillRecognizer *recognizer;
  TillPayment *payment;
  TillCheckout *checkout;
  TillSandboxProcess *sandbox;

  GCancellable *closing;
  guint reconcile_timer;
  gboolean settled; /* every open attempt was asked about once */
  char *name;
  GError *vault_trouble;
  GError *provider_trouble;
  GError *recognition_trouble;
};

/*
 * Makes the provider the settings name and gives it to the payment room, starting the sandbox where it is the one.
 * Failing is no obstacle to opening: finish gives why there is no provider.
 */
void till_shop_open_provider_async (TillShop *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean till_shop_open_provider_finish (TillShop *self, GAsyncResult *result, GError **error);

G_END_DECLS
