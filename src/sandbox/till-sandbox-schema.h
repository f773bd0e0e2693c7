/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "Till" in ASCII: tells the gateway's database from any other SQLite file. */
#define TILL_SANDBOX_APPLICATION_ID 0x54696c6c

/* The statements that lead from version @version (user_version) to the next; %NULL from the last on. */
const char *till_sandbox_schema_step (guint version);

/* The version this program writes. */
guint till_sandbox_schema_version (void);

G_END_DECLS
