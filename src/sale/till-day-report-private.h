/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-day-report.h"

G_BEGIN_DECLS

#define TILL_DAY_TENDERS 3

struct _TillDayReport
{
  char *shop;
  guint number;
  gint64 at_us;
  gint64 first_seq;
  gint64 last_seq;
  gint64 since_us;
  TillDayTender takings;
  TillDayTender tenders[TILL_DAY_TENDERS];
  GArray *taxes; /* (element-type TillDayTax), their strings owned */
  TillMoney untaxed;
  TillDayCount discounts[TILL_N_DISCOUNT_KINDS];
  TillDayCount voids;
  TillDayCount disputes;
  TillDayCount declined;
  TillDayCount unresolved;
  TillDayCount unresolved_refunds;
  TillDayDrawer drawer;
  TillDayCount hours[TILL_DAY_HOURS];
};

/* All zero (transfer full); %TILL_ERROR_CURRENCY or, for the name, %TILL_ERROR_INVALID. */
TillDayReport *
till_day_report_alloc (const char *shop, const char *currency, guint number, gint64 at_us, GError **error);

/* The way to pay, NULL for an unknown one; the tax class, made if it is new. Both are the report's. */
TillDayTender *till_day_report_find_tender (TillDayReport *self, const char *tender);
TillDayTax *till_day_report_find_tax (TillDayReport *self, const char *id, const char *name, int rate);

/* One more of @amount; FALSE with %TILL_ERROR_OVERFLOW. */
gboolean till_day_count_add (TillDayCount *count, const TillMoney *amount, GError **error);

/* Fills in what follows from the rest: net takings, what is untaxed, what should be in the drawer. */
gboolean till_day_report_sum_up (TillDayReport *self, GError **error);

G_END_DECLS
