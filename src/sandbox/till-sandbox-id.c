/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-id.h"

#include <sodium.h>

#define ID_LETTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define ID_LENGTH  24

char *
till_sandbox_id_new (const char *prefix)
{
  char letters[ID_LENGTH + 1] = { 0 };

  for (guint i = 0; i < ID_LENGTH; i++)
    letters[i] = ID_LETTERS[randombytes_uniform ((guint32) (sizeof ID_LETTERS - 1))];
  return g_strconcat (prefix, "_", letters, NULL);
}
