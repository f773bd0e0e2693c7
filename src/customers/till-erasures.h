/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger.h"

G_BEGIN_DECLS

/**
 * TillErasures: who was erased, as the ledger tells it. A record of one of them can only have been put back. On the store's
 * thread alone, but for making and freeing.
 */
typedef struct _TillErasures TillErasures;

TillErasures *till_erasures_new (void) G_GNUC_WARN_UNUSED_RESULT;
void till_erasures_free (TillErasures *self);

/*
 * Reads what the ledger says since the last time. Never in a transaction that has written a row of this kind already: if it
 * were rolled back, that row would be remembered all the same.
 */
gboolean till_erasures_read (TillErasures *self, sqlite3 *db, GError **error);

/* When @id was erased, UTC microseconds; 0: never, as far as was read. */
gint64 till_erasures_get_time (const TillErasures *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillErasures, till_erasures_free)

G_END_DECLS
