/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-hardening.h"

#include "base/till-error.h"

#include <errno.h>
#include <malloc.h>
#include <sys/resource.h>

/* fs/coredump.c's own value, see the header. */
#define TILL_HARDENING_NO_CORE_AT_ALL 1

#define TILL_HARDENING_FREED 0xa5

static gboolean
till_hardening_forbid_cores (GError **error)
{
  struct rlimit limit = { TILL_HARDENING_NO_CORE_AT_ALL, TILL_HARDENING_NO_CORE_AT_ALL };

  if (setrlimit (RLIMIT_CORE, &limit) == 0)
    return TRUE;
  /* Somebody forbade core files for good before; only root may turn 0 into 1. */
  if (errno == EPERM && getrlimit (RLIMIT_CORE, &limit) == 0 && limit.rlim_max == 0)
    {
      g_info ("the limit of core files is 0 and can't be changed: a collector may still be sent one");
      return TRUE;
    }
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "core dumps can't be forbidden: %s", g_strerror (errno));
  return FALSE;
}

gboolean
till_hardening_apply (GError **error)
{
  if (mallopt (M_PERTURB, TILL_HARDENING_FREED) == 0)
    g_info ("freed memory is not overwritten: this allocator can't");
  return till_hardening_forbid_cores (error);
}
