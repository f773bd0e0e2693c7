/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-consent.h"
#include "shop/till-shop.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Puts the wording people agree to on a page, all of it: its first paragraph, the question, into @heading and the
 * others into @body, with the words before each colon in bold.
 */
void till_consent_text_show (TillConsentPurpose purpose, TillShop *shop, GtkLabel *heading, GtkLabel *body);

G_END_DECLS
