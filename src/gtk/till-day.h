/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop-day.h"
#include "shop/till-shop-drawer.h"

G_BEGIN_DECLS

#define TILL_TYPE_DAY (till_day_get_type ())
G_DECLARE_FINAL_TYPE (TillDay, till_day, TILL, DAY, GObject)

/**
 * TillDay: the takings as the window shows them, and what is done about them: what happens to the drawer, closing the
 * day, the files. One thing at a time. Main context.
 *
 * Signals: "changed" () when the report, the trouble with reading it, or what is under way is another one; "ended"
 * (gboolean done) when something asked for has its end, see till_day_get_words().
 */
TillDay *till_day_new (TillShop *shop) G_GNUC_WARN_UNUSED_RESULT;

/* The report is read anew whenever money moved, as long as somebody holds it. */
void till_day_hold (TillDay *self);
void till_day_release (TillDay *self);
gboolean till_day_is_held (TillDay *self);
void till_day_read (TillDay *self);

TillShop *till_day_get_shop (TillDay *self);
/* The X report as last read (transfer none); NULL before that. */
TillDayReport *till_day_get_report (TillDay *self);
/* Why it could not be read (transfer none) (nullable). */
const GError *till_day_get_trouble (TillDay *self);
/* The Z report of the day that was closed last since the program began (transfer none) (nullable). */
TillDayReport *till_day_get_closed (TillDay *self);
/* TRUE while something asked for has no end; nothing else is taken then. */
gboolean till_day_is_busy (TillDay *self);
/* What the last thing asked for came to: "", "busy", "done" or "refused", and that in words. */
const char *till_day_get_end (TillDay *self);
const char *till_day_get_words (TillDay *self);

/* As till_shop_drawer_async() and till_shop_close_day_async() take it; "ended" follows. */
void till_day_write_drawer (
    TillDay *self, const char *what, const TillMoney *amount, const char *note, const char *manager_pin);
void till_day_close (TillDay *self, const TillMoney *counted, const char *manager_pin);

/*
 * Writes the day to @path: its sales and refunds line by line, and beside it, with "-sums" before the ending, its sums.
 * "ended" follows.
 */
void till_day_save_csv (TillDay *self, const char *path);
/* What @path makes of the sums (transfer full). */
char *till_day_sums_path (const char *path);

/* Says at once how something came to nothing, as wrong input does; "ended" is emitted. */
void till_day_refuse (TillDay *self, const char *words);

G_END_DECLS
