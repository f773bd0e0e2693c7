/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-rate.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  const char *name; /* as on the receipt */
  int rate;         /* hundredths of a per cent, 0..%TILL_RATE_WHOLE: 2000 is 20 % */
} TillTaxClass;

/**
 * TillTaxTable: a shop's tax classes, and whether its prices hold the tax already. Immutable, reference-counted, any
 * thread.
 */
typedef struct _TillTaxTable TillTaxTable;

#define TILL_TYPE_TAX_TABLE (till_tax_table_get_type ())
GType till_tax_table_get_type (void);

/*
 * Copies @classes (transfer full). %TILL_ERROR_INVALID for a rate out of range, an id used twice, or a bad name.
 */
TillTaxTable *till_tax_table_new (gboolean inclusive, const TillTaxClass *classes, guint n, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
TillTaxTable *till_tax_table_ref (TillTaxTable *self);
void till_tax_table_unref (TillTaxTable *self);

/* TRUE when prices hold the tax, FALSE when it is added to them. */
gboolean till_tax_table_is_inclusive (const TillTaxTable *self);
guint till_tax_table_get_n (const TillTaxTable *self);
/* (transfer none); @index below till_tax_table_get_n(). */
const TillTaxClass *till_tax_table_get (const TillTaxTable *self, guint index);
/* (transfer none) (nullable) */
const TillTaxClass *till_tax_table_find (const TillTaxTable *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillTaxTable, till_tax_table_unref)

G_END_DECLS
