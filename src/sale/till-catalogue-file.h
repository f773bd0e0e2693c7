/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-tax-table.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TillCatalogueFile: what a catalogue's JSON holds, checked one by one. How articles belong together (ids and
 * barcodes used once) is the catalogue's to check.
 */
typedef struct
{
  char *shop;
  char *currency;
  TillTaxTable *taxes;
  GPtrArray *articles; /* (element-type TillArticle) */
} TillCatalogueFile;

/* %TILL_ERROR_INVALID beginning with @what and naming the article (transfer full). */
TillCatalogueFile *till_catalogue_file_read (const char *json,
                                             gssize length,
                                             const char *what,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void till_catalogue_file_free (TillCatalogueFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCatalogueFile, till_catalogue_file_free)

G_END_DECLS
