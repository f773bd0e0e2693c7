/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payer-seal.h"

#include "vault/till-record-keys.h"

#include <string.h>

GBytes *
till_payer_seal (TillVault *vault, sqlite3 *db, const char *id, const char *payer, GError **error)
{
  g_autoptr (TillSecret) plain = till_secret_new (payer, strlen (payer));

  if (!till_record_keys_create (vault, db, id, error))
    return NULL;
  return till_record_keys_seal (vault, db, id, plain, error);
}

TillSecret *
till_payer_unseal (TillVault *vault, sqlite3 *db, const char *id, GBytes *sealed, GError **error)
{
  return till_record_keys_unseal (vault, db, id, sealed, error);
}

gboolean
till_payer_destroy_key (sqlite3 *db, const char *id, GError **error)
{
  return till_record_keys_destroy (db, id, error);
}
