/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-decline.h"

#include <libsoup/soup.h>

#include "sandbox/till-sandbox-cards.h"

/* The field of the card a code is about. */
static const struct
{
  const char *code;
  const char *param;
} params[] = {
  { "incorrect_number", "number" },        { "expired_card", "exp_month" },       { "incorrect_cvc", "cvc" },
  { "invalid_expiry_month", "exp_month" }, { "invalid_expiry_year", "exp_year" }, { "invalid_cvc", "cvc" },
};

/* Whether to try the card again: what the service advises by the reason. */
static const char *
advice_for (const char *code, const char *decline_code)
{
  const char *reason = decline_code != NULL ? decline_code : code;
  static const char *const later[]
      = { "generic_decline", "insufficient_funds", "card_velocity_exceeded", "processing_error", NULL };
  static const char *const never[] = { "lost_card", "stolen_card", "fraudulent", NULL };

  if (g_strv_contains (later, reason))
    return "try_again_later";
  return g_strv_contains (never, reason) ? "do_not_try_again" : NULL;
}

gboolean
till_sandbox_decline (TillSandboxCall *call, const char *code, const char *decline_code)
{
  const char *param = NULL;

  if (call->error != NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (params); i++)
    if (g_str_equal (params[i].code, code))
      param = params[i].param;

  call->error = till_sandbox_error_new (SOUP_STATUS_PAYMENT_REQUIRED, TILL_SANDBOX_CARD_ERROR, code, param,
                                        "%s", till_sandbox_card_message (code, decline_code));
  call->error->decline_code = g_strdup (decline_code);
  call->error->advice_code = g_strdup (advice_for (code, decline_code));
  return FALSE;
}
