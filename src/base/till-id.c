/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-id.h"

char *
till_id_new (const char *prefix)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat (prefix, "_", uuid, NULL);
}
