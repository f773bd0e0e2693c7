/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. What a smile takes off, from the consent to the receipt. */
#include "base/till-error.h"
#include "checkout/till-checkout-private.h"
#include "money-fixture.h"

#include <math.h>

/* Of what is rung up: ten of an article. */
#define PRICE  1300
#define PIECES 10

static void
set_discount (MoneyFixture *self, int rate)
{
  till_checkout_set_policy (self->checkout, &(TillCheckoutPolicy){ .smile_discount = rate });
  till_basket_set_rules (self->basket, &(TillDiscountRules){ .smile_most_rate = rate });
}

static void
open_sale (MoneyFixture *self)
{
  for (guint i = 1; i < PIECES; i++)
    money_fixture_ring_up (self);
  money_fixture_open (self);
}

static void
assert_amount (MoneyFixture *self, gint64 minor)
{
  g_assert_cmpint (till_checkout_get_amount (self->checkout)->minor, ==, minor);
}

static void
assert_price (MoneyFixture *self, guint smile, gint64 minor)
{
  TillMoney price;

  g_assert_true (till_checkout_get_price (self->checkout, smile, &price));
  g_assert_cmpint (price.minor, ==, minor);
}

/* Who smiles so much, at most, pays @minor. */
static void
pay_with_smile (MoneyFixture *self, double level, gint64 minor)
{
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  money_fixture_smile (self, level, FALSE);
  money_fixture_smile (self, 0.1, TRUE);
  assert_amount (self, minor);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  assert_amount (self, minor);
}

/* Everything that is written down about the charge says the same. */
static void
assert_written (MoneyFixture *self, gint64 minor, gint64 off)
{
  g_autoptr (TillLedgerEntry) intent = money_fixture_newest (self, TILL_LEDGER_CHARGE_INTENT);
  g_autoptr (TillLedgerEntry) row = money_fixture_newest (self, TILL_LEDGER_RECEIPT);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillReceipt) draft
      = till_receipt_from_json (json_object_get_object_member (intent->body, "receipt"), &error);
  g_assert_no_error (error);
  g_autoptr (TillReceipt) receipt = till_receipt_from_json (row->body, &error);
  g_assert_no_error (error);
  JsonArray *discounts = json_object_get_array_member (intent->body, "discounts");

  g_assert_cmpint (json_object_get_int_member (intent->body, "amount"), ==, minor);
  g_assert_cmpint (till_receipt_get_total (draft)->minor, ==, minor);
  g_assert_cmpint (till_receipt_get_total (receipt)->minor, ==, minor);
  g_assert_cmpstr (till_receipt_get_tender (draft)->reference, ==, NULL);
  g_assert_cmpstr (till_receipt_get_tender (receipt)->reference, ==, "pi_1");
  g_assert_cmpstr (till_receipt_get_number (draft), ==, "draft");
  g_assert_cmpstr (till_receipt_get_number (receipt), !=, "draft");
  g_assert_cmpuint (json_array_get_length (discounts), ==, off > 0 ? 1 : 0);
  g_assert_cmpuint (till_receipt_get_n_discounts (receipt), ==, off > 0 ? 1 : 0);
  if (off == 0)
    return;
  JsonObject *discount = json_array_get_object_element (discounts, 0);
  g_assert_cmpstr (json_object_get_string_member (discount, "kind"), ==, "smile");
  g_assert_cmpint (json_object_get_int_member (discount, "amount"), ==, off);
  g_assert_cmpint (till_receipt_get_discount (receipt, 0)->amount.minor, ==, off);
}

static void
test_no_discount (MoneyFixture *self, gconstpointer unused)
{
  open_sale (self);
  assert_price (self, TILL_SMILE_WHOLE, PRICE);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  money_fixture_smile (self, 0.9, FALSE);
  g_assert_cmpuint (till_checkout_get_smile (self->checkout), ==, 0);
  g_assert_true (till_checkout_cancel (self->checkout, NULL));
  pay_with_smile (self, 1, PRICE);
  assert_written (self, PRICE, 0);
}

/* The price falls as the smile grows, never rises again, and the best of the smile is charged. */
static void
test_falls (MoneyFixture *self, gconstpointer unused)
{
  set_discount (self, 1000);
  open_sale (self);
  assert_amount (self, PRICE);
  assert_price (self, 0, PRICE);
  assert_price (self, 500, PRICE - 65);
  assert_price (self, TILL_SMILE_WHOLE, PRICE - 130);
  assert_price (self, 5 * TILL_SMILE_WHOLE, PRICE - 130);

  money_fixture_identify (self, MONEY_DIGITS);
  g_autoptr (TillLedgerEntry) consent = money_fixture_newest (self, TILL_LEDGER_CONSENT);
  money_fixture_smile (self, 0.9, FALSE);
  assert_amount (self, PRICE);
  g_assert_cmpuint (till_checkout_get_smile (self->checkout), ==, 0);
  money_fixture_smile (self, 0.5, FALSE);
  g_assert_cmpuint (till_checkout_get_smile (self->checkout), ==, 500);
  money_fixture_smile (self, 0.3, FALSE);
  g_assert_cmpuint (till_checkout_get_smile (self->checkout), ==, 500);
  assert_amount (self, PRICE);
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_smile (self, 0.4, TRUE);
  assert_amount (self, PRICE - 65);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  assert_written (self, PRICE - 65, 65);
  g_assert_cmpint (json_object_get_int_member (consent->body, "max_minor"), ==, PRICE);
}

/* A whole smile takes off the most and no more, whatever the meter says. */
static void
test_most (MoneyFixture *self, gconstpointer unused)
{
  set_discount (self, 1000);
  open_sale (self);
  pay_with_smile (self, 7.5, PRICE - 130);
  assert_written (self, PRICE - 130, 130);
}

static void
test_odd_levels (MoneyFixture *self, gconstpointer unused)
{
  set_discount (self, 1000);
  open_sale (self);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  money_fixture_smile (self, (double) NAN, FALSE);
  money_fixture_smile (self, -3, FALSE);
  g_assert_cmpuint (till_checkout_get_smile (self->checkout), ==, 0);
  money_fixture_smile (self, 7.5, FALSE);
  g_assert_cmpuint (till_checkout_get_smile (self->checkout), ==, TILL_SMILE_WHOLE);
}

/* Rules of the basket that are not the policy's take nothing off. */
static void
test_not_the_shops (MoneyFixture *self, gconstpointer unused)
{
  till_basket_set_rules (self->basket, &(TillDiscountRules){ .smile_most_rate = 1000 });
  open_sale (self);
  assert_price (self, TILL_SMILE_WHOLE, PRICE);
  pay_with_smile (self, 1, PRICE);
  assert_written (self, PRICE, 0);
}

/* What is rung up in the middle of it is paid for, too. */
static void
test_one_more (MoneyFixture *self, gconstpointer unused)
{
  open_sale (self);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  money_fixture_ring_up (self);
  g_assert_cmpint (till_checkout_get_state (self->checkout), ==, TILL_CHECKOUT_WAYS);
  pay_with_smile (self, 1, PRICE + PRICE / PIECES);
  assert_written (self, PRICE + PRICE / PIECES, 0);
}

/* Another basket is another price, though it was changed as often. */
static void
test_another_basket (MoneyFixture *self, gconstpointer unused)
{
  g_autoptr (TillBasket) basket = till_basket_new (self->catalogue);
  g_autoptr (TillArticle) article = g_list_model_get_item (till_catalogue_get_articles (self->catalogue), 1);

  money_fixture_open (self);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  g_assert_true (till_checkout_cancel (self->checkout, NULL));
  g_assert_true (till_checkout_cancel (self->checkout, NULL));
  g_assert_true (till_basket_add (basket, article, 1, NULL));
  g_assert_cmpuint (till_basket_get_revision (basket), ==, till_basket_get_revision (self->basket));
  g_assert_true (till_checkout_open (self->checkout, basket, NULL));
  pay_with_smile (self, 1, till_basket_get_total (basket)->minor);
  g_assert_cmpint (till_checkout_get_amount (self->checkout)->minor, !=,
                   till_basket_get_total (self->basket)->minor);
}

/* Nobody who tries again is charged by the smile of the last time, and the counter asks for no smile. */
static void
test_smile_is_forgotten (MoneyFixture *self, gconstpointer unused)
{
  set_discount (self, 1000);
  open_sale (self);
  fake_provider_script_charge (self->provider, TILL_CHARGE_DECLINED, "card_declined", TRUE);
  money_fixture_pay (self);
  assert_amount (self, PRICE - 130);
  money_fixture_wait (self, TILL_CHECKOUT_DECLINED);
  assert_amount (self, PRICE);
  g_assert_cmpuint (till_checkout_get_smile (self->checkout), ==, 0);
  g_assert_true (till_checkout_dismiss (self->checkout, NULL));

  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  money_fixture_smile (self, 0.8, FALSE);
  g_assert_cmpuint (till_checkout_get_smile (self->checkout), ==, 800);
  g_assert_true (till_checkout_cancel (self->checkout, NULL));
  g_assert_cmpuint (till_checkout_get_smile (self->checkout), ==, 0);

  g_assert_true (till_checkout_choose_counter (self->checkout, TILL_TENDER_CASH, NULL));
  g_assert_true (till_checkout_take_tender (self->checkout, NULL, NULL));
  money_fixture_wait (self, TILL_CHECKOUT_PAID);
  g_assert_cmpint (till_receipt_get_total (till_checkout_get_receipt (self->checkout))->minor, ==,
                   PRICE - 130);
  assert_amount (self, PRICE - 130);
}

/* The equal offer */

static void
assert_counter_price (MoneyFixture *self, gint64 minor)
{
  TillMoney price;

  g_assert_true (till_checkout_get_counter_price (self->checkout, &price));
  g_assert_cmpint (price.minor, ==, minor);
}

static void
assert_equal_offer (const TillReceipt *receipt, const TillLedgerEntry *tender, gint64 off)
{
  g_assert_cmpint (till_receipt_get_total (receipt)->minor, ==, PRICE - off);
  g_assert_cmpint (json_object_get_int_member (tender->body, "amount"), ==, PRICE - off);
  g_assert_cmpuint (till_receipt_get_n_discounts (receipt), ==, off > 0 ? 1 : 0);
  if (off == 0)
    return;
  g_assert_cmpint (till_receipt_get_discount (receipt, 0)->kind, ==, TILL_DISCOUNT_EQUAL);
  g_assert_cmpint (till_receipt_get_discount (receipt, 0)->amount.minor, ==, off);
}

/* In cash or by card: @tender, with @given handed over. */
static void
pay_at_counter (MoneyFixture *self, const char *tender, gint64 given, gint64 off)
{
  TillMoney money = { .minor = given, .currency = "EUR" };
  g_autoptr (GError) error = NULL;

  open_sale (self);
  assert_amount (self, PRICE);
  assert_counter_price (self, PRICE - off);
  g_assert_true (till_checkout_choose_counter (self->checkout, tender, NULL));
  assert_amount (self, PRICE - off);
  /* What is asked for does not change under the cashier's hands. */
  till_checkout_set_policy (self->checkout, &(TillCheckoutPolicy){ .smile_discount = 0 });
  assert_amount (self, PRICE - off);
  till_checkout_take_tender (self->checkout, &money, &error);
  g_assert_no_error (error);
  money_fixture_wait (self, TILL_CHECKOUT_PAID);

  g_autoptr (TillLedgerEntry) row = money_fixture_newest (self, TILL_LEDGER_TENDER);
  assert_equal_offer (till_checkout_get_receipt (self->checkout), row, off);
  g_assert_true (till_checkout_dismiss (self->checkout, NULL));
}

static void
test_equal_offer (MoneyFixture *self, gconstpointer unused)
{
  set_discount (self, 1000);
  pay_at_counter (self, TILL_TENDER_CASH, PRICE, 130);
  set_discount (self, 1000);
  pay_at_counter (self, TILL_TENDER_CARD, PRICE - 130, 130);
}

/* The shop that takes nothing off for a smile takes nothing off without one, whatever the basket says. */
static void
test_both_off (MoneyFixture *self, gconstpointer unused)
{
  set_discount (self, 0);
  pay_at_counter (self, TILL_TENDER_CARD, PRICE, 0);
  till_basket_set_rules (self->basket, &(TillDiscountRules){ .smile_most_rate = 1000 });
  pay_at_counter (self, TILL_TENDER_CARD, PRICE, 0);
}

/* A card pays what is asked for, and cash no less. */
static void
test_equal_offer_is_exact (MoneyFixture *self, gconstpointer unused)
{
  const TillMoney too_much = { .minor = PRICE, .currency = "EUR" };
  const TillMoney too_little = { .minor = PRICE - 131, .currency = "EUR" };
  g_autoptr (GError) error = NULL;

  set_discount (self, 1000);
  open_sale (self);
  g_assert_true (till_checkout_choose_counter (self->checkout, TILL_TENDER_CARD, NULL));
  g_assert_false (till_checkout_take_tender (self->checkout, &too_much, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (till_checkout_choose_counter (self->checkout, TILL_TENDER_CASH, NULL));
  g_assert_false (till_checkout_take_tender (self->checkout, &too_little, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
}

/* A rule that changes while the customer smiles voids what they agreed to. */
static void
test_rule_changes (MoneyFixture *self, gconstpointer unused)
{
  set_discount (self, 1000);
  open_sale (self);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  set_discount (self, 500);
  money_fixture_smile (self, 1, TRUE);
  g_assert_cmpint (till_checkout_get_state (self->checkout), !=, TILL_CHECKOUT_CHARGING);
  g_assert_cmpuint (fake_provider_count_charges (self->provider), ==, 0);
}

/* Whatever the price has come to: above what the customer agreed to nothing is charged. */
static void
test_never_above_consent (MoneyFixture *self, gconstpointer unused)
{
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  open_sale (self);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  self->checkout->consent_most.minor = PRICE - 1;
  money_fixture_see (self, TILL_SMILE_MADE);
  g_assert_cmpint (till_checkout_get_state (self->checkout), ==, TILL_CHECKOUT_SMILE);
  self->checkout->consent_most = (TillMoney){ .minor = PRICE, .currency = "USD" };
  money_fixture_see (self, TILL_SMILE_MADE);
  g_assert_cmpint (till_checkout_get_state (self->checkout), ==, TILL_CHECKOUT_SMILE);
  self->checkout->consent_most = (TillMoney){ .minor = PRICE, .currency = "EUR" };
  money_fixture_see (self, TILL_SMILE_MADE);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
}

/* A smile can't be worth more than all but the smallest coin: nothing can't be charged. */
static void
test_all_but_nothing (MoneyFixture *self, gconstpointer unused)
{
  set_discount (self, 10000);
  open_sale (self);
  assert_price (self, TILL_SMILE_WHOLE, 1);
  pay_with_smile (self, 1, 1);
  assert_written (self, 1, PRICE - 1);
}

/* What discounts have brought down to nothing is not paid by face, and taken at the counter all the same. */
static void
test_free (MoneyFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  money_fixture_ring_up (self);
  till_basket_discount (self->basket, 10000, NULL, &error);
  g_assert_no_error (error);
  money_fixture_open (self);
  assert_amount (self, 0);
  g_assert_cmpstr (till_checkout_get_face_refusal (self->checkout), ==, "nothing-to-pay");
  g_assert_false (till_checkout_choose_face (self->checkout, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_true (till_checkout_choose_counter (self->checkout, TILL_TENDER_CASH, NULL));
  g_assert_true (till_checkout_take_tender (self->checkout, NULL, NULL));
  money_fixture_wait (self, TILL_CHECKOUT_PAID);
  g_assert_cmpint (till_receipt_get_total (till_checkout_get_receipt (self->checkout))->minor, ==, 0);
}

/* The gift is drawn when the sale opens, before anybody is told a price, and once. */
static void
test_gift (MoneyFixture *self, gconstpointer unused)
{
  const TillMoney euro = { .minor = 100, .currency = "EUR" };

  till_basket_set_rules (
      self->basket, &(TillDiscountRules){ .gift_amount = euro, .gift_budget_left = euro, .gift_one_in = 1 });
  open_sale (self);
  assert_amount (self, PRICE - 100);
  g_assert_true (till_checkout_cancel (self->checkout, NULL));
  g_assert_true (till_checkout_open (self->checkout, self->basket, NULL));
  assert_amount (self, PRICE - 100);
  pay_with_smile (self, 1, PRICE - 100);
}

/* In doubt it is the lowered price that may have been taken. */
static void
test_doubt (MoneyFixture *self, gconstpointer unused)
{
  set_discount (self, 1000);
  fake_provider_script_charge (self->provider, TILL_CHARGE_UNKNOWN, "timed-out", TRUE);
  open_sale (self);
  money_fixture_pay (self);
  money_fixture_wait (self, TILL_CHECKOUT_DOUBT);
  assert_amount (self, PRICE - 130);
  fake_provider_script_query (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_ask (self);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  assert_written (self, PRICE - 130, 130);
}

#define ADD(path, function)                                                                                  \
  g_test_add ("/checkout/price/" path, MoneyFixture, NULL, money_fixture_set_up, function,                   \
              money_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("no-discount", test_no_discount);
  ADD ("falls", test_falls);
  ADD ("most", test_most);
  ADD ("odd-levels", test_odd_levels);
  ADD ("not-the-shops", test_not_the_shops);
  ADD ("one-more", test_one_more);
  ADD ("another-basket", test_another_basket);
  ADD ("forgotten", test_smile_is_forgotten);
  ADD ("equal-offer", test_equal_offer);
  ADD ("equal-offer-is-exact", test_equal_offer_is_exact);
  ADD ("both-off", test_both_off);
  ADD ("rule-changes", test_rule_changes);
  ADD ("never-above-consent", test_never_above_consent);
  ADD ("all-but-nothing", test_all_but_nothing);
  ADD ("free", test_free);
  ADD ("gift", test_gift);
  ADD ("doubt", test_doubt);
  return g_test_run ();
}
