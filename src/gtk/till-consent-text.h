/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-consent.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Puts the wording people agree to on a page, all of it: its first paragraph, the question, into @heading and the
 * others into @body, with the words before each colon in bold. @terms: (nullable) as till_consent_make_text().
 */
void till_consent_text_show (TillConsentPurpose purpose,
                             const TillConsentTerms *terms,
                             GtkLabel *heading,
                             GtkLabel *body);

G_END_DECLS
