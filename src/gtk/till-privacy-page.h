/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_PRIVACY_PAGE (till_privacy_page_get_type ())
G_DECLARE_FINAL_TYPE (TillPrivacyPage, till_privacy_page, TILL, PRIVACY_PAGE, GtkWidget)

/**
 * TillPrivacyPage: what a customer reads in a minute about their face and data, in the words of docs/privacy-notice.md,
 * and from where they see what is kept of them or have it erased.
 */
GtkWidget *till_privacy_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Puts the words as they now are on the page, from the first line on. */
void till_privacy_page_show (TillPrivacyPage *self, TillShop *shop);

/* The notice, paragraphs with an empty line between them (transfer full). @months: how long records are kept. @looks:
 * whether the till can look at a face just now. */
char *till_privacy_page_make_text (const char *shop, guint months, gboolean passes, gboolean looks);

G_END_DECLS
