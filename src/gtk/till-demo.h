/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-sitting.h"

G_BEGIN_DECLS

/* Last digits of the demo customer's phone. */
#define TILL_DEMO_SUFFIX "1234"

/*
 * Enrols the demo's customer from the first part of the demo clip, by the code any customer is enrolled by, unless
 * the profile has customers already; then lets the checkout's camera play a later part, unless it has a source.
 * @sitting: (out) (nullable) (transfer full) set while it is under way, to show how it goes.
 */
void till_demo_prepare_async (TillShop *shop,
                              TillSitting **sitting,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean till_demo_prepare_finish (GAsyncResult *result, GError **error);

G_END_DECLS
