/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"
#include "gtk/till-unresolved-case.h"

G_BEGIN_DECLS

#define TILL_TYPE_UNRESOLVED_SETTLE (till_unresolved_settle_get_type ())
G_DECLARE_FINAL_TYPE (TillUnresolvedSettle, till_unresolved_settle, TILL, UNRESOLVED_SETTLE, AdwWindow)

/*
 * TillUnresolvedSettle: asks a manager what became of an attempt, and on what evidence. It closes once that is written, or
 * once the payment service had an answer of its own after all.
 */
GtkWindow *till_unresolved_settle_new (TillApplication *application,
                                       GtkWindow *parent,
                                       TillUnresolvedCase *one) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
