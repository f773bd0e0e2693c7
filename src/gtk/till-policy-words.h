/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What to tell whoever typed @text for the setting @key, an amount of @currency that till_shop_policy_check_setting()
 * refused: what is wrong, and what to type instead, in the words of the page they are looking at (transfer full).
 */
char *till_policy_words_for_refused (const char *key, const char *text, const char *currency);

G_END_DECLS
