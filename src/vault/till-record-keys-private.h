/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/till-store.h"
#include "vault/till-keyset.h"

G_BEGIN_DECLS

/* Wraps @id's key, which is there, under @to instead of @from. On the store's thread. */
gboolean till_record_keys_rewrap (
    sqlite3 *db, const char *id, const TillKeyset *from, const TillKeyset *to, GError **error);

G_END_DECLS
