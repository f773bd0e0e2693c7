/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-consent.h"
#include "customers/till-pass-book.h"

G_BEGIN_DECLS

/* Noon of the day all passes of the tests are issued on, and the last day they are good for. */
#define PASS_DAY     20780
#define PASS_EXPIRES (PASS_DAY + 365)
#define PASS_NOON_US ((PASS_DAY * (gint64) 24 + 12) * 3600 * G_USEC_PER_SEC)

/* Digits and payer of everybody here. */
#define PASS_SUFFIX "0417"
#define PASS_PAYER  "cus_QnHaZwXyPlMr57/pm_1MoBy5LkdIwHu7ixZhnattbh"

/* A shop with its book of passes in a folder of its own; to be run under with-keyring. */
typedef struct
{
  char *folder;
  char *profile;
  TillStore *store;
  TillVault *vault;
  TillLedger *ledger;
  TillPassBook *book;
  guint changes; /* times "changed" came */
} PassFixture;

void pass_fixture_set_up (PassFixture *self, gconstpointer data);
void pass_fixture_tear_down (PassFixture *self, gconstpointer data);

/* As when the till is started again; @locked: without the keys. */
void pass_fixture_close (PassFixture *self);
void pass_fixture_open (PassFixture *self, gboolean locked);

/* A pass of a random face with these days, not in the book yet (transfer full). */
TillFacePass *pass_fixture_make (gint64 issued_day, gint64 expires_day);
/* The same, good, in the book; its text in *@text (transfer full). */
TillFacePass *pass_fixture_issue (PassFixture *self, char **text);

/* Calls that wait for their end. */
gboolean pass_fixture_add (PassFixture *self, TillFacePass *pass, JsonObject *consent, GError **error);
TillFacePass *pass_fixture_check (PassFixture *self, const char *text, gint64 now_us, GError **error);
gboolean pass_fixture_confirm (PassFixture *self, TillFacePass *pass, gint64 now_us, GError **error);
TillLedgerEntry *pass_fixture_revoke (PassFixture *self, const char *pass, JsonObject *extra, GError **error);
GPtrArray *pass_fixture_list (PassFixture *self);
void pass_fixture_rotate (PassFixture *self, gboolean void_passes);

/* The consent to @pass (transfer full). */
JsonObject *pass_fixture_consent (PassFixture *self, const TillFacePass *pass);
/* Any consent, signed (transfer full). */
JsonObject *
pass_fixture_consent_to (PassFixture *self, TillConsentPurpose purpose, const char *customer, const char *id);

/* Kinds of the ledger's rows in order, as "wording consent pass-issue" (transfer full). */
char *pass_fixture_ledger_kinds (PassFixture *self);

/* Runs @sql on the database. */
void pass_fixture_tamper (PassFixture *self, const char *sql);

/* Whether any file of the folder holds these bytes. */
gboolean pass_fixture_on_disk (PassFixture *self, gconstpointer bytes, gsize size);

G_END_DECLS
