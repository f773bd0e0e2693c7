/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days as the till counts them: since 1970-01-01, in UTC. */

/* The day @months later: the same day of the month, or its last where it has fewer. */
gint64 till_calendar_day_add_months (gint64 day, guint months);

/* As ISO 8601 writes it, "2026-11-22" (transfer full). */
char *till_calendar_day_format (gint64 day);

G_END_DECLS
