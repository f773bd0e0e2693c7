/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TILL_TYPE_ENROLLED_LIST (till_enrolled_list_get_type ())
G_DECLARE_FINAL_TYPE (TillEnrolledList, till_enrolled_list, TILL, ENROLLED_LIST, AdwBin)

/**
 * TillEnrolledList: who is enrolled, when they were here last and when they go by themselves; a search among them. Its
 * rows activate the actions of #TillCustomersWindow.
 */

/* Once; a reference is taken. */
void till_enrolled_list_follow (TillEnrolledList *self, TillShop *shop);

G_END_DECLS
