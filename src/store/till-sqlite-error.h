/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Fills @error from @code and @db's last message, beginning with the file's path. Always FALSE. */
gboolean till_sqlite_set_error (GError **error, sqlite3 *db, int code);

G_END_DECLS
