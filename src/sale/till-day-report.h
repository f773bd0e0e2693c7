/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"
#include "sale/till-discount.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TILL_DAY_HOURS 24

/**
 * TillDayReport: the takings since the day was last closed: an X report while it goes on, a Z report when it is closed.
 * Immutable, reference-counted, any thread.
 *
 * Every sum follows the money: a sale counts in the period in which its payment was recorded, a refund in that in which
 * the money went back. An attempt of which the end is not known is counted apart and nowhere else.
 */
typedef struct _TillDayReport TillDayReport;

/* A number of things and what they come to. */
typedef struct
{
  guint n;
  TillMoney sum;
} TillDayCount;

typedef struct
{
  const char *tender; /* %TILL_TENDER_FACE, _CASH or _CARD */
  TillDayCount sold;
  TillDayCount refunded;
  TillMoney net; /* sold - refunded */
} TillDayTender;

/* What a tax class comes to after discounts, refunds taken off: it can be below zero. */
typedef struct
{
  const char *id;
  const char *name;
  int rate; /* hundredths of a per cent */
  TillMoney net;
  TillMoney tax;
  TillMoney gross;
} TillDayTax;

/* Cash in the drawer. */
typedef struct
{
  gboolean counted_yet; /* whether the last three are filled in */
  TillMoney opening;
  TillMoney paid_in;
  TillMoney paid_out;
  TillMoney sold;
  TillMoney refunded;
  TillMoney expected;          /* opening + paid in + sold - paid out - refunded */
  TillMoney counted;           /* as last counted */
  TillMoney expected_at_count; /* what was expected then */
  TillMoney difference;        /* counted - expected then: below zero if money is missing */
} TillDayDrawer;

#define TILL_TYPE_DAY_REPORT (till_day_report_get_type ())
GType till_day_report_get_type (void);

/**
 * @shop: see till_name_check(). @currency: the shop's. @number: of the Z report, counting from 1; 0 for an X report.
 * @at_us: now. @rows: (element-type TillLedgerEntry) all rows after the last day-close, oldest first; those up to the
 * last day-close among them are passed over.
 *
 * %TILL_ERROR_CURRENCY for money of another currency among them, %TILL_ERROR_CORRUPT naming a row that can't be
 * understood, %TILL_ERROR_OVERFLOW (transfer full).
 */
TillDayReport *till_day_report_new (const char *shop,
                                    const char *currency,
                                    guint number,
                                    gint64 at_us,
                                    GPtrArray *rows,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
TillDayReport *till_day_report_ref (TillDayReport *self);
void till_day_report_unref (TillDayReport *self);

/* All (transfer none); an index is below the number of its kind. */
const char *till_day_report_get_shop (const TillDayReport *self);
const char *till_day_report_get_currency (const TillDayReport *self);
guint till_day_report_get_number (const TillDayReport *self); /* 0: an X report */
gint64 till_day_report_get_at_us (const TillDayReport *self);
/* The first and the last row counted, and when the first was written; 0 without any. */
gint64 till_day_report_get_first_seq (const TillDayReport *self);
gint64 till_day_report_get_last_seq (const TillDayReport *self);
gint64 till_day_report_get_since_us (const TillDayReport *self);
/* All ways to pay together: sold, given back, and the difference. */
const TillDayTender *till_day_report_get_takings (const TillDayReport *self); /* its tender is "" */
/* Every way to pay, used or not. */
guint till_day_report_get_n_tenders (const TillDayReport *self);
const TillDayTender *till_day_report_get_tender (const TillDayReport *self, guint index);
guint till_day_report_get_n_taxes (const TillDayReport *self);
const TillDayTax *till_day_report_get_tax (const TillDayReport *self, guint index);
/* Takings, less refunds, of which no receipt says the tax: 0 on a good day. The tax classes' gross and this are the takings. */
const TillMoney *till_day_report_get_untaxed (const TillDayReport *self);
/* Taken off the sales of the period; refunds do not change it. */
const TillDayCount *till_day_report_get_discount (const TillDayReport *self, TillDiscountKind kind);
const TillDayCount *till_day_report_get_voids (const TillDayReport *self); /* among the refunds */
const TillDayCount *till_day_report_get_disputes (const TillDayReport *self);
const TillDayCount *till_day_report_get_declined (const TillDayReport *self);
/* Charges, and refunds, of which the end is not known. */
const TillDayCount *till_day_report_get_unresolved (const TillDayReport *self);
const TillDayCount *till_day_report_get_unresolved_refunds (const TillDayReport *self);
const TillDayDrawer *till_day_report_get_drawer (const TillDayReport *self);
/* Sold in the local hour @hour, 0..23. */
const TillDayCount *till_day_report_get_hour (const TillDayReport *self, guint hour);

/* For the body of a day-close row (transfer full), and back: %TILL_ERROR_INVALID names what does not add up. */
JsonObject *till_day_report_to_json (const TillDayReport *self);
TillDayReport *till_day_report_from_json (JsonObject *object, GError **error);

/* For a printer: lines of %TILL_RECEIPT_WIDTH columns, local time (transfer full). */
char *till_day_report_to_text (const TillDayReport *self);

/* The sums as CSV: a line each of "section", "name", "count", "amount", … (transfer full), see till-day-csv.h. */
char *till_day_report_to_csv (const TillDayReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillDayReport, till_day_report_unref)

G_END_DECLS
