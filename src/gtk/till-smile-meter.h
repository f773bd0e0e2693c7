/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_SMILE_METER (till_smile_meter_get_type ())
G_DECLARE_FINAL_TYPE (TillSmileMeter, till_smile_meter, TILL, SMILE_METER, GtkWidget)

/**
 * TillSmileMeter: a drawn face whose mouth bends and whose ring fills as the customer's smile grows.
 */
GtkWidget *till_smile_meter_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* 0 neutral .. 1 a whole smile. */
void till_smile_meter_set_level (TillSmileMeter *self, double level);

/* The smile counts: the ring closes in green. */
/* FALSE: it is not time to smile, and the ring stays grey. */
void till_smile_meter_set_wanted (TillSmileMeter *self, gboolean wanted);
void till_smile_meter_set_made (TillSmileMeter *self, gboolean made);

G_END_DECLS
