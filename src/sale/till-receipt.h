/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket.h"
#include "sale/till-discount.h"
#include "sale/till-pricing.h"
#include "sale/till-tax.h"
#include "sale/till-tender.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TillReceipt: what was sold, for how much, and how it was paid; or, of a refund, what was given back, all amounts being
 * what went back, tax and all, none below zero. Immutable, reference-counted, any thread.
 */
typedef struct _TillReceipt TillReceipt;

/* Columns of the text form: what a 58 or 80 mm receipt printer prints in one line. */
#define TILL_RECEIPT_WIDTH 42

typedef struct
{
  const char *article; /* id */
  const char *name;
  guint quantity;
  TillMoney price;       /* of one, as marked */
  TillMoney total;       /* price times quantity, before discounts; of a refund what is given back for it */
  TillMoney off;         /* of all discounts, what falls on this line */
  const char *tax_class; /* (nullable) id; receipts of before discounts do not say */
} TillReceiptLine;

#define TILL_TYPE_RECEIPT (till_receipt_get_type ())
GType till_receipt_get_type (void);

/**
 * @shop: see till_name_check().
 * @number: what the shop files it under, 1 to 64 visible ASCII characters.
 * @at_us: UTC microseconds.
 * @basket: copied; must not be empty.
 * @tender: copied; its amount must be the basket's total.
 *
 * %TILL_ERROR_INVALID or %TILL_ERROR_CURRENCY names what does not fit (transfer full).
 */
TillReceipt *till_receipt_new (const char *shop,
                               const char *number,
                               gint64 at_us,
                               TillBasket *basket,
                               const TillTender *tender,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same of a basket as it was priced: with @smile in it, if the customer made one. */
TillReceipt *till_receipt_new_priced (const char *shop,
                                      const char *number,
                                      gint64 at_us,
                                      const TillPricing *pricing,
                                      const TillTender *tender,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * What was worked out before the money moved, as it is after: @draft with another number and time and with the
 * provider's words, each (nullable) (transfer full). Errors as above.
 */
TillReceipt *till_receipt_new_final (const TillReceipt *draft,
                                     const char *number,
                                     gint64 at_us,
                                     const char *reference,
                                     const char *approval,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The number of what row @seq of the ledger says was paid (transfer full). */
char *till_receipt_make_number (gint64 seq) G_GNUC_WARN_UNUSED_RESULT;

TillReceipt *till_receipt_ref (TillReceipt *self);
void till_receipt_unref (TillReceipt *self);

/* All (transfer none); an index is below the number of its kind. */
const char *till_receipt_get_shop (const TillReceipt *self);
const char *till_receipt_get_number (const TillReceipt *self);
gint64 till_receipt_get_at_us (const TillReceipt *self);
guint till_receipt_get_n_lines (const TillReceipt *self);
const TillReceiptLine *till_receipt_get_line (const TillReceipt *self, guint index);
guint till_receipt_get_n_taxes (const TillReceipt *self);
const TillTaxSum *till_receipt_get_tax (const TillReceipt *self, guint index);
gboolean till_receipt_is_tax_inclusive (const TillReceipt *self);
const TillMoney *till_receipt_get_total (const TillReceipt *self);
const TillTender *till_receipt_get_tender (const TillReceipt *self);
/* The lines' totals, before discounts. */
TillMoney till_receipt_get_goods (const TillReceipt *self);
guint till_receipt_get_n_discounts (const TillReceipt *self);
const TillDiscount *till_receipt_get_discount (const TillReceipt *self, guint index);
/* What the customer paid for line @index, tax and all; the lines' together are the total. */
TillMoney till_receipt_get_line_paid (const TillReceipt *self, guint index);

/* Of a refund (till_receipt_new_refund()): number of the sale's receipt, why, and whether it undoes the whole sale. */
gboolean till_receipt_is_refund (const TillReceipt *self);
gboolean till_receipt_is_void (const TillReceipt *self);
const char *till_receipt_get_of (const TillReceipt *self);     /* (nullable) */
const char *till_receipt_get_reason (const TillReceipt *self); /* (nullable) */

/* For a printer or a page in a fixed-width face: lines of %TILL_RECEIPT_WIDTH columns, local time (transfer full). */
char *till_receipt_to_text (const TillReceipt *self);

/* The body of a ledger row of kind "receipt" (transfer full). */
JsonObject *till_receipt_to_json (const TillReceipt *self);

/* Reads that body back; %TILL_ERROR_INVALID names the member that is missing or does not add up (transfer full). */
TillReceipt *till_receipt_from_json (JsonObject *body, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillReceipt, till_receipt_unref)

G_END_DECLS
