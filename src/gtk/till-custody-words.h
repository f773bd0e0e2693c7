/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop-custody.h"

G_BEGIN_DECLS

/* How a custody is told to those who run the till. */
typedef struct
{
  const char *title;  /* a few words */
  const char *words;  /* what it means, and what mends it */
  const char *button; /* (nullable) what does */
  const char *action; /* (nullable) the action behind it */
} TillCustodyWords;

/* Of @state; @has_recovery: whether a recovery phrase is in force. */
TillCustodyWords till_custody_words_for (TillCustodyState state, gboolean has_recovery);

/* Puts a nine-word phrase into @words of its own, to be wiped with till_custody_words_wipe() (transfer full). */
GStrv till_custody_words_split (TillSecret *phrase);
void till_custody_words_wipe (GStrv words);

G_END_DECLS
