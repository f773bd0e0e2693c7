/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What is to keep faces and keys from outliving their use in this process. First in main(), before a thread starts.
 *
 * From here on neither this process nor any child it starts leaves its memory behind when it crashes: what libraries
 * copied of a key or a face, as HTTP headers and TLS buffers do, would lie in it in clear. The core limit is 1, not 0:
 * Linux sends a core to a collector that takes them through a pipe, such as systemd-coredump, whatever the limit, except
 * for this very value, which it keeps for "none, not by pipe either" (fs/coredump.c); and 1 byte is less than the
 * smallest core file (core(5)). The process stays "dumpable": PipeWire gives no camera to one that is not. Can't be
 * taken back.
 *
 * Memory that is freed is overwritten by the allocator (glibc's M_PERTURB). It leaves out what is small, up to 1032
 * bytes, and waits in a thread's own cache to be used again: secrets are wiped by who holds them, this is for what
 * nobody thought of.
 *
 * Errors: %TILL_ERROR_FAILED.
 */
gboolean till_hardening_apply (GError **error);

G_END_DECLS
