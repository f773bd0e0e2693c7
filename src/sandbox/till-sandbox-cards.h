/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What happens when a card is charged. */
typedef enum
{
  TILL_SANDBOX_CARD_PAYS,
  TILL_SANDBOX_CARD_DECLINES,
  TILL_SANDBOX_CARD_ASKS,    /* the holder must authenticate first */
  TILL_SANDBOX_CARD_INSISTS, /* as above, and the payment waits for it even when the holder is away */
  TILL_SANDBOX_CARD_WAITS,   /* stays in processing until it is settled */
} TillSandboxCardOutcome;

/* What happens when a payment of it is given back. */
typedef enum
{
  TILL_SANDBOX_REFUND_SUCCEEDS,
  TILL_SANDBOX_REFUND_WAITS, /* stays pending until it is settled */
  TILL_SANDBOX_REFUND_FAILS,
} TillSandboxRefundOutcome;

/**
 * TillSandboxCard: one of the provider's published test cards.
 *
 * Names and numbers are those of https://docs.stripe.com/testing but for the ones marked as the sandbox's own: the real
 * service has no card that can be attached to a customer and then declines for a given reason, which a till must show.
 */
typedef struct
{
  const char *name; /* pm_card_NAME and tok_NAME */
  const char *number;
  const char *brand;
  const char *funding;
  const char *country;
  TillSandboxCardOutcome outcome;
  gboolean attaches; /* a declining card is declined when it is attached already, unless this is set */
  TillSandboxRefundOutcome refund;
  const char *code; /* of the decline; nullable, as below */
  const char *decline_code;
} TillSandboxCard;

/* By NAME (transfer none, nullable). */
const TillSandboxCard *till_sandbox_card_by_name (const char *name);

/* By "pm_card_NAME" (transfer none, nullable). */
const TillSandboxCard *till_sandbox_card_by_method (const char *id);

/* By "tok_NAME" (transfer none, nullable). */
const TillSandboxCard *till_sandbox_card_by_token (const char *token);

/* By its number, digits only (transfer none, nullable). */
const TillSandboxCard *till_sandbox_card_by_number (const char *number);

/* Whether the digits could be a card's: 12 to 19 of them, the last a right check digit (ISO/IEC 7812-1). */
gboolean till_sandbox_card_number_is_plausible (const char *number);

/* What the holder is told for a code of a decline (transfer none). */
const char *till_sandbox_card_message (const char *code, const char *decline_code);

G_END_DECLS
