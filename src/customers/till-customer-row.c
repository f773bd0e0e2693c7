/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customer-row.h"

void
till_customer_row_free (TillCustomerRow *self)
{
  g_free (self->id);
  g_free (self->bucket);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_free (self);
}
