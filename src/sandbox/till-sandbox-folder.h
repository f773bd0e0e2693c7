/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillSandboxFolder: the folder a gateway keeps everything in, held by one process at a time.
 */
typedef struct _TillSandboxFolder TillSandboxFolder;

/*
 * Makes the folder if need be (mode 0700) and takes its lock, which the system gives back when the process ends, however
 * it ends (transfer full). %TILL_ERROR_BUSY if another process has it, %TILL_ERROR_FAILED if it can't be made.
 */
TillSandboxFolder *till_sandbox_folder_take (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void till_sandbox_folder_release (TillSandboxFolder *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSandboxFolder, till_sandbox_folder_release)

G_END_DECLS
