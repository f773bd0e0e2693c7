/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-schema.h"

/*
 * What must never be wrong is held by the file itself: amounts within bounds, never more refunded than charged, at most
 * one charge of an intent that took or may take money.
 */
static const char *const steps[] = {
  "CREATE TABLE customers ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE,"
  "  created INTEGER NOT NULL,"
  "  name TEXT, email TEXT, phone TEXT, description TEXT,"
  "  default_payment_method TEXT,"
  "  metadata TEXT NOT NULL DEFAULT '{}',"
  "  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)));"

  "CREATE TABLE payment_methods ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE,"
  "  created INTEGER NOT NULL,"
  "  card TEXT NOT NULL,"
  "  type TEXT NOT NULL DEFAULT 'card',"
  "  customer TEXT REFERENCES customers (id),"
  "  exp_month INTEGER NOT NULL, exp_year INTEGER NOT NULL,"
  "  name TEXT, email TEXT, phone TEXT,"
  "  metadata TEXT NOT NULL DEFAULT '{}',"
  "  spent INTEGER NOT NULL DEFAULT 0 CHECK (spent IN (0, 1)));"
  "CREATE INDEX payment_methods_customer ON payment_methods (customer);"

  "CREATE TABLE payment_intents ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE,"
  "  created INTEGER NOT NULL,"
  "  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 99999999),"
  "  amount_received INTEGER NOT NULL CHECK (amount_received IN (0, amount)),"
  "  currency TEXT NOT NULL CHECK (length (currency) = 3),"
  "  status TEXT NOT NULL CHECK (status IN ('requires_payment_method', 'requires_confirmation', "
  "'requires_action',"
  "    'processing', 'succeeded', 'canceled')),"
  "  customer TEXT REFERENCES customers (id),"
  "  payment_method TEXT REFERENCES payment_methods (id),"
  "  client_secret TEXT NOT NULL,"
  "  capture_method TEXT NOT NULL, confirmation_method TEXT NOT NULL,"
  "  automatic INTEGER NOT NULL, redirects TEXT NOT NULL,"
  "  description TEXT, receipt_email TEXT, setup_future_usage TEXT,"
  "  statement_descriptor TEXT, statement_descriptor_suffix TEXT,"
  "  metadata TEXT NOT NULL DEFAULT '{}',"
  "  latest_charge TEXT, last_payment_error TEXT,"
  "  cancellation_reason TEXT, canceled_at INTEGER,"
  "  CHECK ((status = 'succeeded') = (amount_received = amount)));"
  "CREATE INDEX payment_intents_customer ON payment_intents (customer);"

  "CREATE TABLE charges ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE,"
  "  created INTEGER NOT NULL,"
  "  payment_intent TEXT NOT NULL REFERENCES payment_intents (id),"
  "  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 99999999),"
  "  amount_refunded INTEGER NOT NULL DEFAULT 0 CHECK (amount_refunded BETWEEN 0 AND amount),"
  "  currency TEXT NOT NULL,"
  "  status TEXT NOT NULL CHECK (status IN ('succeeded', 'pending', 'failed')),"
  "  customer TEXT, payment_method TEXT NOT NULL REFERENCES payment_methods (id),"
  "  failure_code TEXT, decline_code TEXT, failure_message TEXT,"
  "  description TEXT, receipt_email TEXT, statement_descriptor TEXT,"
  "  metadata TEXT NOT NULL DEFAULT '{}',"
  "  CHECK (amount_refunded = 0 OR status = 'succeeded'));"
  "CREATE UNIQUE INDEX charges_once ON charges (payment_intent) WHERE status IN ('succeeded', 'pending');"
  "CREATE INDEX charges_intent ON charges (payment_intent);"
  "CREATE INDEX charges_customer ON charges (customer);"

  "CREATE TABLE refunds ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE,"
  "  created INTEGER NOT NULL,"
  "  charge TEXT NOT NULL REFERENCES charges (id),"
  "  payment_intent TEXT NOT NULL REFERENCES payment_intents (id),"
  "  amount INTEGER NOT NULL CHECK (amount > 0),"
  "  currency TEXT NOT NULL,"
  "  reason TEXT,"
  "  metadata TEXT NOT NULL DEFAULT '{}');"
  "CREATE INDEX refunds_charge ON refunds (charge);"
  "CREATE INDEX refunds_intent ON refunds (payment_intent);"

  "CREATE TABLE idempotency ("
  "  key TEXT PRIMARY KEY NOT NULL,"
  "  created INTEGER NOT NULL," /* microseconds */
  "  path TEXT NOT NULL,"
  "  fingerprint TEXT NOT NULL,"
  "  request TEXT NOT NULL,"
  "  status INTEGER NOT NULL,"
  "  body TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX idempotency_created ON idempotency (created);",

  "ALTER TABLE refunds ADD COLUMN status TEXT NOT NULL DEFAULT 'succeeded'"
  "  CHECK (status IN ('succeeded', 'pending', 'failed'));",
};

const char *
till_sandbox_schema_step (guint version)
{
  return version < G_N_ELEMENTS (steps) ? steps[version] : NULL;
}

guint
till_sandbox_schema_version (void)
{
  return G_N_ELEMENTS (steps);
}
