/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the code in an end's or a doubt's row means, as a sentence in the user's language (transfer none); for a code
 * that is not known, that the payment service gave no reason that the till knows. @code: (nullable)
 */
const char *till_code_words_get (const char *code);

G_END_DECLS
