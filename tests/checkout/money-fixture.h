/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"
#include "fake-provider.h"

G_BEGIN_DECLS

/* What the two customers type who are enrolled: Grace, whom every sighting shows, and Ada. */
#define MONEY_DIGITS       "1234"
#define MONEY_OTHER_DIGITS "5678"
/* Twins, each of whom a manager confirmed to be another than the other; the first has a PIN. */
#define MONEY_TWIN_DIGITS   "2468"
#define MONEY_TWIN_PIN      "97531"
#define MONEY_NO_PIN_DIGITS "1357"

/**
 * A till on real rooms, but for two: the provider is a fake, and the recognizer mostly has no networks, so that every
 * sighting is one the test made up.
 */
typedef struct
{
  gboolean sees; /* the recognizer has its networks */
  char *dir;
  TillClock *clock;
  TillStore *store;
  TillVault *vault;
  TillLedger *ledger;
  TillCustomers *customers;
  TillPassBook *passes;
  TillLockout *lockout;
  TillRecognizer *recognizer;
  TillMailbox *mailbox;
  TillCatalogue *catalogue;
  TillBasket *basket;
  FakeProvider *provider;
  TillPayment *payment;
  TillCheckoutRooms rooms; /* all of the above, borrowed */
  TillCheckout *checkout;
  char *customer;    /* id of who has MONEY_DIGITS */
  char *twin;        /* … MONEY_TWIN_DIGITS */
  char *no_pin_twin; /* … MONEY_NO_PIN_DIGITS */
  char *namesake;    /* … MONEY_DIGITS too */
  GString *states;
  guint n_states;
  GPtrArray *troubles; /* of GError */
} MoneyFixture;

void money_fixture_set_up (MoneyFixture *self, gconstpointer unused);
/* The same with a clock of this #GType in place of the system's. */
void money_fixture_set_up_with_clock (MoneyFixture *self, gconstpointer clock);
/* The same with a recognizer that looks at what the camera shows. */
void money_fixture_set_up_with_eyes (MoneyFixture *self, gconstpointer unused);
/* Enrols the first of the twins alone: nobody looks like her. */
void money_fixture_enrol_pin_holder (MoneyFixture *self);
/* Enrols the twins, which takes a while. */
void money_fixture_enrol_twins (MoneyFixture *self);
/* Enrols somebody who has the digits of the customer. */
void money_fixture_enrol_namesake (MoneyFixture *self);
void money_fixture_tear_down (MoneyFixture *self, gconstpointer unused);

/* Rings up one of the first article and opens the sale. */
void money_fixture_open (MoneyFixture *self);
void money_fixture_ring_up (MoneyFixture *self);
/* The customer agrees and types @digits; candidates are there when it returns. The sale is open. */
void money_fixture_identify (MoneyFixture *self, const char *digits);
/* Makes everybody enrolled a candidate, whatever was typed: the till must not rely on its being asked for few. */
void money_fixture_widen_candidates (MoneyFixture *self);
/* A sighting of the customer with everything in favour, and this much of a smile. */
void money_fixture_see (MoneyFixture *self, TillSmileState smile);
/* A sighting of a living face whose identity is this; @customer: (nullable) id; @smiles: made. */
void money_fixture_sight (MoneyFixture *self, TillEvidence identity, const char *customer, guint smiles);
/* A sighting of the customer with everything in favour and so much of a smile, made or not. */
void money_fixture_smile (MoneyFixture *self, double level, gboolean made);
/* A whole face payment of the open sale, up to the charge. */
void money_fixture_pay (MoneyFixture *self);

/* Run the main loop until it is so; the test fails after a minute. */
void money_fixture_wait (MoneyFixture *self, TillCheckoutState state);
void money_fixture_wait_states (MoneyFixture *self, guint at_least);
void money_fixture_wait_candidates (MoneyFixture *self);
void money_fixture_wait_rows (MoneyFixture *self, const char *kind, guint at_least);
void money_fixture_wait_troubles (MoneyFixture *self, guint at_least);
void money_fixture_wait_held (MoneyFixture *self, guint charges, guint queries);
void money_fixture_wait_refunds (MoneyFixture *self, guint held);
/* Until what limits need was read, or could not be. */
void money_fixture_wait_spent (MoneyFixture *self);
/* Asks again and waits until the question is over with. The provider has an answer. */
void money_fixture_ask (MoneyFixture *self);

/* How many ledger rows of @kind there are; @status: (nullable) of those alone. */
guint money_fixture_count (MoneyFixture *self, const char *kind, const char *status);
/* The newest row of @kind (transfer full); the test fails if there is none. */
TillLedgerEntry *money_fixture_newest (MoneyFixture *self, const char *kind);

/* Whether the customer's last visit was today, by the till's clock. */
gboolean money_fixture_was_here_today (MoneyFixture *self, const char *customer);

/* Runs an SQL script on the till's database. */
void money_fixture_run (MoneyFixture *self, const char *script);
/* From here on, or no longer, the disk refuses rows of @kind. */
void money_fixture_break_ledger (MoneyFixture *self, const char *kind);
void money_fixture_mend_ledger (MoneyFixture *self);

G_END_DECLS
