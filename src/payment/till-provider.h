/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-charge.h"
#include "payment/till-refund-request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TILL_TYPE_PROVIDER (till_provider_get_type ())
G_DECLARE_INTERFACE (TillProvider, till_provider, TILL, PROVIDER, GObject)

/**
 * TillProvider: somebody who moves money. Main context only; nothing blocks.
 *
 * charge, query, cancel, refund and query_refund never fail with an error that hides how the attempt stands: their finish functions always
 * give a result (transfer full). A cancelled charge is UNKNOWN once it was sent.
 *
 * Signal: "sending" (const char *attempt) when the request of a charge is about to leave this machine, once or, where
 * it is repeated with the same key, more often. Everything that has to be on disk is there by then.
 */
struct _TillProviderInterface
{
  GTypeInterface parent_iface;

  const char *(*get_name) (TillProvider *self);
  void (*charge_async) (TillProvider *self,
                        TillChargeRequest *request,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  TillChargeResult *(*charge_finish) (TillProvider *self, GAsyncResult *result);
  void (*query_async) (TillProvider *self,
                       TillChargeRequest *request,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  TillChargeResult *(*query_finish) (TillProvider *self, GAsyncResult *result);
  void (*refund_async) (TillProvider *self,
                        TillRefundRequest *request,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  TillChargeResult *(*refund_finish) (TillProvider *self, GAsyncResult *result);
  void (*query_refund_async) (TillProvider *self,
                              TillRefundRequest *request,
                              gboolean replay,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
  TillChargeResult *(*query_refund_finish) (TillProvider *self, GAsyncResult *result);
  void (*register_payer_async) (TillProvider *self,
                                const char *token,
                                const char *label,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
  char *(*register_payer_finish) (TillProvider *self, GAsyncResult *result, GError **error);
  /* The others may be NULL. Without cancel, query takes its place; without remove_payer there is nothing to remove. */
  void (*cancel_async) (TillProvider *self,
                        TillChargeRequest *request,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  TillChargeResult *(*cancel_finish) (TillProvider *self, GAsyncResult *result);
  const char *(*get_account) (TillProvider *self);
  char *(*get_query_payer) (TillProvider *self, const char *payer);
  guint (*get_timeout) (TillProvider *self);
  void (*remove_payer_async) (TillProvider *self,
                              const char *payer,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
  gboolean (*remove_payer_finish) (TillProvider *self, GAsyncResult *result, GError **error);
};

/* What the ledger calls it, such as "stripe". */
const char *till_provider_get_name (TillProvider *self);

/*
 * Which of the provider's books it writes to, such as "live" or "test": an attempt is only ever looked for in those it
 * was made in (nullable).
 */
const char *till_provider_get_account (TillProvider *self);

/*
 * What of the payer token @payer a query needs, when it is nothing that money could be taken with: the ledger keeps it,
 * sealed, until the attempt has its end (transfer full) (nullable).
 */
char *till_provider_get_query_payer (TillProvider *self, const char *payer);

/* Seconds after which a charge without an answer is given up as UNKNOWN. */
guint till_provider_get_timeout (TillProvider *self);

/* Emits "sending": for providers. */
void till_provider_emit_sending (TillProvider *self, const char *attempt);

/* Takes the money, once, however often it is called with the same request. */
void till_provider_charge_async (TillProvider *self,
                                 TillChargeRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TillChargeResult *till_provider_charge_finish (TillProvider *self, GAsyncResult *result);

/*
 * Asks how the attempt stands without moving money: DECLINED with code "not-found" when the provider has certainly
 * never heard of it, and will not carry it out should it still arrive. Of @request, payer may be NULL or what
 * till_provider_get_query_payer() gave. The attempt must not be under way in this process.
 */
void till_provider_query_async (TillProvider *self,
                                TillChargeRequest *request,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
TillChargeResult *till_provider_query_finish (TillProvider *self, GAsyncResult *result);

/* As a query, but a payment that is still being processed is cancelled too, where the provider lets it. */
void till_provider_cancel_async (TillProvider *self,
                                 TillChargeRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TillChargeResult *till_provider_cancel_finish (TillProvider *self, GAsyncResult *result);

/* Gives money back, once, however often it is called with the same request. APPROVED means refunded. */
void till_provider_refund_async (TillProvider *self,
                                 TillRefundRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TillChargeResult *till_provider_refund_finish (TillProvider *self, GAsyncResult *result);

/*
 * Finds out how a refund stands, by looking for it. Where it is not found: with @replay it is sent again under its own
 * key, so that it is carried out now if it never was; without, it is DECLINED with code "not-found". @replay is only for as
 * long as providers keep keys for certain. The refund must not be under way in this process.
 */
void till_provider_query_refund_async (TillProvider *self,
                                       TillRefundRequest *request,
                                       gboolean replay,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
TillChargeResult *till_provider_query_refund_finish (TillProvider *self, GAsyncResult *result);

/*
 * Makes what a customer brings to enrolment (a payment method such as "pm_card_visa", or a customer "cus_…" the shop
 * has already, optionally "cus_…/pm_…") chargeable later without them typing anything. @label: for the provider's
 * own list, no name of a person. Finish: the payer token to keep (transfer full), or NULL with %TILL_ERROR_REFUSED
 * (the method does not work, in words), %TILL_ERROR_NOT_FOUND, %TILL_ERROR_INVALID or %TILL_ERROR_UNAVAILABLE.
 */
void till_provider_register_payer_async (TillProvider *self,
                                         const char *token,
                                         const char *label,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
char *till_provider_register_payer_finish (TillProvider *self, GAsyncResult *result, GError **error);

/*
 * Sees to it that the provider forgets @payer, a token as above, so that nothing can be charged to it any more. Finish:
 * TRUE once that is so, also where it was so before; %TILL_ERROR_UNAVAILABLE when it is to be tried again, or another
 * error in words.
 */
void till_provider_remove_payer_async (TillProvider *self,
                                       const char *payer,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean till_provider_remove_payer_finish (TillProvider *self, GAsyncResult *result, GError **error);

G_END_DECLS
