/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TillPinnedTrust: the certificates of a #GTlsFileDatabase as they were once. The TLS library reads such a file again for
 * each connection, so that whoever can write it could exchange the gateway under a running till; this copy is in memory
 * and sealed. Immutable.
 */
typedef struct _TillPinnedTrust TillPinnedTrust;

/* @trust: kept as it is unless it is a file's. %TILL_ERROR_INVALID when the file can't be read (transfer full). */
TillPinnedTrust *till_pinned_trust_new (GTlsDatabase *trust, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void till_pinned_trust_free (TillPinnedTrust *self);

/* (transfer none) as long as @self */
GTlsDatabase *till_pinned_trust_get_database (TillPinnedTrust *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPinnedTrust, till_pinned_trust_free)

G_END_DECLS
