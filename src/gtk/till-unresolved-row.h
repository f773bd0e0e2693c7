/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-unresolved-case.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TILL_TYPE_UNRESOLVED_ROW (till_unresolved_row_get_type ())
G_DECLARE_FINAL_TYPE (TillUnresolvedRow, till_unresolved_row, TILL, UNRESOLVED_ROW, GtkListBoxRow)

/**
 * TillUnresolvedRow: one attempt without an end: what is known of it, and what can be done.
 *
 * Signals: "settle" () and "show-sale" () when these were pressed.
 */
GtkWidget *till_unresolved_row_new (TillUnresolvedCase *one) G_GNUC_WARN_UNUSED_RESULT;

TillUnresolvedCase *till_unresolved_row_get_case (TillUnresolvedRow *self);

G_END_DECLS
