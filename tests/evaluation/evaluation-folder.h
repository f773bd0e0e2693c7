/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The path of a folder of a test's own; freeing it removes the folder with all that is in it. */
typedef char EvaluationFolder;

EvaluationFolder *evaluation_folder_new (void);
void evaluation_folder_free (EvaluationFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EvaluationFolder, evaluation_folder_free)

/* Writes a file, making the folders that @name leads through. */
void evaluation_folder_write (const char *folder, const char *name, const void *bytes, gsize size);
void evaluation_folder_write_text (const char *folder, const char *name, const char *text);

/* Links to a fetched photograph or clip. */
void evaluation_folder_link (const char *folder, const char *name, const char *fetched);

/* A fetched photograph, at @scale of its size and perhaps mirrored: another photograph of the same person. */
void evaluation_folder_copy (
    const char *folder, const char *name, const char *fetched, double scale, gboolean mirrored);

/* (transfer full) */
char *evaluation_fetched (const char *name);

G_END_DECLS
