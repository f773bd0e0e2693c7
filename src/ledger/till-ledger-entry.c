/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/till-ledger-entry.h"

G_DEFINE_BOXED_TYPE (TillLedgerEntry, till_ledger_entry, till_ledger_entry_ref, till_ledger_entry_unref)

TillLedgerEntry *
till_ledger_entry_new (const char *kind, const char *sale, const char *attempt, JsonObject *body)
{
  TillLedgerEntry *self;

  g_return_val_if_fail (kind != NULL, NULL);

  self = g_atomic_rc_box_new0 (TillLedgerEntry);
  self->kind = g_strdup (kind);
  self->sale = g_strdup (sale);
  self->attempt = g_strdup (attempt);
  self->body = body != NULL ? body : json_object_new ();
  return self;
}

TillLedgerEntry *
till_ledger_entry_ref (TillLedgerEntry *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_ledger_entry_clear (gpointer data)
{
  TillLedgerEntry *self = data;

  g_free (self->kind);
  g_free (self->sale);
  g_free (self->attempt);
  json_object_unref (self->body);
  g_free (self->hash);
}

void
till_ledger_entry_unref (TillLedgerEntry *self)
{
  g_atomic_rc_box_release_full (self, till_ledger_entry_clear);
}

gboolean
till_ledger_kind_is_known (const char *kind)
{
  static const char *const kinds[] = {
    TILL_LEDGER_CONSENT,      TILL_LEDGER_ENROLMENT,     TILL_LEDGER_ERASURE,
    TILL_LEDGER_LOOK_ALIKE,   TILL_LEDGER_CHARGE_INTENT, TILL_LEDGER_CHARGE_END,
    TILL_LEDGER_CHARGE_DOUBT, TILL_LEDGER_TENDER,        TILL_LEDGER_RECEIPT,
    TILL_LEDGER_REFUND,       TILL_LEDGER_REFUND_INTENT, TILL_LEDGER_REFUND_END,
    TILL_LEDGER_REFUND_DOUBT, TILL_LEDGER_SETTLEMENT,    TILL_LEDGER_DISPUTE,
    TILL_LEDGER_FACE_LOCK,    TILL_LEDGER_DRAWER,        TILL_LEDGER_DAY_CLOSE,
    TILL_LEDGER_WORDING,      TILL_LEDGER_PASS_ISSUE,    TILL_LEDGER_PASS_REVOKE,
    TILL_LEDGER_TILL_KEY,     TILL_LEDGER_KEY_CHANGE,    TILL_LEDGER_RECOVERY,
    TILL_LEDGER_EXPORT,       TILL_LEDGER_PAYER_REMOVED, NULL,
  };

  return g_strv_contains (kinds, kind);
}
