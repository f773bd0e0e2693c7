/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A random identifier as the protocol shapes them, "pi_" and 24 letters and digits, 142 bits (transfer full). */
char *till_sandbox_id_new (const char *prefix) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
