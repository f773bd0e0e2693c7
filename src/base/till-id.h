/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A new random id, PREFIX_ followed by a version 4 UUID, as "sale_5c9b…" (transfer full). */
char *till_id_new (const char *prefix) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
