/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TillLedgerNews: word from the store's thread to the main context of an object that something was written. Many
 * words before the first is heard are one. Reference-counted; any thread.
 */
typedef struct _TillLedgerNews TillLedgerNews;

/* @hear: called with @listener, while it lives, in the main context that is the thread's default now (transfer full). */
TillLedgerNews *till_ledger_news_new (gpointer listener, void (*hear) (gpointer listener));
TillLedgerNews *till_ledger_news_ref (TillLedgerNews *self);
void till_ledger_news_unref (TillLedgerNews *self);

void till_ledger_news_tell (TillLedgerNews *self);

G_END_DECLS
