/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-listing.h"

G_BEGIN_DECLS

/*
 * Keeps @listing, of payment intents, to what a query of the service's search language asks for: clauses joined by AND,
 * each FIELD:VALUE for amount, created, currency, customer, status and metadata['KEY'], with > < >= <= too for the
 * numbers, a "-" before a clause to turn it round. Refuses anything else with words for it.
 */
gboolean till_sandbox_search_narrow (TillSandboxCall *call, TillSandboxListing *listing, const char *query);

G_END_DECLS
