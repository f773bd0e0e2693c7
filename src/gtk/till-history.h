/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-sale-story.h"
#include "shop/till-shop.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_HISTORY (till_history_get_type ())
G_DECLARE_FINAL_TYPE (TillHistory, till_history, TILL, HISTORY, GObject)

/**
 * TillHistory: the sales as a list to look through: which of them are shown, and which one is chosen. Main context only.
 * It is read while somebody holds it, and from then on whenever the day changes.
 *
 * Signals: "changed" () when another list was read, is being read or can't be, or other sales are shown; "chosen" ()
 *          when another sale is chosen, or more happened to it.
 */
TillHistory *till_history_new (TillShop *shop) G_GNUC_WARN_UNUSED_RESULT;

void till_history_hold (TillHistory *self);
void till_history_release (TillHistory *self);
/* Reads it anew. */
void till_history_read (TillHistory *self);

/* Of #TillSaleStory, newest first: what is shown, with the sale that is chosen (transfer none). */
GtkSingleSelection *till_history_get_shown (TillHistory *self);
guint till_history_get_n_shown (TillHistory *self);
/* How many were read, and how many of these need attention. */
guint till_history_get_n_sales (TillHistory *self);
guint till_history_get_n_attention (TillHistory *self);

/* Shows only what matches, see till_sale_story_matches(); only what needs attention; and sales of earlier days too. */
void till_history_set_search (TillHistory *self, const char *text);
const char *till_history_get_search (TillHistory *self);
void till_history_set_attention (TillHistory *self, gboolean only);
gboolean till_history_get_attention (TillHistory *self);
void till_history_set_earlier (TillHistory *self, gboolean earlier);
gboolean till_history_get_earlier (TillHistory *self);

/*
 * Chooses the sale by its id, once it is read if it is not yet; what would hide it is taken off.
 */
void till_history_choose (TillHistory *self, const char *sale);
void till_history_choose_first (TillHistory *self);
/* (transfer none) (nullable) */
TillSaleStory *till_history_get_chosen (TillHistory *self);

gboolean till_history_is_reading (TillHistory *self);
/* Whether it was ever read. */
gboolean till_history_is_read (TillHistory *self);
/* Why it could not be read (transfer none) (nullable). */
const GError *till_history_get_trouble (TillHistory *self);

G_END_DECLS
