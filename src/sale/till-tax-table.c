/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-tax-table.h"

#include "base/till-error.h"
#include "base/till-name.h"

struct _TillTaxTable
{
  gboolean inclusive;
  guint n;
  TillTaxClass classes[];
};

G_DEFINE_BOXED_TYPE (TillTaxTable, till_tax_table, till_tax_table_ref, till_tax_table_unref)

static gboolean
till_tax_table_check_class (const TillTaxTable *self, const TillTaxClass *tax_class, GError **error)
{
  if (!till_name_check ("A tax class’s id", tax_class->id, error))
    return FALSE;

  g_autofree char *what = g_strdup_printf ("The name of tax class “%s”", tax_class->id);
  if (!till_name_check (what, tax_class->name, error))
    return FALSE;
  if (tax_class->rate < 0 || tax_class->rate > TILL_RATE_WHOLE)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "The rate of tax class “%s” must be 0 to %d hundredths of a per cent, not %d",
                   tax_class->id, TILL_RATE_WHOLE, tax_class->rate);
      return FALSE;
    }
  if (till_tax_table_find (self, tax_class->id) != NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "There are two tax classes “%s”", tax_class->id);
      return FALSE;
    }
  return TRUE;
}

TillTaxTable *
till_tax_table_new (gboolean inclusive, const TillTaxClass *classes, guint n, GError **error)
{
  g_autoptr (TillTaxTable) self
      = g_atomic_rc_box_alloc0 (sizeof (TillTaxTable) + (gsize) n * sizeof (TillTaxClass));

  self->inclusive = inclusive;
  for (guint i = 0; i < n; i++)
    {
      if (!till_tax_table_check_class (self, &classes[i], error))
        return NULL;
      self->classes[i] = (TillTaxClass){
        .id = g_strdup (classes[i].id),
        .name = g_strdup (classes[i].name),
        .rate = classes[i].rate,
      };
      self->n = i + 1;
    }
  return g_steal_pointer (&self);
}

TillTaxTable *
till_tax_table_ref (TillTaxTable *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_tax_table_clear (gpointer data)
{
  TillTaxTable *self = data;

  for (guint i = 0; i < self->n; i++)
    {
      g_free ((char *) self->classes[i].id);
      g_free ((char *) self->classes[i].name);
    }
}

void
till_tax_table_unref (TillTaxTable *self)
{
  g_atomic_rc_box_release_full (self, till_tax_table_clear);
}

gboolean
till_tax_table_is_inclusive (const TillTaxTable *self)
{
  return self->inclusive;
}

guint
till_tax_table_get_n (const TillTaxTable *self)
{
  return self->n;
}

const TillTaxClass *
till_tax_table_get (const TillTaxTable *self, guint index)
{
  g_return_val_if_fail (index < self->n, NULL);

  return &self->classes[index];
}

const TillTaxClass *
till_tax_table_find (const TillTaxTable *self, const char *id)
{
  for (guint i = 0; i < self->n; i++)
    if (g_str_equal (self->classes[i].id, id))
      return &self->classes[i];
  return NULL;
}
