/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer.h"

G_BEGIN_DECLS

/* What of a customer may change after they were enrolled. */
typedef struct
{
  const char *pin;      /* NULL for none */
  const char *guardian; /* NULL for none */
  gboolean look_alike;
  gboolean face_locked;
  gint64 last_visit_day;
} TillCustomerDetails;

/* As the functions of till_customer_with_pin() and the like, all in one copy (transfer full). */
TillCustomer *till_customer_with_details (const TillCustomer *self,
                                          const TillCustomerDetails *details,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
