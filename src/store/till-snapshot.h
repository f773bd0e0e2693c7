/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * TillSnapshot: what an SQLite file and its write-ahead log hold together at one moment, as one image in memory. Read
 * without locks, so that whoever has the file open is neither kept waiting nor keeps others out.
 */
typedef struct
{
  guchar *image; /* of sqlite3_malloc64() */
  gsize size;
} TillSnapshot;

/* Errors as till_store_open_reading() (transfer full). */
gboolean till_snapshot_read (TillSnapshot *snapshot, const char *path, GError **error);

/*
 * Puts the whole transactions at the beginning of the log @wal into the image, of @page_size; what follows the last whole
 * one was never finished, and is left out. The image may grow or shrink. Returns how many frames were taken.
 */
guint till_snapshot_apply_log (TillSnapshot *snapshot, const guchar *wal, gsize wal_size, gsize page_size);

void till_snapshot_clear (TillSnapshot *snapshot);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillSnapshot, till_snapshot_clear)

G_END_DECLS
