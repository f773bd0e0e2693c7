/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/till-ctl.h"

G_BEGIN_DECLS

/**
 * TillCtlBooks: the ledger of a profile as it is at this moment, for reading alone: without keyring, networks, provider or
 * sandbox, and also while a till has it open. Zeroed at first.
 */
typedef struct
{
  TillProfile *profile;
  TillCatalogue *catalogue; /* NULL until it is read */
  TillStore *store;
  TillLedger *ledger;
} TillCtlBooks;

/* FALSE with a message on standard error. */
gboolean till_ctl_books_open (TillCtlBooks *self, const TillCtlOptions *options);
void till_ctl_books_clear (TillCtlBooks *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillCtlBooks, till_ctl_books_clear)

/* For the two below. FALSE with a message on standard error. */
gboolean till_ctl_books_read_catalogue (TillCtlBooks *self);
/* What receipts are headed with (transfer full). */
char *till_ctl_books_get_shop_name (TillCtlBooks *self);
const char *till_ctl_books_get_currency (TillCtlBooks *self);

/*
 * The rows of till_day_rows_list_async(), blocking (transfer full); NULL with a message on standard error. @close: (out)
 * (optional) (nullable) (transfer full).
 */
GPtrArray *till_ctl_books_list (TillCtlBooks *self, gint64 since_us, gboolean whole, TillLedgerEntry **close);

/* "2026-11-22" or "2026-11-22 14:05", local time, as UTC microseconds; FALSE with a message on standard error. */
gboolean till_ctl_parse_time (const char *text, gint64 *at_us);
/* The other way round (transfer full). */
char *till_ctl_format_time (gint64 at_us);

G_END_DECLS
