/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_PROGRESS_RING (till_progress_ring_get_type ())
G_DECLARE_FINAL_TYPE (TillProgressRing, till_progress_ring, TILL, PROGRESS_RING, GtkWidget)

/** TillProgressRing: a ring that closes as something gets done. */
GtkWidget *till_progress_ring_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @fraction: 0..1 */
void till_progress_ring_set_fraction (TillProgressRing *self, double fraction);

G_END_DECLS
