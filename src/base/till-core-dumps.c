/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-core-dumps.h"

#include "base/till-error.h"

#include <errno.h>
#include <sys/resource.h>

gboolean
till_core_dumps_forbid (GError **error)
{
  const struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &none) == 0)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "core dumps can't be forbidden: %s", g_strerror (errno));
  return FALSE;
}
