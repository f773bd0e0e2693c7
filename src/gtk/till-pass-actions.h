/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

/*
 * What customers decide before they enrol, and what they do with a face pass: one of the application's tables of actions.
 */
void till_pass_actions_add (TillApplication *self);
void till_pass_actions_update (TillApplication *self);

G_END_DECLS
