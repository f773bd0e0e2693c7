/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Where the program's own files are: installed under the prefix it was configured with, or, when the program runs
 * out of its build folder, in the tree it was built from. Environment variables win over both.
 */

/* Networks and clips: $SMILETILL_MODELS (transfer full). */
char *till_installation_get_models_dir (void);

/* Demo catalogue and operating point: $SMILETILL_DATA (transfer full). */
char *till_installation_get_data_path (const char *name);

/* Translations (transfer full). */
char *till_installation_get_locale_dir (void);

/* The payment sandbox's program: $SMILETILL_SANDBOX (transfer full). */
char *till_installation_get_sandbox_program (void);

/* The script that runs a program in a D-Bus session and keyring of its own (transfer full). */
char *till_installation_get_private_session_program (void);

/*
 * Makes GSettings find the schema of an uninstalled program. Call before any thread is started and before GSettings
 * is first used.
 */
void till_installation_set_up_environment (void);

G_END_DECLS
