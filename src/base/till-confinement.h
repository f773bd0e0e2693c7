/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Takes from the calling thread, and from every thread it makes from here on, all system calls but those for computing:
 * memory that is neither executable nor a file's, locks, clocks, sleeping and waiting on what is open, threads, reading and
 * writing eight bytes of what is open (for an eventfd), writing to standard output and error. There is no socket, no opening,
 * no making, renaming or removing of a file, no program started, no other process signalled or traced: each fails with
 * EPERM. By seccomp (libseccomp), so for Linux alone; can't be taken back.
 *
 * A build with sanitizers also lets it make pipes and write to what is open, which those need.
 *
 * It is a second wall. Threads share their memory, so code that an attacker brought in could still have another thread
 * of this process act for it; by itself it has those eight bytes.
 *
 * TRUE where the kernel has no seccomp too: then a warning says so, once. %TILL_ERROR_FAILED otherwise.
 */
gboolean till_confinement_enter (GError **error);

/* Whether the calling thread is confined. */
gboolean till_confinement_is_entered (void);

G_END_DECLS
