/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_HALVES (till_halves_get_type ())
G_DECLARE_FINAL_TYPE (TillHalves, till_halves, TILL, HALVES, GtkWidget)

/**
 * TillHalves: two pages side by side where both have room, otherwise one of them at a time. Property "single"
 * (gboolean), read-only: there are two pages, and room for one. Property "start" (GtkWidget), write-only, for templates.
 */
GtkWidget *till_halves_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_halves_set_start (TillHalves *self, GtkWidget *start);
/* @end: (nullable) */
void till_halves_set_end (TillHalves *self, GtkWidget *end);
/* Which one is seen while there is room for one. */
void till_halves_prefer_end (TillHalves *self, gboolean prefer);
gboolean till_halves_is_single (TillHalves *self);

G_END_DECLS
