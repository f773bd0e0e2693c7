/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customers.h"

G_BEGIN_DECLS

/* @n unit vectors in random directions, one after the other (transfer full). */
float *customers_random_templates (guint n);

/* A unit vector at cosine @cosine to @from (transfer full). */
float *customers_template_near (const float *from, double cosine);

/* With @n random templates, consent "consent_ID" and payer "cus_ID" (transfer full). */
TillCustomer *customers_somebody (const char *id, const char *name, const char *suffix, guint n);

/* TRUE if all that is known of both is the same, bit for bit. */
gboolean customers_equal (const TillCustomer *a, const TillCustomer *b);

/* Customers, vault and ledger in a folder of their own; to be run under with-keyring. */
typedef struct
{
  char *folder;
  char *profile;   /* whose keyring's entries the vault uses */
  gboolean locked; /* leave the vault closed, from the next opening on */
  TillStore *store;
  TillVault *vault;
  GError *vault_trouble; /* why it could not be opened */
  TillLedger *ledger;
  TillCustomers *customers;
  guint changes; /* times "changed" came */
} CustomersFixture;

void customers_fixture_set_up (CustomersFixture *self, gconstpointer data);
void customers_fixture_tear_down (CustomersFixture *self, gconstpointer data);
void customers_fixture_close (CustomersFixture *self);
void customers_fixture_open (CustomersFixture *self);
void customers_fixture_open_reading (CustomersFixture *self);

/* Calls that wait for their end. */
gboolean customers_fixture_add (CustomersFixture *self, TillCustomer *customer, GError **error);
gboolean customers_fixture_add_with (CustomersFixture *self,
                                     TillCustomer *customer,
                                     JsonObject *consent,
                                     GCancellable *cancellable,
                                     GError **error);
gboolean customers_fixture_add_confirmed (CustomersFixture *self, TillCustomer *customer, GError **error);
char *
customers_fixture_hash_pin (CustomersFixture *self, const char *suffix, const char *pin, GError **error);
TillGallery *
customers_fixture_find_by_pin (CustomersFixture *self, const char *suffix, const char *pin, GError **error);
GPtrArray *customers_fixture_list (CustomersFixture *self, GError **error);
TillGallery *customers_fixture_find (CustomersFixture *self, const char *suffix, GError **error);
TillLedgerEntry *
customers_fixture_erase (CustomersFixture *self, const char *id, JsonObject *extra, GError **error);
gboolean customers_fixture_visit (CustomersFixture *self, const char *id, GError **error);
gboolean
customers_fixture_set_face_locked (CustomersFixture *self, const char *id, gboolean locked, GError **error);
void customers_fixture_append (CustomersFixture *self, TillLedgerEntry *entry, GError **error);
TillCustomer *customers_fixture_get (CustomersFixture *self, const char *id, GError **error);
GPtrArray *customers_fixture_list_expired (CustomersFixture *self, gint64 before_day);

/* A consent @id of @customer (nullable), signed; a payment's is of 12.50 EUR (transfer full). */
JsonObject *customers_fixture_consent (CustomersFixture *self,
                                       TillConsentPurpose purpose,
                                       const char *id,
                                       const char *customer);

/* Rows of @kind (nullable), oldest first. */
GPtrArray *customers_fixture_ledger (CustomersFixture *self, const char *kind);

/* Kinds of the ledger's rows in order, as "consent enrolment" (transfer full). */
char *customers_fixture_ledger_kinds (CustomersFixture *self);

/* Runs @sql on the customers' database. */
void customers_fixture_tamper (CustomersFixture *self, const char *sql);

/* Whether any file of the folder holds these bytes. */
gboolean customers_fixture_on_disk (CustomersFixture *self, gconstpointer bytes, gsize size);
/* Whether any file of the folder holds one of the runs of @run bytes that @bytes is made of. */
gboolean
customers_fixture_on_disk_in_runs (CustomersFixture *self, gconstpointer bytes, gsize size, gsize run);

G_END_DECLS
