/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-call.h"
#include "sandbox/till-sandbox-cards.h"

G_BEGIN_DECLS

/* What the service answers for the id (transfer full, nullable). */
JsonObject *till_sandbox_payment_method_find (TillSandboxDatabase *database, const char *id);

/* The test card behind a payment method (transfer none, nullable). */
const TillSandboxCard *till_sandbox_payment_method_card (TillSandboxDatabase *database, const char *id);

gboolean
till_sandbox_payment_method_is_of (TillSandboxDatabase *database, const char *id, const char *customer);

/*
 * Attaches the payment method @id, named by the call's parameter @param, to @customer. One of the test ids, "pm_card_visa",
 * is copied first; @attached, if given, gets the id of what was attached (transfer full).
 */
gboolean till_sandbox_payment_method_attach (
    TillSandboxCall *call, const char *param, const char *id, const char *customer, char **attached);

/*
 * The payment method that an intent of @customer (nullable) may use under the id @id: @usable gets its id, that of a fresh
 * copy for one of the test ids (transfer full). Refuses one of another customer and one that was used up.
 */
gboolean
till_sandbox_payment_method_use (TillSandboxCall *call, const char *id, const char *customer, char **usable);

/* Used in a payment without belonging to a customer: it can't be used again. */
void till_sandbox_payment_method_spend (TillSandboxDatabase *database, const char *id);

/* The object "card" of a payment method or, within "payment_method_details", of a charge (transfer full). */
JsonObject *till_sandbox_payment_method_render_card (TillSandboxDatabase *database, const char *id);

JsonObject *till_sandbox_payment_methods_create (TillSandboxCall *call);
JsonObject *till_sandbox_payment_methods_retrieve (TillSandboxCall *call);
JsonObject *till_sandbox_payment_methods_list (TillSandboxCall *call);
JsonObject *till_sandbox_payment_methods_list_of_customer (TillSandboxCall *call);
JsonObject *till_sandbox_payment_methods_attach (TillSandboxCall *call);
JsonObject *till_sandbox_payment_methods_detach (TillSandboxCall *call);

G_END_DECLS
