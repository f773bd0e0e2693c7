/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/till-store.h"

G_BEGIN_DECLS

/* Databases of a test program, each named, in one folder that goes with the program. */

void books_set_up (void);
/* Passes @status on. */
int books_tear_down (int status);

/* Works in the folder of another process, which is its to remove. */
void books_enter (const char *of);
const char *books_folder (void);

/* (transfer full) */
char *books_path (const char *name);
TillStore *books_open (const char *name);

G_END_DECLS
