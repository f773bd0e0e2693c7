/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers-fixture.h"

G_BEGIN_DECLS

/* Looking for what should not be in the files. */

/* The bytes of the one row and column that @sql selects (transfer full). */
GBytes *customers_traces_read (CustomersFixture *self, const char *sql);
gint64 customers_traces_count (CustomersFixture *self, const char *sql);

/* Whether any run of 24 bytes of @bytes, of those that begin at every 24th, is in any file of the folder. */
gboolean customers_traces_any (CustomersFixture *self, GBytes *bytes);

/* Puts the record of @customer in the place of what is there, sealed as before records had keys of their own. */
void customers_traces_seal_as_formerly (CustomersFixture *self, const TillCustomer *customer);

G_END_DECLS
