/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-day-report.h"
#include "shop-fixture.h"
#include "shop/till-shop-refund.h"

G_BEGIN_DECLS

/* The manager's PIN of shop_sales_set_manager(). */
#define SHOP_MANAGER_PIN "9753"

/* What is rung up: so many of an article of the demo catalogue. */
typedef struct
{
  const char *article;
  guint quantity;
} ShopGoods;

/* A callback for any call, and what waits for its result; the test fails after minutes (transfer full). */
void shop_on_result (GObject *source, GAsyncResult *result, gpointer kept);
GAsyncResult *shop_wait_for (GAsyncResult **kept);

void shop_sales_set_manager (ShopFixture *fixture);
void shop_sales_ring_up (ShopFixture *fixture, const ShopGoods *goods, guint n);

/* Rings up and takes the money at the checkout, exactly. The sale's id (transfer full). */
char *shop_sales_counter (ShopFixture *fixture, const char *tender, const ShopGoods *goods, guint n);

/* Somebody enrolled as @id, who pays by @payment, such as "pm_card_visa". What the provider knows them by (transfer full). */
char *shop_sales_enrol (ShopFixture *fixture, const char *id, const char *suffix, const char *payment);
/* Whether they are a candidate when their digits are typed. */
gboolean shop_sales_is_candidate (ShopFixture *fixture, const char *id, const char *suffix);

/*
 * Rings up and charges @customer's face as the checkout does once it has recognised somebody, and leaves the sale: its
 * receipt is the shop's to write. The sale's id (transfer full).
 */
char *shop_sales_face (ShopFixture *fixture,
                       const char *customer,
                       const char *payer,
                       const ShopGoods *goods,
                       guint n,
                       TillPaymentOutcome **outcome);

/* Orders @kind for the next @count requests of @method below @path from the sandbox. */
void shop_sales_order_fault (
    ShopFixture *fixture, const char *kind, const char *method, const char *path, guint count);
void shop_sales_clear_faults (ShopFixture *fixture);
/* GETs an object of the sandbox (transfer full). */
JsonObject *shop_sales_ask_gateway (ShopFixture *fixture, const char *path);

/*
 * The same, and every answer of the sandbox about it is broken until the faults are cleared, so that nobody knows whether
 * it was paid. @attempt: (out) (transfer full).
 */
char *shop_sales_unknown (
    ShopFixture *fixture, const char *customer, const char *payer, const ShopGoods *goods, char **attempt);

/* Calls that wait. */
TillChargeStatus shop_sales_ask (ShopFixture *fixture, const char *attempt);
GPtrArray *shop_sales_list_unresolved (ShopFixture *fixture);
TillReceipt *shop_sales_refund (ShopFixture *fixture, const TillShopRefund *refund, GError **error);
void shop_sales_write_receipts (ShopFixture *fixture);
TillDayReport *shop_sales_report (ShopFixture *fixture);
/* The rows of @sale, oldest first. */
GPtrArray *shop_sales_rows (ShopFixture *fixture, const char *sale);

G_END_DECLS
