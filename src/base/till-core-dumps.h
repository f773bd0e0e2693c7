/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * From here on this process, and every child it starts, leaves no core file when it crashes: what libraries copied of a
 * key or a face, as HTTP headers and TLS buffers do, would lie in it in clear. Can't be taken back. For main().
 * Errors: %TILL_ERROR_FAILED.
 */
gboolean till_core_dumps_forbid (GError **error);

G_END_DECLS
