/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-vault-change.h"

#include "base/till-error.h"
#include "vault/till-record-keys-private.h"
#include "vault/till-record-keys-sqlite.h"
#include "vault/till-vault-private.h"
#include "vault/till-vault-sqlite.h"

typedef struct
{
  TillVaultChange *change;
  double done;
} TillVaultNews;

TillVaultChange *
till_vault_change_new (TillVault *vault, TillKeyset *to, TillVaultProgress progress, gpointer progress_data)
{
  TillVaultChange *change = g_new0 (TillVaultChange, 1);

  g_atomic_ref_count_init (&change->refs);
  change->vault = g_object_ref (vault);
  change->from = till_vault_ref_keyset (vault, NULL);
  change->to = till_keyset_ref (to);
  change->context = g_main_context_ref_thread_default ();
  change->progress = progress;
  change->progress_data = progress_data;
  change->end = 1;
  change->told = -1;
  return change;
}

TillVaultChange *
till_vault_change_ref (TillVaultChange *change)
{
  g_atomic_ref_count_inc (&change->refs);
  return change;
}

void
till_vault_change_unref (TillVaultChange *change)
{
  if (!g_atomic_ref_count_dec (&change->refs))
    return;
  g_object_unref (change->vault);
  till_keyset_unref (change->from);
  till_keyset_unref (change->to);
  g_main_context_unref (change->context);
  g_free (change);
}

void
till_vault_change_set_part (TillVaultChange *change, double begin, double end)
{
  change->begin = begin;
  change->end = end;
}

char *
till_vault_change_hash (TillVaultChange *change, const char *purpose, const char *value, GError **error)
{
  g_return_val_if_fail (change != NULL && purpose != NULL && value != NULL, NULL);

  return till_keyset_hash (change->to, purpose, value);
}

static void
till_vault_news_free (gpointer data)
{
  TillVaultNews *news = data;

  till_vault_change_unref (news->change);
  g_free (news);
}

static gboolean
till_vault_news_tell (gpointer data)
{
  const TillVaultNews *news = data;

  news->change->progress (news->change->vault, news->done, news->change->progress_data);
  return G_SOURCE_REMOVE;
}

void
till_vault_change_tell (TillVaultChange *change, guint done, guint of)
{
  double share = of == 0 ? 1 : CLAMP ((double) done / of, 0, 1);
  double all = change->begin + share * (change->end - change->begin);
  TillVaultNews *news;

  if (change->progress == NULL || (int) (100 * all) <= change->told)
    return;
  change->told = (int) (100 * all);
  news = g_new0 (TillVaultNews, 1);
  news->change = till_vault_change_ref (change);
  news->done = all;

  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, till_vault_news_tell, news, till_vault_news_free);
  g_source_attach (source, change->context);
}

static gboolean
till_vault_change_check_generation (TillVaultChange *change, sqlite3 *db, GError **error)
{
  gint64 generation;

  if (!till_vault_sqlite_load_generation (db, &generation, error))
    return FALSE;
  if (generation == change->from->generation)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED,
               "the keys in the database are of generation %" G_GINT64_FORMAT
               ", those that are open of %" G_GINT64_FORMAT "; start the till again",
               generation, change->from->generation);
  return FALSE;
}

gboolean
till_vault_change_rewrap (TillVaultChange *change, sqlite3 *db, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (!till_vault_change_check_generation (change, db, error))
    return FALSE;
  ids = till_record_keys_sqlite_list (db, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      if (!till_record_keys_rewrap (db, g_ptr_array_index (ids, i), change->from, change->to, error))
        return FALSE;
      till_vault_change_tell (change, i + 1, ids->len);
    }
  return till_vault_rebox_recovery (db, change->from, change->to, error)
         && till_vault_save_keyset (db, change->to, error);
}
