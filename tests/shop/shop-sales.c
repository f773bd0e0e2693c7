/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop-sales.h"

#include "customers/till-consent.h"
#include "payment/till-stripe-client.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-json.h"
#include "shop/till-shop-day.h"
#include "shop/till-shop-private.h"
#include "shop/till-shop-unresolved.h"

#include "base/till-id.h"

#include <math.h>

/* Far more than any test takes on the slowest machine. */
#define WATCHDOG_SECONDS 280

static gboolean
on_watchdog (gpointer user_data)
{
  g_error ("a callback that should have come did not");
  return G_SOURCE_REMOVE;
}

void
shop_on_result (GObject *source, GAsyncResult *result, gpointer kept)
{
  *(GAsyncResult **) kept = g_object_ref (result);
}

GAsyncResult *
shop_wait_for (GAsyncResult **kept)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, on_watchdog, NULL);

  while (*kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  return g_steal_pointer (kept);
}

void
shop_sales_set_manager (ShopFixture *fixture)
{
  TillStaff *staff = till_shop_get_staff (fixture->shop);
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_staff_set_pin_async (staff, TILL_STAFF_MANAGER, NULL, SHOP_MANAGER_PIN, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_assert_true (till_staff_set_pin_finish (staff, result, &error));
  g_assert_no_error (error);
}

void
shop_sales_ring_up (ShopFixture *fixture, const ShopGoods *goods, guint n)
{
  GListModel *articles = till_catalogue_get_articles (till_shop_get_catalogue (fixture->shop));

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < g_list_model_get_n_items (articles); j++)
      {
        g_autoptr (TillArticle) article = g_list_model_get_item (articles, j);
        g_autoptr (GError) error = NULL;

        if (!g_str_equal (till_article_get_id (article), goods[i].article))
          continue;
        till_basket_add (till_shop_get_basket (fixture->shop), article, goods[i].quantity, &error);
        g_assert_no_error (error);
      }
}

char *
shop_sales_counter (ShopFixture *fixture, const char *tender, const ShopGoods *goods, guint n)
{
  g_autoptr (GError) error = NULL;

  shop_sales_ring_up (fixture, goods, n);
  g_assert_true (till_checkout_open (fixture->checkout, till_shop_get_basket (fixture->shop), &error));
  g_assert_true (till_checkout_choose_counter (fixture->checkout, tender, &error));
  char *sale = g_strdup (till_checkout_get_sale (fixture->checkout));
  g_assert_true (till_checkout_take_tender (fixture->checkout, NULL, &error));
  g_assert_no_error (error);
  shop_fixture_wait (fixture, TILL_CHECKOUT_PAID);
  g_assert_true (till_checkout_dismiss (fixture->checkout, &error));
  return sale;
}

/* Every id has a direction of its own, so nobody looks like anybody. */
static void
fill_template (float *template, const char *id)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_str_hash (id));
  double square = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    {
      template[i] = (float) g_rand_double_range (random, -1, 1);
      square += (double) template[i] * (double) template[i];
    }
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    template[i] = (float) ((double) template[i] / sqrt (square));
}

static char *
register_payer (ShopFixture *fixture, const char *payment)
{
  TillProvider *provider = till_payment_get_provider (till_shop_get_payment (fixture->shop));
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_provider_register_payer_async (provider, payment, "customer", NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  char *payer = till_provider_register_payer_finish (provider, result, &error);
  g_assert_no_error (error);
  return payer;
}

char *
shop_sales_enrol (ShopFixture *fixture, const char *id, const char *suffix, const char *payment)
{
  TillCustomers *customers = till_shop_get_customers (fixture->shop);
  char *payer = register_payer (fixture, payment);
  float template[TILL_VISION_EMBEDDING];
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  fill_template (template, id);
  g_autoptr (TillCustomer) customer
      = till_customer_new (id, id, suffix, payer, "consent_enrol", template, 1,
                           till_clock_utc (till_shop_get_clock (fixture->shop)), &error);
  g_assert_no_error (error);
  const TillConsentGiven given = { .id = "consent_enrol",
                                   .purpose = TILL_CONSENT_ENROLMENT,
                                   .customer = id,
                                   .place = TILL_CONSENT_PLACE_DISPLAY };
  JsonObject *consent = till_customers_sign_consent (customers, &given, &error);
  g_assert_no_error (error);
  till_customers_add_async (customers, customer, consent, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_assert_true (till_customers_add_finish (customers, result, &error));
  g_assert_no_error (error);
  return payer;
}

gboolean
shop_sales_is_candidate (ShopFixture *fixture, const char *id, const char *suffix)
{
  TillCustomers *customers = till_shop_get_customers (fixture->shop);
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_customers_find_async (customers, suffix, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (TillGallery) gallery = till_customers_find_finish (customers, result, &error);
  g_assert_no_error (error);
  return till_gallery_get_customer (gallery, id) != NULL;
}

/* As the checkout's, before it is known what becomes of the charge. */
static JsonObject *
draft_receipt (ShopFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPricing) pricing = till_basket_price (till_shop_get_basket (fixture->shop), 0, &error);
  TillTender tender;

  g_assert_no_error (error);
  till_tender_init_exact (&tender, TILL_TENDER_FACE, till_pricing_get_total (pricing), NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (TillReceipt) receipt = till_receipt_new_priced (
      till_shop_get_name (fixture->shop), "draft", till_clock_utc (till_shop_get_clock (fixture->shop)),
      pricing, &tender, &error);
  g_assert_no_error (error);
  return till_receipt_to_json (receipt);
}

char *
shop_sales_face (ShopFixture *fixture,
                 const char *customer,
                 const char *payer,
                 const ShopGoods *goods,
                 guint n,
                 TillPaymentOutcome **outcome)
{
  TillPayment *payment = till_shop_get_payment (fixture->shop);
  TillBasket *basket = till_shop_get_basket (fixture->shop);
  char *sale = till_id_new ("sale");
  JsonObject *extra = json_object_new ();
  JsonObject *evidence = json_object_new ();
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  shop_sales_ring_up (fixture, goods, n);
  TillMoney total = *till_basket_get_total (basket);
  json_object_set_double_member (evidence, "score", 0.61);
  json_object_set_string_member (extra, "tender", TILL_TENDER_FACE);
  json_object_set_string_member (extra, "customer", customer);
  json_object_set_string_member (extra, "consent", "consent_pay");
  json_object_set_object_member (extra, "evidence", evidence);
  json_object_set_object_member (extra, "receipt", draft_receipt (fixture));
  till_basket_reset (basket);

  till_payment_charge_async (payment, sale, payer, &total, extra, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (TillPaymentOutcome) came = till_payment_charge_finish (payment, result, &error);
  g_assert_no_error (error);
  if (outcome != NULL)
    *outcome = till_payment_outcome_ref (came);
  return sale;
}

/* The sandbox */

static TillSecret *
look_up_key (ShopFixture *fixture)
{
  TillKeyring *keyring = till_shop_get_keyring (fixture->shop);
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_keyring_lookup_async (keyring, "sandbox-key", NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  TillSecret *key = till_keyring_lookup_finish (keyring, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (key);
  return key;
}

/* One exchange beside the provider's (transfer full). */
static JsonObject *
exchange (ShopFixture *fixture, const char *method, const char *path, const char *form)
{
  TillSandboxProcess *sandbox = fixture->shop->sandbox;
  const TillStripeRequest request = { .method = method, .path = path, .form = form, .limit = 1024 * 1024 };
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillSecret) key = look_up_key (fixture);
  g_autoptr (GTlsDatabase) trust
      = g_tls_file_database_new (till_sandbox_process_get_certificate (sandbox), &error);
  g_assert_no_error (error);
  g_autoptr (TillStripeClient) client
      = till_stripe_client_new (till_sandbox_process_get_base_url (sandbox), trust, key, &error);
  g_assert_no_error (error);

  till_stripe_client_send_async (client, &request, 60 * G_USEC_PER_SEC, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (TillStripeReply) reply = till_stripe_client_send_finish (client, result);
  g_assert_cmpstr (reply->trouble, ==, NULL);
  g_assert_cmpuint (reply->status, ==, 200);
  JsonObject *root = till_stripe_json_read (reply->body, &error);
  g_assert_no_error (error);
  return root;
}

void
shop_sales_order_fault (
    ShopFixture *fixture, const char *kind, const char *method, const char *path, guint count)
{
  g_autoptr (GString) form = g_string_new (NULL);

  till_stripe_form_add (form, "kind", kind);
  till_stripe_form_add (form, "method", method);
  till_stripe_form_add (form, "path", path);
  till_stripe_form_add_int (form, "count", count);
  json_object_unref (exchange (fixture, "POST", "/sandbox/faults", form->str));
}

void
shop_sales_clear_faults (ShopFixture *fixture)
{
  json_object_unref (exchange (fixture, "DELETE", "/sandbox/faults", NULL));
}

JsonObject *
shop_sales_ask_gateway (ShopFixture *fixture, const char *path)
{
  return exchange (fixture, "GET", path, NULL);
}

char *
shop_sales_unknown (
    ShopFixture *fixture, const char *customer, const char *payer, const ShopGoods *goods, char **attempt)
{
  g_autoptr (TillPaymentOutcome) outcome = NULL;

  shop_sales_order_fault (fixture, "malformed", "POST", "/v1/", 1000);
  shop_sales_order_fault (fixture, "malformed", "GET", "/v1/", 1000);
  char *sale = shop_sales_face (fixture, customer, payer, goods, 1, &outcome);
  g_assert_cmpint (outcome->result->status, ==, TILL_CHARGE_UNKNOWN);
  *attempt = g_strdup (outcome->attempt);
  return sale;
}

/* Calls that wait */

TillChargeStatus
shop_sales_ask (ShopFixture *fixture, const char *attempt)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_shop_ask_attempt_async (fixture->shop, attempt, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (TillPaymentOutcome) outcome = till_shop_ask_attempt_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  return outcome->result->status;
}

GPtrArray *
shop_sales_list_unresolved (ShopFixture *fixture)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_shop_list_unresolved_async (fixture->shop, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  GPtrArray *unresolved = till_shop_list_unresolved_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  return unresolved;
}

TillReceipt *
shop_sales_refund (ShopFixture *fixture, const TillShopRefund *refund, GError **error)
{
  GAsyncResult *kept = NULL;

  till_shop_refund_async (fixture->shop, refund, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  return till_shop_refund_finish (fixture->shop, result, error);
}

void
shop_sales_write_receipts (ShopFixture *fixture)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_shop_write_receipts_async (fixture->shop, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_assert_true (till_shop_write_receipts_finish (fixture->shop, result, &error));
  g_assert_no_error (error);
}

TillDayReport *
shop_sales_report (ShopFixture *fixture)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_shop_report_async (fixture->shop, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  TillDayReport *report = till_shop_report_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  return report;
}

GPtrArray *
shop_sales_rows (ShopFixture *fixture, const char *sale)
{
  TillLedger *ledger = till_shop_get_ledger (fixture->shop);
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_ledger_list_async (ledger, NULL, sale, NULL, 0, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  GPtrArray *rows = till_ledger_list_finish (ledger, result, &error);
  g_assert_no_error (error);
  return rows;
}
