/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Memory for what is seen of people: pages of its own, which are kept out of core dumps, are wiped when they are given
 * back, and are kept from being swapped out as far as the limit "memlock" lets the till, less
 * TILL_PRIVATE_MEMORY_RESERVE, which is for keys and templates. Thread-safe.
 */
#define TILL_PRIVATE_MEMORY_RESERVE (4u << 20)

/*
 * @size bytes of zeros, above zero, aligned to 64 bytes (transfer full; give back with till_private_memory_free()).
 * Aborts if there are none.
 */
gpointer till_private_memory_alloc (gsize size) G_GNUC_WARN_UNUSED_RESULT;

/* @memory: (nullable) */
void till_private_memory_free (gpointer memory);

G_END_DECLS
