/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-sale-story.h"

G_BEGIN_DECLS

/* How a sale is shown in a list: translated words, names of icons and of style classes. */

/* TRUE when somebody should do something about it, or at least know of it. */
gboolean till_history_needs_attention (TillSaleStory *story);

const char *till_history_icon_for_state (TillSaleState state);
/* Every state has a class of its own colour, beside its icon and its word. */
const char *till_history_class_for_state (TillSaleState state);
/* The same as a stable word for the bus: "paid", "partly-refunded", "refunded", "voided", "declined", "unknown", "disputed". */
const char *till_history_state_to_string (TillSaleState state);

/* "Smile", "Cash", "Card". */
const char *till_history_words_for_tender (const char *tender);
/* By which way money goes back that was paid by @tender, as a sentence. */
const char *till_history_words_for_way_back (const char *tender);

/* What was sold, in one line (transfer full). */
char *till_history_words_for_what (TillSaleStory *story);
/* Time, number and way to pay, in one line; with the day where @day (transfer full). */
char *till_history_words_for_where (TillSaleStory *story, gboolean day);
/* All of a row, for who hears it (transfer full). */
char *till_history_words_for_row (TillSaleStory *story);
/* What was given back, as "€3.00 given back", or what may have been; "" for nothing (transfer full). */
char *till_history_words_for_given_back (TillSaleStory *story);
/* Local time of @at_us, with the day unless it is today (transfer full). */
char *till_history_words_for_time (gint64 at_us);

G_END_DECLS
