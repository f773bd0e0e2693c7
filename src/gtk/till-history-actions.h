/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application-private.h"

G_BEGIN_DECLS

/*
 * The actions and readings about sales that are over: looking them up, giving money back, and attempts without an end.
 * Added off; updated with the application's others.
 */
void till_history_actions_add (TillApplication *self);
void till_history_actions_update (TillApplication *self);

/* Begins to keep the lists behind them; once the shop is open. */
void till_history_actions_follow (TillApplication *self);

G_END_DECLS
