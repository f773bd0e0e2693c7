/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-provider.h"
#include "vault/till-secret.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The API key that it accepts. */
#define TILL_TEST_SANDBOX_KEY "sk_test_OfThePaymentTests"

/**
 * TillTestSandbox: a real smiletill-sandbox in a folder of its own, ended with the test.
 */
typedef struct _TillTestSandbox TillTestSandbox;

TillTestSandbox *till_test_sandbox_start (void);
void till_test_sandbox_stop (TillTestSandbox *self);

/* kill -9; the folder stays. */
void till_test_sandbox_kill (TillTestSandbox *self);
/* Starts it again in the same folder and on the same port. */
void till_test_sandbox_restart (TillTestSandbox *self);

const char *till_test_sandbox_get_url (TillTestSandbox *self);
/* Path of the certificate to trust. */
const char *till_test_sandbox_get_certificate (TillTestSandbox *self);
GTlsDatabase *till_test_sandbox_get_trust (TillTestSandbox *self);
TillSecret *till_test_sandbox_get_key (TillTestSandbox *self);

/* A provider that trusts it (transfer full). */
TillProvider *till_test_sandbox_connect (TillTestSandbox *self);

/* Orders @kind for the next @count requests of @method below @path; @milliseconds for those that take time. */
void till_test_sandbox_order (TillTestSandbox *self,
                              const char *kind,
                              const char *method,
                              const char *path,
                              guint count,
                              guint milliseconds);
void till_test_sandbox_clear_orders (TillTestSandbox *self);

/* GETs an object, which must be there (transfer full). */
JsonObject *till_test_sandbox_get (TillTestSandbox *self, const char *path);

/* How many payments of @attempt the gateway has with @status; all of either where NULL. */
guint till_test_sandbox_count (TillTestSandbox *self, const char *attempt, const char *status);

G_END_DECLS
