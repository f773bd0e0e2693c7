/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-rights-case.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TILL_TYPE_PASS_LIST (till_pass_list_get_type ())
G_DECLARE_FINAL_TYPE (TillPassList, till_pass_list, TILL, PASS_LIST, AdwBin)

/**
 * TillPassList: the face passes that were given out, by number since the till knows no more of them; a lost one is found
 * by the number on its stub. Activates "customers.revoke" of #TillCustomersWindow.
 */

/* Once; a reference is taken. */
void till_pass_list_follow (TillPassList *self, TillRightsCase *rights);

G_END_DECLS
