/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TillCustomerVisit: when somebody was last here.
 */
typedef struct
{
  char *id;   /* of the customer */
  gint64 day; /* days since 1970-01-01, UTC */
} TillCustomerVisit;

#define TILL_TYPE_CUSTOMER_VISIT (till_customer_visit_get_type ())
GType till_customer_visit_get_type (void);

TillCustomerVisit *till_customer_visit_new (const char *id, gint64 day) G_GNUC_WARN_UNUSED_RESULT;
TillCustomerVisit *till_customer_visit_copy (const TillCustomerVisit *self);
void till_customer_visit_free (TillCustomerVisit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCustomerVisit, till_customer_visit_free)

G_END_DECLS
