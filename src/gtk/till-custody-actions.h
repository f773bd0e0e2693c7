/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application-private.h"

G_BEGIN_DECLS

/* The actions and readings about keys, recovery phrase and books. Added off; updated with the application's others. */
void till_custody_actions_add (TillApplication *self);
void till_custody_actions_update (TillApplication *self);

/* Begins to follow the custody; once the shop is open. */
void till_custody_actions_follow (TillApplication *self);

G_END_DECLS
