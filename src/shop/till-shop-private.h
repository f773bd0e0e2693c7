/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger-anchor.h"
#include "payment/till-reconcile-pace.h"
#include "shop/till-sandbox-process.h"
#include "shop/till-shop-custody.h"
#include "shop/till-shop-refund.h"
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
  TillLedgerAnchor *anchor;
  TillVault *vault;
  TillCustomers *customers;
  TillPassBook *passes;
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
  TillReconcilePace pace;
  guint reconcile_timer;
  gboolean reconciling;
  gboolean settled;      /* every open attempt was asked about once */
  gboolean doubted;      /* the open sale was in doubt */
  GQueue receipts;       /* rounds of writing missing receipts (element-type GTask): the head is under way */
  GHashTable *refunding; /* ids of sales of which a refund is under way */
  gboolean closing_day;
  TillDiscountRules rules; /* as the basket has them */
  gboolean counting_gifts;
  gboolean gifts_changed; /* since they are being counted */
  char *name;

  gboolean closed;
  GPtrArray *mending; /* (nullable) (element-type GTask): those who wait for the round under way */
  guint mend_timer;
  gint64 sandbox_ended_us; /* monotonic; 0: never */
  gboolean any_customers;  /* when the shop opened */
  gboolean books_checked;  /* against the keyring, since the vault is open */
  gboolean changing_keys;
  gboolean writing_key;
  gboolean remembering; /* who left is being kept in the keyring */
  gboolean remember_again;
  TillSecret *new_phrase; /* (nullable) made, not yet confirmed */

  char *expiry_doubt; /* (nullable) */
  guint expiry_timer;
  gboolean expiring;

  GError *vault_trouble;
  GError *books_trouble;
  GError *provider_trouble;
  GError *recognition_trouble;
};

/*
 * Opens what is not open yet of keyring, books' anchor and provider; from then on what goes wrong is tried again by itself,
 * until till_shop_stop_mending(). Finish as till_shop_retry_finish().
 */
void till_shop_start_mending (TillShop *self);
void till_shop_stop_mending (TillShop *self);
/* A round, and then @task (transfer full) returns TRUE if custody is open, or what is wrong with it. */
void till_shop_open_custody (GTask *task);

/* Keeps a copy of @error (nullable) in @slot, one of the troubles above, and tells whoever listens. */
void till_shop_set_trouble (TillShop *self, GError **slot, const GError *error);

/* The keys are there: whoever waited for that goes on. */
void till_shop_on_vault_open (TillShop *self);

/* Writes the public key the till signs with to the ledger, where it is not there yet. */
void till_shop_write_key (TillShop *self);

/*
 * Whoever was erased, and every pass that was revoked, stays gone where older books are put back: the keyring keeps their
 * ids, which name nobody, beside the end of the books. Nothing happens before the books were checked.
 */
void till_shop_remember_departed (TillShop *self);
/* Erases and revokes again those of them whom the books that are there now bring back; an error if one of them stays. */
void till_shop_dismiss_departed_async (TillShop *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean till_shop_dismiss_departed_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Expiry: looks once a day, and now, for whoever is due; until it is stopped. */
void till_shop_start_expiry (TillShop *self);
void till_shop_stop_expiry (TillShop *self);

/* Gives the checkout the rules of the settings and of custody as they are now. */
void till_shop_apply_policy (TillShop *self);

/*
 * Makes the provider the settings name and gives it to the payment room, starting the sandbox where it is the one.
 * Failing is no obstacle to opening: finish gives why there is no provider.
 */
void till_shop_open_provider_async (TillShop *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean till_shop_open_provider_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Checks the manager's PIN, which is copied; %TILL_ERROR_NOT_FOUND, in words, where the shop has none yet. */
void till_shop_ask_manager_async (TillShop *self,
                                  const char *pin,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean till_shop_ask_manager_finish (TillShop *self, GAsyncResult *result, GError **error);

/* The same of @role's PIN; @pin is (nullable), which is %TILL_ERROR_INVALID. */
void till_shop_ask_role_async (TillShop *self,
                               TillStaffRole role,
                               const char *pin,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean till_shop_ask_role_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Gives the checkout and the basket the rules of the settings, and again when those or the day's gifts change. */
void till_shop_start_rules (TillShop *self);

/*
 * Asks about attempts without an end: now, at a pace that slows down while nobody answers, and at once when the network
 * comes back; until till_shop_stop_reconciling().
 */
void till_shop_start_reconciling (TillShop *self);
void till_shop_stop_reconciling (TillShop *self);

/* Writes the receipts of sales that turned out paid after the checkout had left them, each once. */
void till_shop_write_receipts_async (TillShop *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean till_shop_write_receipts_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Emit the signals of these names. */
void till_shop_tell_unresolved (TillShop *self);
void till_shop_tell_day (TillShop *self);
void till_shop_tell_face_trouble (TillShop *self);
void till_shop_tell_custody (TillShop *self);
void till_shop_tell_expiry (TillShop *self);

/* A manager's count of the drawer; finish with till_shop_drawer_finish(). */
void till_shop_count_drawer_async (TillShop *self,
                                   const TillMoney *amount,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/* What can be told of a refund without looking at the sale; errors as till_shop_refund_finish(). */
gboolean till_shop_refund_check (TillShop *self, const TillShopRefund *refund, GError **error);

/* The refund of what a manager has agreed to: till_shop_refund_async() without asking for a PIN. */
void till_shop_refund_agreed_async (TillShop *self,
                                    const TillShopRefund *refund,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/* Who answers for what a manager's PIN allowed, as the ledger calls them. */
#define TILL_SHOP_BY_MANAGER "manager"
#define TILL_SHOP_BY_CASHIER "cashier"
#define TILL_SHOP_BY_OWNER   "owner"

G_END_DECLS
