/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-sheet-print.h"
#include "shop/till-shop.h"

G_BEGIN_DECLS

/*
 * Looks up in the ledger what was agreed to as @consent (an id), in the wording of then, and prints it for the customer
 * called @name. @told as for till_sheet_print().
 */
void till_consent_print (
    TillShop *shop, const char *consent, const char *name, GtkWindow *parent, TillSheetPrinted told);

G_END_DECLS
