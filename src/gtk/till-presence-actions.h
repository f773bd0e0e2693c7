/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

/* What customers do to see or erase what is kept of them: one of the application's tables of actions. */
void till_presence_actions_add (TillApplication *self);
void till_presence_actions_update (TillApplication *self);

/* TRUE while the last digits of a phone, or a PIN, are typed for that. */
gboolean till_presence_actions_types_digits (TillApplication *self);
gboolean till_presence_actions_types_pin (TillApplication *self);

G_END_DECLS
