/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Whether @bytes begin with a JPEG that reaches its end-of-image marker. Decoders make a grey picture of what is
 * missing from one that was cut short and call it well. Marker syntax of ITU-T T.81, annex B.
 */
gboolean till_jpeg_is_whole (const guint8 *bytes, gsize size);

G_END_DECLS
