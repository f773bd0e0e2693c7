/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "till-test-journal.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

/* Keys on a journal's file, for tests that run in a session with a keyring of their own. */

/* A profile's id that is nobody else's (transfer full). */
char *till_test_vault_profile (void);

/* The keys of @profile, given to the journal's payment: open, or closed as while the keyring is locked (transfer full). */
TillVault *till_test_vault_set (TillTestJournal *journal, const char *profile, gboolean open);
void till_test_vault_open (TillVault *vault);

G_END_DECLS
