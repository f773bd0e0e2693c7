/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends "&NAME=VALUE", the value percent-encoded, to a form or query string. @name is written as it is. */
void till_stripe_form_add (GString *form, const char *name, const char *value);
void till_stripe_form_add_int (GString *form, const char *name, gint64 value);

/*
 * TRUE if @id is an id of that API: one of its objects' @prefix, such as "pi_", then letters, digits and
 * underscores. Such an id can be put into a path as it is. @id is nullable.
 */
gboolean till_stripe_is_id (const char *id, const char *prefix);

/* "cus_…" of "cus_…/pm_…" or "cus_…" (transfer full), NULL for anything else. @payer is nullable. */
char *till_stripe_payer_customer (const char *payer);

/* "pm_…" of "cus_…/pm_…" (transfer full), NULL for anything else. Old "card_…" methods are taken too. */
char *till_stripe_payer_method (const char *payer);

/* TRUE if @id can be charged: "pm_…" or "card_…". @id is nullable. */
gboolean till_stripe_is_method (const char *id);

G_END_DECLS
