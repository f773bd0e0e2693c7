/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One hundred per cent, in the unit of rates: hundredths of a per cent. */
#define TILL_RATE_WHOLE 10000

/* "5.5": @rate in per cent without needless zeros, with the locale's decimal point (transfer full). */
char *till_rate_format (int rate);

G_END_DECLS
