/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customer-visit.h"

G_DEFINE_BOXED_TYPE (TillCustomerVisit,
                     till_customer_visit,
                     till_customer_visit_copy,
                     till_customer_visit_free)

TillCustomerVisit *
till_customer_visit_new (const char *id, gint64 day)
{
  TillCustomerVisit *self = g_new0 (TillCustomerVisit, 1);

  self->id = g_strdup (id);
  self->day = day;
  return self;
}

TillCustomerVisit *
till_customer_visit_copy (const TillCustomerVisit *self)
{
  return till_customer_visit_new (self->id, self->day);
}

void
till_customer_visit_free (TillCustomerVisit *self)
{
  g_free (self->id);
  g_free (self);
}
