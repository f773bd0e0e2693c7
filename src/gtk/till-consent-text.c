/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-consent-text.h"

#include "gtk/till-paragraphs.h"

void
till_consent_text_show (TillConsentPurpose purpose,
                        const TillConsentTerms *terms,
                        GtkLabel *heading,
                        GtkLabel *body)
{
  g_autofree char *text = till_consent_make_text (purpose, terms);

  till_paragraphs_show (text, heading, body);
}
