/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application-private.h"

G_BEGIN_DECLS

/* The readings about sales that are over, as the application's others are made. */
void till_history_readings_add (TillApplication *self);
void till_history_readings_update (TillApplication *self);

G_END_DECLS
