/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

G_BEGIN_DECLS

/**
 * TillDiscountRules: what a shop takes off without being asked. All zero is nothing; an amount of which the currency is
 * "" counts as 0. A value: copy it freely.
 */
typedef struct
{
  TillMoney threshold_from;   /* goods worth this or more, after the cashier's discounts … */
  TillMoney threshold_off;    /* … cost this much less; 0: nothing */
  int smile_most_rate;        /* what a whole smile takes off, hundredths of a per cent, 0..10000 */
  TillMoney gift_budget_left; /* what the day has left to give */
  TillMoney gift_amount;      /* one gift; no more are drawn once the budget does not hold one */
  guint gift_one_in;          /* one basket in so many has it; 0: none */
} TillDiscountRules;

/*
 * TRUE if every amount is of @currency (or none) and not below zero, and the rate is in range; otherwise
 * %TILL_ERROR_CURRENCY or %TILL_ERROR_INVALID with the rule that is wrong.
 */
gboolean till_discount_rules_check (const TillDiscountRules *rules, const char *currency, GError **error);

gboolean till_discount_rules_equal (const TillDiscountRules *a, const TillDiscountRules *b);

G_END_DECLS
