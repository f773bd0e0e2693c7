/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_CUSTODY_BANNER (till_custody_banner_get_type ())
G_DECLARE_FINAL_TYPE (TillCustodyBanner, till_custody_banner, TILL, CUSTODY_BANNER, GtkWidget)

/**
 * TillCustodyBanner: a strip above the cashier's page that says what is the matter with the keys and has the button that
 * mends it; to be seen only then. The demo, whose keys are thrown away, asks for no recovery phrase.
 */

/* Once the shop is open. */
void till_custody_banner_follow (TillCustodyBanner *self, TillApplication *application);

G_END_DECLS
