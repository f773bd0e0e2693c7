/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-recognizer-purpose.h"
#include "recognition/till-sighting.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_TESTER_VIEW (till_tester_view_get_type ())
G_DECLARE_FINAL_TYPE (TillTesterView, till_tester_view, TILL, TESTER_VIEW, GtkWidget)

/**
 * TillTesterView: a picture, set in a template as the property "picture", and, while it is active, the tester's panel
 * beside it, or below it where it is not as wide as the property "beside-from" (pixels). While it is not active, it is
 * as if the picture stood alone.
 *
 * Sightings may come as often as they like: the newest is shown ten times a second.
 */
GtkWidget *till_tester_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_tester_view_set_active (TillTesterView *self, gboolean active);
void
till_tester_view_show_sighting (TillTesterView *self, TillSighting *sighting, TillRecognizerPurpose purpose);
/* The last of a session, to be looked at for as long as one likes: it does not grow old. */
void till_tester_view_show_last (TillTesterView *self, TillSighting *sighting, TillRecognizerPurpose purpose);
void till_tester_view_clear (TillTesterView *self);

G_END_DECLS
