/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-article.h"
#include "sale/till-tax-table.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TILL_TYPE_CATALOGUE (till_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (TillCatalogue, till_catalogue, TILL, CATALOGUE, GObject)

/**
 * TillCatalogue: what a shop sells, read from a JSON file. Does not change once read; main thread.
 *
 * The file is one object: "shop" (name), "currency" (ISO 4217), "prices" ("inclusive" or "exclusive" of tax),
 * "tax_classes" (objects of "id", "name", "rate" in hundredths of a per cent) and "articles" (objects of "id",
 * "name", "price" as a decimal string, "tax", "category" and, if there is one, "barcode" and "emoji").
 */

/*
 * Reads the file (transfer full). %TILL_ERROR_NOT_FOUND, or %TILL_ERROR_INVALID naming the file and the line or
 * article that is wrong.
 */
TillCatalogue *till_catalogue_new_from_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same from @length bytes of memory (-1 up to the NUL); @name stands for the file in messages (transfer full). */
TillCatalogue *till_catalogue_new_from_data (const char *json,
                                             gssize length,
                                             const char *name,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* $SMILETILL_DATA/catalogue.json, else the demo catalogue as installed in @pkgdatadir (transfer full). */
char *till_catalogue_default_path (const char *pkgdatadir);

const char *till_catalogue_get_shop (TillCatalogue *self);
const char *till_catalogue_get_currency (TillCatalogue *self);
/* (transfer none) */
TillTaxTable *till_catalogue_get_tax_table (TillCatalogue *self);

/* All articles in the file's order (element-type TillArticle) (transfer none). */
GListModel *till_catalogue_get_articles (TillCatalogue *self);
/* Names of the categories in order of first use (transfer none), NULL-ended. */
const char *const *till_catalogue_get_categories (TillCatalogue *self);

/* (transfer none) (nullable) */
TillArticle *till_catalogue_find_id (TillCatalogue *self, const char *id);
/* By the code as scanned: a UPC-A code also finds its EAN-13 form and the other way round (transfer none) (nullable). */
TillArticle *till_catalogue_find_barcode (TillCatalogue *self, const char *barcode);

/*
 * Articles of @category (NULL for all) whose name or category holds every word of @text, whatever its case and
 * accents, or whose id or barcode begins with it; all of them for empty text. In the file's order
 * (element-type TillArticle) (transfer full).
 */
GPtrArray *till_catalogue_search (TillCatalogue *self, const char *text, const char *category);

G_END_DECLS
