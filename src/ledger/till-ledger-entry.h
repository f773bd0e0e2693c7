/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a row of the ledger says. Names are part of the format: never rename, only add. */
#define TILL_LEDGER_CONSENT   "consent"   /* a customer agreed: to enrolment, or to one payment */
#define TILL_LEDGER_ENROLMENT "enrolment" /* a customer was enrolled */
#define TILL_LEDGER_ERASURE   "erasure"   /* a customer was erased */
#define TILL_LEDGER_LOOK_ALIKE                                                                               \
  "look-alike" /* a manager confirmed that one who is enrolled looks like another */
#define TILL_LEDGER_CHARGE_INTENT "charge-intent" /* an attempt is about to be sent */
#define TILL_LEDGER_CHARGE_END    "charge-end"    /* the end of an attempt: approved or declined */
#define TILL_LEDGER_CHARGE_DOUBT  "charge-doubt"  /* asked, and still not known */
#define TILL_LEDGER_TENDER        "tender"        /* paid at the counter: cash or card */
#define TILL_LEDGER_RECEIPT       "receipt"       /* a sale is complete; holds its receipt */
#define TILL_LEDGER_REFUND        "refund"        /* given back at the counter: in cash or to a card */

#define TILL_LEDGER_REFUND_INTENT "refund-intent" /* a refund is about to be sent; its attempt is a new one */
#define TILL_LEDGER_REFUND_END    "refund-end"    /* the end of a refund: approved or declined */
#define TILL_LEDGER_REFUND_DOUBT  "refund-doubt"  /* asked about a refund, and still not known */
#define TILL_LEDGER_SETTLEMENT    "settlement"    /* a manager's word on an attempt nobody could tell about */
#define TILL_LEDGER_DISPUTE       "dispute"       /* a customer disowned a payment: what was known of it */
#define TILL_LEDGER_FACE_LOCK     "face-lock"     /* a customer's face was locked or unlocked */
#define TILL_LEDGER_DRAWER        "drawer"        /* money in the drawer: opening, paid in or out, counted */
#define TILL_LEDGER_DAY_CLOSE     "day-close"     /* a day is over; holds its report */

#define TILL_LEDGER_WORDING       "wording"       /* a text that consents name by its hash, in full */
#define TILL_LEDGER_PASS_ISSUE    "pass-issue"    /* a face pass was given to the one who carries it */
#define TILL_LEDGER_PASS_REVOKE   "pass-revoke"   /* a face pass counts no more */
#define TILL_LEDGER_TILL_KEY      "till-key"      /* a public key the till signs with from now on */
#define TILL_LEDGER_KEY_CHANGE    "key-change"    /* the keys were changed */
#define TILL_LEDGER_RECOVERY      "recovery"      /* a new phrase; or keys or books that were lost are back */
#define TILL_LEDGER_EXPORT        "export"        /* what is held on somebody was given out */
#define TILL_LEDGER_PAYER_REMOVED "payer-removed" /* the payment provider was told to forget somebody */

/* Whether @kind is one of the above. */
gboolean till_ledger_kind_is_known (const char *kind);

/**
 * TillLedgerEntry: one row. Immutable once appended, reference-counted.
 */
typedef struct
{
  gint64 seq;       /* 1, 2, 3, … without gaps; 0 before it is appended */
  gint64 at_us;     /* UTC microseconds */
  char *kind;       /* one of the above */
  char *sale;       /* (nullable) id of the sale it belongs to */
  char *attempt;    /* (nullable) id of the payment attempt it belongs to */
  JsonObject *body; /* what else there is to say; amounts as integers in minor units beside "currency" */
  char *hash;       /* hex; over this row and the hash of the row before */
} TillLedgerEntry;

#define TILL_TYPE_LEDGER_ENTRY (till_ledger_entry_get_type ())
GType till_ledger_entry_get_type (void);

/* @body: (transfer full) (nullable). Time, number and hash are given by the ledger (transfer full). */
TillLedgerEntry *till_ledger_entry_new (const char *kind,
                                        const char *sale,
                                        const char *attempt,
                                        JsonObject *body) G_GNUC_WARN_UNUSED_RESULT;
TillLedgerEntry *till_ledger_entry_ref (TillLedgerEntry *self);
void till_ledger_entry_unref (TillLedgerEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillLedgerEntry, till_ledger_entry_unref)

G_END_DECLS
