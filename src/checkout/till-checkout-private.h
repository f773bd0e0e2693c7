/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"
#include "checkout/till-looking.h"

G_BEGIN_DECLS

/*
 * The runner spans several files: its steps (till-checkout.c), what can be read of it (-readings.c), the face tender
 * (-face.c, on a #TillLooking), what a charge rested on (-evidence.c), limits (-limits.c), what a smile takes off
 * (-price.c), money (-money.c), attempts whose end is not known (-doubt.c).
 */

/* What was charged by face on one day, for one question. */
typedef struct
{
  guint session;   /* of recognition that it was read for; 0: none */
  gint64 since_us; /* when the day began; 0: nothing is known */
  char *customer;  /* (nullable) whose sum @by_customer is */
  TillMoney by_customer;
  gboolean has_till; /* @by_till was read too */
  TillMoney by_till;
} TillCheckoutSpent;

struct _TillCheckout
{
  GObject parent_instance;

  TillCheckoutRooms rooms;
  TillLooking *looking;
  char *shop_name;
  char *operating_point;
  TillCheckoutPolicy next_policy;         /* for whoever agrees next */
  TillConsentTerms next_terms;            /* for whoever is asked next; their shop's name is … */
  char *next_terms_shop;                  /* … this */
  guint patience;                         /* looks before one who needs a PIN is asked for it */
  guint timeouts[TILL_CHECKOUT_N_STATES]; /* seconds */

  TillCheckoutPosition position;
  gboolean stepping; /* a step is being taken: effects must not take another */
  guint timer;
  gint64 deadline_us;
  char *reason;

  /* the open sale */
  char *sale;
  TillBasket *basket;
  gulong basket_changed;
  TillMoney amount;
  char *tender; /* at the counter */
  TillMoney given;

  /* the face tender under way */
  TillMoney consent_most;
  TillCheckoutPolicy policy;
  guint smiles_made; /* as of the newest sighting */
  guint smile;       /* the best since it was asked for, thousandths of a whole one */

  /* limits */
  TillCheckoutSpent spent;
  GTask *reading_spent;     /* borrowed: the reading whose answer counts */
  const char *told_refusal; /* static: the face refusal that the pages know of */

  /* how the sale ended */
  TillCustomer *customer;  /* whom the charge was for */
  gboolean priced;         /* the next three are filled in */
  TillPricing *pricing;    /* what would be charged by the newest sighting; NULL: it can't be worked out */
  guint64 priced_revision; /* of the basket, for which that is … */
  guint priced_smile;      /* … and of the smile */
  TillPricing *counter;    /* what is paid at the counter; set on the way there */
  TillPricing *charged;
  TillReceipt *draft; /* what is written down once it is paid */
  gboolean by_pass;   /* the customer is one who showed a face pass */
  char *attempt;      /* NULL while its first request is under way */
  char *reference;
  gboolean nothing_sent;
  GTask *asking;           /* borrowed: the provider is being asked, or told to reverse */
  gboolean reverse_wanted; /* by the cashier, and not begun */
  gboolean reversing;      /* begun: from here on nothing else will do */
  gint64 ledger_seq;
  TillReceipt *receipt;

  /* stages, monotonic microseconds, 0 until they happened */
  gint64 charge_us;
  gint64 sent_us;
  gint64 answered_us;

  /* an attempt that never left this machine: its end is written before other money of this sale moves */
  char *unsent;
  gboolean dropping;
  gboolean money_waits;
};

/* Takes the step for @event; %TILL_ERROR_REFUSED when it can't happen now. @reason: why, if the state changes. */
gboolean till_checkout_step (TillCheckout *self, TillCheckoutEvent event, const char *reason, GError **error);

/* The same for what comes from the rooms below: too late is no error, it is dropped. */
void till_checkout_report (TillCheckout *self, TillCheckoutEvent event, const char *reason);

/* Emits "state": it, its reason or what may be done in it is another one. */
void till_checkout_tell_state (TillCheckout *self);

void till_checkout_trouble (TillCheckout *self, const GError *error);
void till_checkout_stage (TillCheckout *self, const char *name, gint64 began_us, gint64 ended_us);

/* The facts of this moment. */
TillCheckoutFacts till_checkout_face_facts (TillCheckout *self);
/* They may have changed. */
void till_checkout_face_report_evidence (TillCheckout *self);

/* Effects of the face tender that are more than its look's. */
void till_checkout_face_void_consent (TillCheckout *self);
void till_checkout_face_write_consent (TillCheckout *self);
void till_checkout_face_begin_session (TillCheckout *self);
void till_checkout_face_prompt_smile (TillCheckout *self);
void till_checkout_face_connect (TillCheckout *self);
void till_checkout_face_disconnect (TillCheckout *self);

/* How many smiles it takes: more for much money, and for one whom another person looks like. */
guint till_checkout_face_count_smiles (TillCheckout *self);

/* Limits */
TillCheckoutFacts till_checkout_limits_facts (TillCheckout *self);
/* Which limit keeps a confirmed customer from paying so much, as a reason; NULL: none, or it is not known yet. */
const char *till_checkout_limits_get_reason (TillCheckout *self);
gboolean till_checkout_limits_need_pin (TillCheckout *self);
/* Emits "state" where the pages know of another face refusal than there is. */
void till_checkout_limits_tell (TillCheckout *self);
void till_checkout_limits_forget (TillCheckout *self);
/* Effect: reads what limits need that is not being read already. */
void till_checkout_limits_read (TillCheckout *self);

/* What the customer would be charged now (transfer none) (nullable: it can't be worked out). */
const TillPricing *till_checkout_price_now (TillCheckout *self);
/* What is to be written down once what was charged is paid (transfer full). */
TillReceipt *till_checkout_price_draft (TillCheckout *self, GError **error);
void till_checkout_price_forget (TillCheckout *self);
/* Works out what is paid at the counter. */
void till_checkout_price_counter (TillCheckout *self);

/* What the newest sighting says for charging its match, without anything of the face itself (transfer full). */
JsonObject *till_checkout_evidence_to_json (TillCheckout *self);

/* Effects on money. */
void till_checkout_money_charge (TillCheckout *self);
void till_checkout_money_record_tender (TillCheckout *self);
void till_checkout_money_write_receipt (TillCheckout *self);
void till_checkout_money_connect (TillCheckout *self);
void till_checkout_money_disconnect (TillCheckout *self);

/* What came of the attempt, as the table's event. Forgets that it was to be reversed once that is settled. */
void till_checkout_money_report (TillCheckout *self, const TillPaymentOutcome *outcome);
/* The sale of @call was set aside before this came of it: the cashier should hear of it. @outcome or @failure. */
void till_checkout_money_tell_late (TillCheckout *self,
                                    GTask *call,
                                    const TillPaymentOutcome *outcome,
                                    const GError *failure);
/* Records the tender that waited for an attempt to be dropped. */
void till_checkout_money_send_tender (TillCheckout *self);

/*
 * What is under way for a sale carries that sale's id (transfer full): an answer that comes after the sale was set aside
 * must not be taken for the next one's. The ledger has it all the same.
 */
GTask *till_checkout_call_for_sale (TillCheckout *self);
gboolean till_checkout_call_is_late (GTask *call);

/* Effects in doubt. */
void till_checkout_doubt_query (TillCheckout *self);
void till_checkout_doubt_reverse (TillCheckout *self);
/* Does what had to wait for the attempt to be free. */
void till_checkout_doubt_go_on (TillCheckout *self);
void till_checkout_doubt_drop_attempt (TillCheckout *self);
/* Drops the attempt that never left this machine; the tender waits for it. */
void till_checkout_doubt_drop (TillCheckout *self);

G_END_DECLS
