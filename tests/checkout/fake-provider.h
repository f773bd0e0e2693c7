/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-provider.h"

G_BEGIN_DECLS

#define FAKE_TYPE_PROVIDER (fake_provider_get_type ())
G_DECLARE_FINAL_TYPE (FakeProvider, fake_provider, FAKE, PROVIDER, GObject)

/**
 * FakeProvider: answers as the test says. Each charge, query and refund takes the oldest answer scripted for its kind;
 * where there is none it is held until the test releases it, the oldest first. Asking about a refund is one more refund.
 */
FakeProvider *fake_provider_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @code: (nullable); @sent as in #TillChargeResult. */
void
fake_provider_script_charge (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent);
void
fake_provider_script_query (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent);

void
fake_provider_script_refund (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent);

void
fake_provider_release_charge (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent);
void
fake_provider_release_query (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent);
void
fake_provider_release_refund (FakeProvider *self, TillChargeStatus status, const char *code, gboolean sent);

/* Answers whatever is held with UNKNOWN. */
void fake_provider_release_all (FakeProvider *self);

/* How many came in so far, and how many of them wait for their release. */
guint fake_provider_count_charges (FakeProvider *self);
guint fake_provider_count_queries (FakeProvider *self);
guint fake_provider_count_refunds (FakeProvider *self);
guint fake_provider_count_held_charges (FakeProvider *self);
guint fake_provider_count_held_queries (FakeProvider *self);
guint fake_provider_count_held_refunds (FakeProvider *self);
/* How many idempotency keys the charges had between them. */
guint fake_provider_count_keys (FakeProvider *self);

G_END_DECLS
