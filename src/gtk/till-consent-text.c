/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-consent-text.h"

#include "gtk/till-paragraphs.h"

void
till_consent_text_show (TillConsentPurpose purpose, TillShop *shop, GtkLabel *heading, GtkLabel *body)
{
  GSettings *settings = till_profile_get_settings (till_shop_get_profile (shop));
  const TillConsentTerms terms
      = { .shop = till_shop_get_name (shop),
          .retention_months = (guint) g_settings_get_int (settings, "retention-months"),
          .guardian_age = (guint) g_settings_get_int (settings, "guardian-age") };
  g_autofree char *text = till_consent_make_text (purpose, &terms);

  till_paragraphs_show (text, heading, body);
}
