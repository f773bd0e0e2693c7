/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Draws a time from @least_us to @most_us, each as likely. */
typedef gint64 (*TillRandomDelay) (gint64 least_us, gint64 most_us, gpointer data);

/* With libsodium, which nobody can foretell. @data: nothing. Any thread. */
gint64 till_random_delay_draw (gint64 least_us, gint64 most_us, gpointer data);

G_END_DECLS
