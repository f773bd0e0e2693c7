/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-payment.h"

G_BEGIN_DECLS

/* What is known of an attempt without an end, in words for the cashier. Translated, (transfer full) where not const. */

/* Why its end is not known; @code: (nullable) as of a doubt. */
const char *till_unresolved_words_for_doubt (const char *code);

/* What it is, as "Payment, 14:05". */
char *till_unresolved_words_for_what (const TillUnresolved *unresolved);

/* All that is known of it, in some sentences. */
char *till_unresolved_words_for_known (const TillUnresolved *unresolved);

/* What asking or reversing came to. */
char *till_unresolved_words_for_asked (const TillUnresolved *unresolved, const TillPaymentOutcome *outcome);
char *till_unresolved_words_for_reversed (const TillUnresolved *unresolved,
                                          const TillPaymentOutcome *outcome);

/* What a manager's word comes to: before it is given, and after. */
const char *till_unresolved_words_for_choice (const TillUnresolved *unresolved, gboolean taken);
const char *till_unresolved_words_for_consequence (const TillUnresolved *unresolved, gboolean taken);
char *till_unresolved_words_for_settled (const TillUnresolved *unresolved, gboolean taken);

G_END_DECLS
