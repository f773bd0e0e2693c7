/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-record-keys.h"

#include "base/till-error.h"
#include "vault/till-record-keys-private.h"
#include "vault/till-record-keys-sqlite.h"
#include "vault/till-seal.h"
#include "vault/till-vault-private.h"

/* A wrapped key never opens as a record, nor the other way round. */
static char *
till_record_keys_wrapping_id (const char *id)
{
  return g_strconcat ("record key ", id, NULL);
}

static GBytes *
till_record_keys_wrap (const TillKeyset *keyset, const char *id, const TillSecret *key)
{
  g_autofree char *wrapping_id = till_record_keys_wrapping_id (id);

  return till_seal_close (keyset->wrap, wrapping_id, key);
}

static TillSecret *
till_record_keys_unwrap (const TillKeyset *keyset, const char *id, GBytes *wrapped, GError **error)
{
  g_autofree char *wrapping_id = till_record_keys_wrapping_id (id);
  g_autoptr (TillSecret) key = till_seal_open (keyset->wrap, wrapping_id, wrapped, error);

  if (key == NULL || till_secret_get_size (key) == TILL_SEAL_KEY_SIZE)
    return g_steal_pointer (&key);
  g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT, "the key of the record %s has the wrong size", id);
  return NULL;
}

gboolean
till_record_keys_create (TillVault *vault, sqlite3 *db, const char *id, GError **error)
{
  g_return_val_if_fail (TILL_IS_VAULT (vault) && db != NULL && id != NULL, FALSE);

  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset_of (vault, db, error);
  if (keyset == NULL)
    return FALSE;

  g_autoptr (TillSecret) key = till_secret_new_random (TILL_SEAL_KEY_SIZE);
  g_autoptr (GBytes) wrapped = till_record_keys_wrap (keyset, id, key);
  return till_record_keys_sqlite_insert (db, id, wrapped, error);
}

static TillSecret *
till_record_keys_get (TillVault *vault, sqlite3 *db, const char *id, GError **error)
{
  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset_of (vault, db, error);
  g_autoptr (GBytes) wrapped = NULL;

  if (keyset == NULL || !till_record_keys_sqlite_load (db, id, &wrapped, error))
    return NULL;
  if (wrapped != NULL)
    return till_record_keys_unwrap (keyset, id, wrapped, error);
  g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
               "the record %s has no key any more, so nobody can read it", id);
  return NULL;
}

GBytes *
till_record_keys_seal (TillVault *vault, sqlite3 *db, const char *id, TillSecret *plain, GError **error)
{
  g_return_val_if_fail (TILL_IS_VAULT (vault) && db != NULL && id != NULL && plain != NULL, NULL);

  g_autoptr (TillSecret) key = till_record_keys_get (vault, db, id, error);
  return key != NULL ? till_seal_close (key, id, plain) : NULL;
}

TillSecret *
till_record_keys_unseal (TillVault *vault, sqlite3 *db, const char *id, GBytes *sealed, GError **error)
{
  g_return_val_if_fail (TILL_IS_VAULT (vault) && db != NULL && id != NULL && sealed != NULL, NULL);

  g_autoptr (TillSecret) key = till_record_keys_get (vault, db, id, error);
  return key != NULL ? till_seal_open (key, id, sealed, error) : NULL;
}

gboolean
till_record_keys_destroy (sqlite3 *db, const char *id, GError **error)
{
  g_return_val_if_fail (db != NULL && id != NULL, FALSE);

  return till_record_keys_sqlite_delete (db, id, error);
}

gboolean
till_record_keys_has (sqlite3 *db, const char *id, gboolean *has, GError **error)
{
  g_autoptr (GBytes) wrapped = NULL;

  g_return_val_if_fail (db != NULL && id != NULL && has != NULL, FALSE);

  if (!till_record_keys_sqlite_load (db, id, &wrapped, error))
    return FALSE;
  *has = wrapped != NULL;
  return TRUE;
}

gboolean
till_record_keys_rewrap (
    sqlite3 *db, const char *id, const TillKeyset *from, const TillKeyset *to, GError **error)
{
  g_autoptr (GBytes) wrapped = NULL;

  if (!till_record_keys_sqlite_load (db, id, &wrapped, error))
    return FALSE;

  g_autoptr (TillSecret) key = till_record_keys_unwrap (from, id, wrapped, error);
  if (key == NULL)
    return FALSE;

  g_autoptr (GBytes) anew = till_record_keys_wrap (to, id, key);
  return till_record_keys_sqlite_update (db, id, anew, error);
}
