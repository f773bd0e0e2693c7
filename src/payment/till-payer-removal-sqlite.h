/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/till-store.h"

G_BEGIN_DECLS

/**
 * TillPayerRemoval: a payer whom the provider is to forget, as the table has it.
 */
typedef struct
{
  char *id;       /* of the wish; what it is sealed for */
  char *person;   /* whose it was */
  char *provider; /* (nullable) whom to ask; whoever is set up if NULL */
  char *account;  /* (nullable) */
  GBytes *sealed; /* the payer */
} TillPayerRemoval;

TillPayerRemoval *till_payer_removal_new (void);
void till_payer_removal_free (TillPayerRemoval *self);

/* The SQL behind it. All but the first run on the store's thread; errors as #TillStatement. */

gboolean till_payer_removal_sqlite_migrate (TillStore *store, GError **error);

gboolean till_payer_removal_sqlite_insert (sqlite3 *db, const TillPayerRemoval *removal, GError **error);
/* *@had: whether it was there. */
gboolean till_payer_removal_sqlite_delete (sqlite3 *db, const char *id, gboolean *had, GError **error);
gboolean till_payer_removal_sqlite_has (sqlite3 *db, const char *id, gboolean *has, GError **error);
/* In the order they were wished (element-type TillPayerRemoval) (transfer full). */
GPtrArray *till_payer_removal_sqlite_list (sqlite3 *db, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPayerRemoval, till_payer_removal_free)

G_END_DECLS
