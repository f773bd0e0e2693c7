/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger-entry.h"
#include "sale/till-receipt.h"

/* Rows of a ledger as the rooms above write them, numbered and timed, without a database. */
typedef struct
{
  GPtrArray *rows; /* (element-type TillLedgerEntry) */
  gint64 at_us;    /* of the next row; a minute more after each */
} SaleRows;

void sale_rows_init (SaleRows *self, gint64 at_us);
void sale_rows_clear (SaleRows *self);

/* Appends a row with the body written as JSON; gives it (transfer none). */
TillLedgerEntry *
sale_rows_add (SaleRows *self, const char *kind, const char *sale, const char *attempt, const char *body);

/* The same with @body (transfer full). */
TillLedgerEntry *sale_rows_add_object (
    SaleRows *self, const char *kind, const char *sale, const char *attempt, JsonObject *body);

/* A sale paid at the counter: its tender's row and its receipt's. */
void sale_rows_add_counter_sale (SaleRows *self, const char *sale, const TillReceipt *receipt);

/* A refund at the counter, as the shop writes it. */
void sale_rows_add_counter_refund (SaleRows *self, const char *sale, const TillReceipt *refund);

/* A charge that was approved, and its receipt. */
void
sale_rows_add_face_sale (SaleRows *self, const char *sale, const char *attempt, const TillReceipt *receipt);

/* A refund by the provider that was begun; its end is the caller's. */
void sale_rows_add_face_refund (
    SaleRows *self, const char *sale, const char *attempt, const char *of, const TillReceipt *refund);
