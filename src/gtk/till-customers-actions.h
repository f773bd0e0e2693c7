/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application-private.h"

G_BEGIN_DECLS

/* The actions and readings about those who are enrolled. Added off; updated with the application's others. */
void till_customers_actions_add (TillApplication *self);
void till_customers_actions_update (TillApplication *self);

/* Begins to follow what is done about them; once the shop is open. */
void till_customers_actions_follow (TillApplication *self);

G_END_DECLS
