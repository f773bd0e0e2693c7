/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days since 1970-01-01 as people here write dates (transfer full). */
char *till_day_words (gint64 day);

G_END_DECLS
