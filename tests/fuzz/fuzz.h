/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What every target is: it takes any bytes at all, and ends the program where the code under test does wrong. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

G_END_DECLS
