/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/till-store.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

/* What #TillLockout keeps of digits, on the store's thread. */

/* Under what the misses of these digits are counted (transfer full). %TILL_ERROR_LOCKED before the vault is open. */
char *till_lockout_make_key (TillVault *vault, const char *suffix, GError **error);

/* Forgets the misses of these digits. @now_us: monotonic microseconds. */
gboolean
till_lockout_sqlite_drop (sqlite3 *db, TillVault *vault, const char *suffix, gint64 now_us, GError **error);

/* Counts them on under the look-up key that is coming. */
gboolean till_lockout_sqlite_rekey (sqlite3 *db,
                                    TillVault *vault,
                                    TillVaultChange *change,
                                    const char *suffix,
                                    gint64 now_us,
                                    GError **error);

G_END_DECLS
