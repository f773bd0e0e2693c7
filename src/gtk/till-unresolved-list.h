/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-unresolved-case.h"

G_BEGIN_DECLS

#define TILL_TYPE_UNRESOLVED_LIST (till_unresolved_list_get_type ())
G_DECLARE_FINAL_TYPE (TillUnresolvedList, till_unresolved_list, TILL, UNRESOLVED_LIST, GObject)

/**
 * TillUnresolvedList: the attempts without an end, as the shop has them. Main context only.
 *
 * Signals: "changed" () when another list was read, or reading failed, or something is known about a case;
 *          "ended" (const char *words) as of #TillUnresolvedCase.
 */
TillUnresolvedList *till_unresolved_list_new (TillShop *shop) G_GNUC_WARN_UNUSED_RESULT;

/* Of #TillUnresolvedCase, oldest first (transfer none). */
GListModel *till_unresolved_list_get_cases (TillUnresolvedList *self);
guint till_unresolved_list_get_count (TillUnresolvedList *self);
/* (transfer none) (nullable) */
TillUnresolvedCase *till_unresolved_list_find (TillUnresolvedList *self, const char *attempt);

gboolean till_unresolved_list_is_read (TillUnresolvedList *self);
/* Why it could not be read (transfer none) (nullable). */
const GError *till_unresolved_list_get_trouble (TillUnresolvedList *self);
/* What the last end in this sitting was (transfer none); "" before there is one. */
const char *till_unresolved_list_get_told (TillUnresolvedList *self);

G_END_DECLS
